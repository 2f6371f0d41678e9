package org.gajah.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Constraint;
import org.gajah.ast.TypeStatement.AlterDomain;
import org.gajah.ast.TypeStatement.DomainChange;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;

/** ALTER DOMAIN: new constraints are checked against every column of the domain. */
final class AlterDomainCommand {
    private final CommandContext context;

    AlterDomainCommand(CommandContext context) {
        this.context = context;
    }

    void run(AlterDomain a) {
        ObjectLookup lookup = new ObjectLookup(context);
        TypeRow domain = lookup.typeRow(a.name());
        if (domain.kind() != 'd') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, lookup.typeName(domain) + " is not a domain");
        }
        context.requireOwner(domain.owner(), "type", domain.name());
        DomainCommands domains = new DomainCommands(context);
        switch (a.change()) {
            case DomainChange.SetDefault d -> domains.setDefault(domain, d.value());
            case DomainChange.SetNotNull n -> notNull(domain, n.notNull(), Optional.empty());
            case DomainChange.AddConstraint c -> add(domain, c.constraint());
            case DomainChange.DropConstraint d -> drop(domain, d);
            case DomainChange.ValidateConstraint v -> validate(domain, v.name());
        }
        context.changed();
    }

    private void notNull(TypeRow domain, boolean notNull, Optional<String> name) {
        if (domain.notNull() == notNull) {
            return;
        }
        if (notNull) {
            for (TypeUse.Column c : new TypeUse(context).domainColumns(domain)) {
                context.lockRelation(c.relation().oid(), LockMode.SHARE);
                new RowChecks(context).requireNoNulls(c.relation(), c.column(), "column \"" + c.column().name() + "\" of table \""
                        + c.relation().name() + "\" contains null values");
            }
            new DomainCommands(context).addNotNull(domain, name);
            return;
        }
        CatalogRow constraint = context.catalog().rows("pg_constraint", 2666, domain.oid()).stream().filter(r -> r.letter("contype") == 'n')
                .findFirst().orElseThrow();
        new Dropper(context).drop(new Ref(Dependencies.CONSTRAINT, constraint.number("oid"), 0));
    }

    private void add(TypeRow domain, Constraint constraint) {
        switch (constraint) {
            case Constraint.NotNull n -> notNull(domain, true, n.name());
            case Constraint.Check c -> {
                Expr condition = new DomainCommands(context).addCheck(domain, c);
                if (!c.attributes().notValid()) {
                    requireTrue(domain, condition);
                }
            }
            default -> throw SqlError.notSupported("this constraint is not supported for domains");
        }
    }

    /** Every value that is there must fit a new or unvalidated constraint. */
    private void requireTrue(TypeRow domain, Expr condition) {
        Map<Integer, List<TypeUse.Column>> tables = new TypeUse(context).domainColumns(domain).stream()
                .collect(Collectors.groupingBy(c -> c.relation().oid(), TreeMap::new, Collectors.toList()));
        for (List<TypeUse.Column> columns : tables.values()) {
            Relation table = columns.getFirst().relation();
            context.lockRelation(table.oid(), LockMode.SHARE);
            new RowChecks(context).requireDomain(table, columns.stream().map(TypeUse.Column::column).toList(), condition);
        }
    }

    private Optional<CatalogRow> constraint(TypeRow domain, String name) {
        return context.catalog().rows("pg_constraint", 2665, 0, domain.oid(), Slice.of(name)).stream().findFirst();
    }

    private static SqlError missing(TypeRow domain, String name) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, "constraint \"" + name + "\" of domain \"" + domain.name() + "\" does not exist");
    }

    private void drop(TypeRow domain, DomainChange.DropConstraint d) {
        Optional<CatalogRow> row = constraint(domain, d.name());
        if (row.isEmpty()) {
            if (!d.missingOk()) {
                throw missing(domain, d.name());
            }
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, missing(domain, d.name()).getMessage() + ", skipping"));
            return;
        }
        DropPlan plan = new DropPlan(context);
        plan.add(new Ref(Dependencies.CONSTRAINT, row.get().number("oid"), 0));
        plan.run(d.behavior());
    }

    private void validate(TypeRow domain, String name) {
        CatalogRow row = constraint(domain, name).orElseThrow(() -> missing(domain, name));
        if (row.letter("contype") != 'c') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "constraint \"" + name + "\" of domain \"" + domain.name()
                    + "\" is not a check constraint");
        }
        requireTrue(domain, NodeText.readExpr(row.text("conbin"), context.catalog(), context.analysis().types()));
        context.writer().update(row, row.with("convalidated", true));
    }
}
