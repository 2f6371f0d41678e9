package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.DropBehavior;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.Relation;

/** Actions of ALTER TABLE on a partitioned table are its partitions' too; on a partition, what is the parent's stays as it is. */
final class AlterRecursion {
    private final CommandContext context;
    private final AlterTableCommands commands;

    AlterRecursion(CommandContext context, AlterTableCommands commands) {
        this.context = context;
        this.commands = commands;
    }

    /** Does an action to a table and, unless ONLY was written, to all below it. */
    void apply(Relation table, AlterTableCommand command, boolean inherit) {
        if (table.inheritance().partition()) {
            refuse(table, command);
        }
        run(table.oid(), command, inherit);
    }

    private Relation table(int oid) {
        return context.catalog().relation(oid).orElseThrow();
    }

    private void run(int oid, AlterTableCommand command, boolean inherit) {
        Relation table = table(oid);
        if (table.kind() != 'p') {
            commands.apply(table, command);
            context.changed();
            return;
        }
        requireNotKey(table, command);
        List<Integer> children = recurses(command) ? context.catalog().children(oid) : List.of();
        if (!children.isEmpty() && !inherit) {
            refuseOnly(command);
            children = List.of();
        }
        if (!children.isEmpty() && command instanceof AlterTableCommand.AddColumn a && separated(a).size() > 1) {
            separated(a).forEach(part -> run(oid, part, true));
            return;
        }
        children.forEach(c -> context.lockRelation(c, org.gajah.txn.lock.LockMode.ACCESS_EXCLUSIVE));
        Set<Integer> before = inheritable(oid).stream().map(r -> r.number("oid")).collect(Collectors.toSet());
        Optional<CatalogRow> dropped = command instanceof AlterTableCommand.DropConstraint d ? inheritable(oid).stream()
                .filter(r -> r.text("conname").equals(d.name())).findFirst() : Optional.empty();
        commands.apply(table, command);
        context.changed();
        List<CatalogRow> fresh = inheritable(oid).stream().filter(r -> !before.contains(r.number("oid"))).toList();
        for (int child : children) {
            toChild(table, child, command, fresh, dropped);
        }
        identity(command).flatMap(name -> table(oid).column(name)).ifPresent(c -> identity(oid, c));
    }

    /** The column whose identity an action changes. */
    private static Optional<String> identity(AlterTableCommand command) {
        return switch (command) {
            case AlterTableCommand.AddIdentity i -> Optional.of(i.column());
            case AlterTableCommand.SetIdentity i -> Optional.of(i.column());
            case AlterTableCommand.DropIdentity i -> Optional.of(i.column());
            default -> Optional.empty();
        };
    }

    /** A partition's column is an identity column if its parent's is; its values come from the parent's sequence. */
    private void identity(int oid, Relation.Column column) {
        for (int child : new PartitionTree(context).below(oid)) {
            int number = table(child).column(column.name()).orElseThrow().number();
            CatalogRow row = context.catalog().row("pg_attribute", 2659, child, number).orElseThrow();
            context.writer().update(row, row.with("attidentity", (int) column.identity()));
        }
        context.changed();
    }

    /** Constraints that partitions have too, by a row of their own. */
    private List<CatalogRow> inheritable(int table) {
        return context.catalog().rows("pg_constraint", 2665, table).stream()
                .filter(r -> "cn".indexOf(r.letter("contype")) >= 0 && !r.flag("connoinherit")).toList();
    }

    private static boolean recurses(AlterTableCommand command) {
        return switch (command) {
            case AlterTableCommand.AddColumn c -> true;
            case AlterTableCommand.DropColumn c -> true;
            case AlterTableCommand.AlterColumnType c -> true;
            case AlterTableCommand.ColumnDefault c -> true;
            case AlterTableCommand.ColumnNotNull c -> true;
            case AlterTableCommand.ColumnExpression c -> true;
            case AlterTableCommand.ColumnStorage c -> true;
            case AlterTableCommand.ColumnStatistics c -> true;
            case AlterTableCommand.ValidateConstraint c -> true;
            case AlterTableCommand.DropConstraint c -> true;
            case AlterTableCommand.EnableTrigger c -> true;
            case AlterTableCommand.AddConstraint c -> !(c.constraint() instanceof Constraint.Key || c.constraint() instanceof Constraint.ForeignKey);
            default -> false;
        };
    }

    /** A new column first, then what is said about it: that goes through all partitions by itself. */
    private static List<AlterTableCommand> separated(AlterTableCommand.AddColumn a) {
        ColumnDef c = a.column();
        List<Constraint> kept = new ArrayList<>();
        List<AlterTableCommand> parts = new ArrayList<>();
        for (Constraint k : c.constraints()) {
            switch (k) {
                case Constraint.Check x -> parts.add(new AlterTableCommand.AddConstraint(x));
                case Constraint.NotNull x -> parts.add(new AlterTableCommand.AddConstraint(new Constraint.NotNull(x.name(), Optional.of(c.name()),
                        x.attributes(), x.location())));
                case Constraint.Key x -> parts.add(new AlterTableCommand.AddConstraint(new Constraint.Key(x.name(), x.primary(), x.nullsNotDistinct(),
                        List.of(c.name()), x.withoutOverlaps(), x.including(), x.options(), x.tablespace(), x.usingIndex(), x.attributes(), x.location())));
                case Constraint.ForeignKey x -> parts.add(new AlterTableCommand.AddConstraint(new Constraint.ForeignKey(x.name(), List.of(c.name()),
                        x.period(), x.relation(), x.references(), x.referencesPeriod(), x.match(), x.onUpdate(), x.onDelete(), x.attributes(),
                        x.location())));
                case Constraint.Exclusion x -> kept.add(x);
                case Constraint.Null x -> kept.add(x);
                case Constraint.Default x -> kept.add(x);
                case Constraint.Identity x -> kept.add(x);
                case Constraint.Generated x -> kept.add(x);
            }
        }
        parts.addFirst(new AlterTableCommand.AddColumn(new ColumnDef(c.name(), c.type(), kept, c.collation(), c.storage(), c.compression(),
                c.fdwOptions(), c.location()), a.ifNotExists(), a.behavior()));
        return parts;
    }

    private void toChild(Relation parent, int child, AlterTableCommand command, List<CatalogRow> fresh, Optional<CatalogRow> dropped) {
        switch (command) {
            case AlterTableCommand.AddColumn a -> {
                if (table(child).column(a.column().name()).isPresent()) {
                    context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "merging definition of column \"" + a.column().name()
                            + "\" for child \"" + table(child).name() + "\""));
                } else {
                    run(child, command, true);
                }
                CatalogRow row = context.catalog().row("pg_attribute", 2659, child,
                        table(child).column(a.column().name()).orElseThrow().number()).orElseThrow();
                context.writer().update(row, row.with("attislocal", false, "attinhcount", row.number("attinhcount") + 1));
                context.changed();
            }
            case AlterTableCommand.AddConstraint a -> fresh.forEach(r -> inherit(parent, r, child, a.constraint()));
            case AlterTableCommand.ColumnNotNull n when n.notNull() -> fresh.forEach(r -> inherit(parent, r, child, new Constraint.NotNull(
                    Optional.empty(), Optional.of(n.column()), Constraint.Attributes.NONE, 0)));
            case AlterTableCommand.DropConstraint d -> dropped.ifPresent(row -> disinherit(parent, row, child));
            case AlterTableCommand.ValidateConstraint v when table(child).kind() == 'f' -> { }
            default -> run(child, command, true);
        }
    }

    /** A partition gets a constraint of its parent, or has one that becomes it. */
    private void inherit(Relation parent, CatalogRow constraint, int child, Constraint written) {
        String name = constraint.text("conname");
        Optional<CatalogRow> own = new PartitionCreation(context).constraint(parent, constraint, table(child));
        boolean local = own.isPresent();
        if (own.isEmpty()) {
            run(child, new AlterTableCommand.AddConstraint(switch (written) {
                case Constraint.Check c -> new Constraint.Check(Optional.of(name), c.expression(), c.attributes(), c.location());
                case Constraint.NotNull n -> new Constraint.NotNull(Optional.of(name), n.column(), n.attributes(), n.location());
                default -> throw new IllegalStateException("not an inherited constraint");
            }), true);
        } else if (written instanceof Constraint.Check) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "merging constraint \"" + name + "\" with inherited definition"));
        }
        CatalogRow row = new PartitionCreation(context).constraint(parent, constraint, table(child)).orElseThrow();
        context.writer().update(row, row.with("conislocal", local, "coninhcount", row.number("coninhcount") + 1));
        context.changed();
    }

    /** A constraint that the parent had: it goes, unless it is the partition's own as well. */
    private void disinherit(Relation parent, CatalogRow constraint, int child) {
        Optional<CatalogRow> own = new PartitionCreation(context).constraint(parent, constraint, table(child));
        if (own.isEmpty()) {
            return;
        }
        CatalogRow row = own.get();
        if (row.number("coninhcount") == 1 && !row.flag("conislocal")) {
            run(child, new AlterTableCommand.DropConstraint(row.text("conname"), false, DropBehavior.RESTRICT), true);
        } else {
            context.writer().update(row, row.with("coninhcount", Math.max(0, row.number("coninhcount") - 1)));
            context.changed();
        }
    }

    private static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_TABLE_DEFINITION, message);
    }

    /** What cannot be done to a partition because its parent says otherwise. */
    private void refuse(Relation table, AlterTableCommand command) {
        switch (command) {
            case AlterTableCommand.AddColumn c -> throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot add column to a partition");
            case AlterTableCommand.DropColumn c when isInherited(table, c.column()) -> throw invalid("cannot drop inherited column \"" + c.column() + "\"");
            case AlterTableCommand.AlterColumnType c when isInherited(table, c.column()) ->
                throw invalid("cannot alter inherited column \"" + c.column() + "\"").at(c.location());
            case AlterTableCommand.ColumnNotNull n when !n.notNull() && isNotNullAbove(table, n.column()) ->
                throw invalid("column \"" + n.column() + "\" is marked NOT NULL in parent table");
            case AlterTableCommand.DropConstraint d -> {
                boolean inherited = context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(d.name())).stream()
                        .anyMatch(r -> r.number("coninhcount") > 0);
                if (inherited) {
                    throw invalid("cannot drop inherited constraint \"" + d.name() + "\" of relation \"" + table.name() + "\"");
                }
            }
            default -> { }
        }
    }

    private boolean isNotNullAbove(Relation table, String column) {
        return context.catalog().parents(table.oid()).stream().map(this::table).anyMatch(p -> p.column(column).map(Relation.Column::notNull).orElse(false));
    }

    private boolean isInherited(Relation table, String column) {
        return table.column(column).flatMap(c -> context.catalog().row("pg_attribute", 2659, table.oid(), c.number()))
                .map(r -> r.number("attinhcount") > 0).orElse(false);
    }

    private static void requireNotKey(Relation table, AlterTableCommand command) {
        Optional<String> column = command instanceof AlterTableCommand.DropColumn d ? Optional.of(d.column())
                : command instanceof AlterTableCommand.AlterColumnType t ? Optional.of(t.column()) : Optional.empty();
        PartitionKey key = table.inheritance().key().orElseThrow();
        column.flatMap(table::column).filter(c -> key.columns().contains(c.number())).ifPresent(c -> {
            throw invalid("cannot " + (command instanceof AlterTableCommand.DropColumn ? "drop" : "alter") + " column \"" + c.name()
                    + "\" because it is part of the partition key of relation \"" + table.name() + "\"")
                            .at(command instanceof AlterTableCommand.AlterColumnType t ? t.location() : 0);
        });
    }

    private static void refuseOnly(AlterTableCommand command) {
        switch (command) {
            case AlterTableCommand.AddColumn c -> throw invalid("column must be added to child tables too");
            case AlterTableCommand.AddConstraint c -> throw invalid("constraint must be added to child tables too");
            case AlterTableCommand.ColumnNotNull n when n.notNull() ->
                throw invalid("constraint must be added to child tables too").hint("Do not specify the ONLY keyword.");
            case AlterTableCommand.DropColumn c ->
                throw invalid("cannot drop column from only the partitioned table when partitions exist").hint("Do not specify the ONLY keyword.");
            case AlterTableCommand.AlterColumnType c -> throw invalid("type of inherited column \"" + c.column() + "\" must be changed in child tables too");
            case AlterTableCommand.ValidateConstraint c -> throw invalid("constraint must be validated on child tables too");
            default -> { }
        }
    }
}
