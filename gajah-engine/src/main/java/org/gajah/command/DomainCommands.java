package org.gajah.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Names;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Constraint;
import org.gajah.ast.Expression;
import org.gajah.ast.TypeStatement.CreateDomain;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.TypeRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.StoredText;

/** CREATE DOMAIN, and the rows behind a domain's default and constraints, which ALTER DOMAIN changes too. */
final class DomainCommands {
    private static final Map<Character, Character> BYTE_ALIGNED = Map.of('c', 'i', 's', 'i');

    private final CommandContext context;

    DomainCommands(CommandContext context) {
        this.context = context;
    }

    void create(CreateDomain c) {
        TypeCreation types = new TypeCreation(context);
        int namespace = types.namespace(c.name());
        String name = c.name().getLast();
        types.requireFreeName(name, namespace);
        Names.Typed typed = Names.type(c.type(), context.analysis());
        CatalogRow base = context.catalog().row("pg_type", 2703, typed.type()).orElseThrow();
        requireBase(base, c);
        requireConstraints(c.constraints());
        int collation = c.collation().isEmpty() ? base.number("typcollation")
                : Names.collation(c.collation(), c.type().location(), context.analysis());
        char align = BYTE_ALIGNED.getOrDefault(base.letter("typalign"), base.letter("typalign"));
        int oid = types.create(name, namespace, align, array -> {
            NewType made = NewType.domain(name, namespace, context.currentRole().oid(), array, base);
            made.values().set("typtypmod", typed.typmod()).set("typcollation", collation).set("typndims", c.type().arrayBounds().size());
            return made;
        });
        new Dependencies(context).normal(TypeCreation.typeRef(oid), TypeCreation.typeRef(typed.type()));
        for (Constraint constraint : c.constraints()) {
            TypeRow domain = context.catalog().type(oid).orElseThrow();
            switch (constraint) {
                case Constraint.Default d -> setDefault(domain, Optional.of(d.value()));
                case Constraint.NotNull n -> addNotNull(domain, n.name());
                case Constraint.Check k -> addCheck(domain, k);
                case Constraint.Null n -> { }
                case Constraint.Key k -> { }
                case Constraint.ForeignKey f -> { }
                case Constraint.Exclusion e -> { }
                case Constraint.Identity i -> { }
                case Constraint.Generated g -> { }
            }
        }
    }

    private void requireBase(CatalogRow base, CreateDomain c) {
        if ("bcderm".indexOf(base.letter("typtype")) < 0) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "\"" + base.text("typname") + "\" is not a valid base type for a domain")
                    .at(c.type().location());
        }
        if (!c.collation().isEmpty() && base.number("typcollation") == 0) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "collations are not supported by type "
                    + new ObjectLookup(context).typeName(context.catalog().type(base.number("oid")).orElseThrow())).at(c.type().location());
        }
    }

    private static void requireConstraints(List<Constraint> constraints) {
        Map<Class<?>, Boolean> seen = new HashMap<>();
        for (Constraint constraint : constraints) {
            Optional<String> wrong = switch (constraint) {
                case Constraint.Key k -> Optional.of((k.primary() ? "primary key" : "unique") + " constraints not possible for domains");
                case Constraint.ForeignKey f -> Optional.of("foreign key constraints not possible for domains");
                case Constraint.Exclusion e -> Optional.of("exclusion constraints not possible for domains");
                case Constraint.Default d -> seen.put(Constraint.Default.class, true) == null ? Optional.empty()
                        : Optional.of("multiple default expressions");
                case Constraint.NotNull n -> {
                    boolean said = seen.containsKey(Constraint.Null.class);
                    boolean again = seen.put(Constraint.NotNull.class, true) != null;
                    yield said ? Optional.of("conflicting NULL/NOT NULL constraints") : again ? Optional.of("redundant NOT NULL constraint definition")
                            : Optional.empty();
                }
                case Constraint.Null n -> {
                    seen.put(Constraint.Null.class, true);
                    yield seen.containsKey(Constraint.NotNull.class) ? Optional.of("conflicting NULL/NOT NULL constraints") : Optional.empty();
                }
                case Constraint.Check c when c.attributes().noInherit() -> Optional.of("check constraints for domains cannot be marked NO INHERIT");
                case Constraint.Check c -> Optional.empty();
                case Constraint.Identity i -> throw SqlError.notSupported("specifying GENERATED not supported for domains").at(i.location());
                case Constraint.Generated g -> throw SqlError.notSupported("specifying GENERATED not supported for domains").at(g.location());
            };
            if (wrong.isPresent()) {
                throw new SqlError(SqlState.SYNTAX_ERROR, wrong.get()).at(constraint.location());
            }
        }
    }

    /** Sets or takes away a domain's default; DEFAULT NULL takes it away too. */
    void setDefault(TypeRow domain, Optional<Expression> written) {
        CatalogRow row = context.catalog().row("pg_type", 2703, domain.oid()).orElseThrow();
        Optional<Expr> value = written.map(w -> Definitions.columnDefault(w, domain.name(), domain.base(), domain.baseTypmod(), context.analysis()))
                .filter(v -> !(v instanceof Expr.Const c && c.value() == null));
        Dependencies dependencies = new Dependencies(context);
        if (value.isEmpty()) {
            context.writer().update(row, row.with("typdefault", null, "typdefaultbin", null));
        } else {
            String text = new StoredText(context.analysis()).show(value.get(), Optional.empty(), false, false);
            context.writer().update(row, row.with("typdefault", Slice.of(text), "typdefaultbin",
                    Slice.of(NodeText.write(value.get(), context.catalog(), context.analysis().types()))));
            dependencies.ofExpression(TypeCreation.typeRef(domain.oid()), value.get(), 0);
        }
        context.changed();
    }

    private String constraintName(Optional<String> written, TypeRow domain, String label) {
        if (written.isPresent()) {
            if (!context.catalog().rows("pg_constraint", 2665, 0, domain.oid(), Slice.of(written.get())).isEmpty()) {
                throw new SqlError(SqlState.DUPLICATE_OBJECT, "constraint \"" + written.get() + "\" for domain \"" + domain.name()
                        + "\" already exists");
            }
            return written.get();
        }
        return Names63.choose(domain.name(), "", label,
                n -> !context.catalog().rows("pg_constraint", 2664, Slice.of(n), domain.namespace()).isEmpty());
    }

    private CatalogValues row(int oid, String name, TypeRow domain, char type) {
        return new CatalogValues("pg_constraint").set("oid", oid).set("conname", name).set("connamespace", domain.namespace())
                .set("contype", type).set("contypid", domain.oid()).set("confupdtype", ' ').set("confdeltype", ' ').set("confmatchtype", ' ')
                .zero("conrelid", "conindid", "conparentid", "confrelid", "coninhcount").yes("conislocal", "conenforced")
                .no("conperiod", "condeferrable", "condeferred", "connoinherit");
    }

    /** Marks the domain as not null and writes the constraint's row. */
    void addNotNull(TypeRow domain, Optional<String> name) {
        int oid = context.newOid();
        context.writer().insert("pg_constraint", row(oid, constraintName(name, domain, "not_null"), domain, 'n').yes("convalidated").row());
        new Dependencies(context).automatic(new Ref(Dependencies.CONSTRAINT, oid, 0), TypeCreation.typeRef(domain.oid()));
        CatalogRow row = context.catalog().row("pg_type", 2703, domain.oid()).orElseThrow();
        context.writer().update(row, row.with("typnotnull", true));
        context.changed();
    }

    /** Writes a check's row; gives the condition over VALUE. */
    Expr addCheck(TypeRow domain, Constraint.Check check) {
        if (!check.attributes().enforced()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "specifying constraint enforceability not supported for domains").at(check.location());
        }
        Expr condition;
        try {
            condition = Definitions.domainCheck(check.expression(), domain.base(), domain.baseTypmod(), domain.collation(), context.analysis());
        } catch (SqlError e) {
            throw e.at(0);
        }
        int oid = context.newOid();
        String name = constraintName(check.name(), domain, "check");
        context.writer().insert("pg_constraint", row(oid, name, domain, 'c').set("convalidated", !check.attributes().notValid())
                .set("conbin", NodeText.write(condition, context.catalog(), context.analysis().types())).row());
        Dependencies dependencies = new Dependencies(context);
        Ref self = new Ref(Dependencies.CONSTRAINT, oid, 0);
        dependencies.automatic(self, TypeCreation.typeRef(domain.oid()));
        dependencies.ofExpression(self, condition, 0);
        context.changed();
        return condition;
    }
}
