package org.gajah.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.Constraint;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.TableStatement.AlterTable;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;

/** ALTER TABLE and its kin for other relations: one action after the other, each on what the one before has left. */
final class AlterTableCommands {
    private static final int FIRST_USER_OID = 16384;

    private final CommandContext context;

    AlterTableCommands(CommandContext context) {
        this.context = context;
    }

    String run(AlterTable statement) {
        String tag = "ALTER " + statement.kind().words();
        context.requireWritable(tag);
        Optional<Relation> found = find(statement);
        if (found.isPresent()) {
            Relation relation = found.get();
            requireKind(relation, statement.kind());
            requireUser(relation);
            context.requireOwner(relation.owner(), ObjectNames.kind(relation.kind()), relation.name());
            context.lockRelation(relation.oid(), strongest(statement.commands()));
            for (AlterTableCommand command : statement.commands()) {
                if (relation.kind() == 'c') {
                    new CompositeCommands(context).typedTables(relation, CompositeCommands.behavior(command))
                            .forEach(t -> apply(context.catalog().relation(t.oid()).orElseThrow(), command));
                }
                new AlterRecursion(context, this).apply(context.catalog().relation(relation.oid()).orElseThrow(), command,
                        statement.relation().inherit());
            }
        }
        return tag;
    }

    /** What all the actions need; only some that leave rows and columns alone let others go on reading, or writing too. */
    private static LockMode strongest(List<AlterTableCommand> commands) {
        LockMode strongest = LockMode.SHARE_UPDATE_EXCLUSIVE;
        for (AlterTableCommand command : commands) {
            LockMode mode = command instanceof AlterTableCommand.ValidateConstraint || command instanceof AlterTableCommand.AttachPartition ? LockMode.SHARE_UPDATE_EXCLUSIVE
                    : command instanceof AlterTableCommand.AddConstraint(Constraint.ForeignKey key) ? LockMode.SHARE_ROW_EXCLUSIVE
                    : LockMode.ACCESS_EXCLUSIVE;
            strongest = mode.number() > strongest.number() ? mode : strongest;
        }
        return strongest;
    }

    private Optional<Relation> find(AlterTable statement) {
        try {
            return Optional.of(Names.relation(statement.relation(), context.analysis()));
        } catch (SqlError e) {
            if (!statement.missingOk() || e.state() != SqlState.UNDEFINED_TABLE) {
                throw statement.kind() == ObjectKind.TYPE ? e.at(0) : e;
            }
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "relation \"" + statement.relation().relation()
                    + "\" does not exist, skipping"));
            return Optional.empty();
        }
    }

    /** The system's own tables stay as they are. */
    static void requireUser(Relation relation) {
        if (relation.oid() < FIRST_USER_OID) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied: \"" + relation.name() + "\" is a system catalog");
        }
    }

    static void requireKind(Relation relation, ObjectKind kind) {
        boolean fits = switch (kind) {
            case VIEW -> relation.kind() == 'v';
            case INDEX -> relation.kind() == 'i' || relation.kind() == 'I';
            case SEQUENCE -> relation.kind() == 'S';
            case MATERIALIZED_VIEW -> relation.kind() == 'm';
            case TYPE -> relation.kind() == 'c';
            case FOREIGN_TABLE -> relation.kind() == 'f';
            default -> true;
        };
        if (relation.kind() == 'c' && kind != ObjectKind.TYPE) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is a composite type").hint("Use ALTER TYPE instead.");
        }
        if (!fits) {
            String word = kind == ObjectKind.TYPE ? "composite type" : kind.words().toLowerCase(Locale.ROOT);
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not " + (word.startsWith("i") ? "an " : "a ") + word);
        }
    }

    void apply(Relation table, AlterTableCommand command) {
        AlterTargets.require(table, command);
        switch (command) {
            case AlterTableCommand.AddColumn a -> new AddColumnCommand(context).run(table, a);
            case AlterTableCommand.OfType o when o.type().isEmpty() -> new TypedTable(context).unbind(table);
            case AlterTableCommand.EnableTrigger e when !e.rule() -> new TriggerCommands(context).enable(table, e);
            case AlterTableCommand.DropColumn d -> dropColumn(table, d);
            case AlterTableCommand.ColumnDefault d -> columnDefault(table, d);
            case AlterTableCommand.ColumnNotNull n -> notNull(table, n);
            case AlterTableCommand.AlterColumnType t -> new ColumnTypeCommand(context).run(table, t);
            case AlterTableCommand.AddConstraint c -> new ConstraintCommands(context).add(table.oid(), c.constraint(), List.of(), false);
            case AlterTableCommand.DropConstraint d -> dropConstraint(table, d);
            case AlterTableCommand.ValidateConstraint v -> new ConstraintChange(context).validate(table, v.name());
            case AlterTableCommand.AlterConstraint a -> new ConstraintChange(context).alter(table, a);
            case AlterTableCommand.ChangeOwner o -> new Owners(context).relation(table.oid(), RoleNames.resolve(o.owner(), context).oid());
            case AlterTableCommand.AddIdentity i -> addIdentity(table, i);
            case AlterTableCommand.DropIdentity i -> dropIdentity(table, i);
            case AlterTableCommand.SetIdentity i -> new ColumnChange(context).identity(table, i);
            case AlterTableCommand.ColumnExpression e -> new ColumnChange(context).expression(table, e);
            case AlterTableCommand.ColumnStorage s -> new ColumnProperties(context).storage(table, s);
            case AlterTableCommand.ColumnCompression c -> new ColumnProperties(context).compression(table, c);
            case AlterTableCommand.ColumnStatistics s -> new ColumnProperties(context).statistics(table, s);
            case AlterTableCommand.ColumnOptions o -> new ColumnProperties(context).options(table, o);
            case AlterTableCommand.RelationOptions o -> new RelationProperties(context).options(table, o);
            case AlterTableCommand.SetLogged l -> new RelationProperties(context).persistence(table, l.logged());
            case AlterTableCommand.ReplicaIdentity r -> new RelationProperties(context).replicaIdentity(table, r);
            case AlterTableCommand.ClusterOn c -> new RelationProperties(context).clusterOn(table, c);
            case AlterTableCommand.SetAccessMethod m -> new RelationProperties(context).accessMethod(m);
            case AlterTableCommand.SetTablespace t -> new RelationProperties(context).requireTablespace(t.tablespace());
            case AlterTableCommand.ForeignOptions o -> new ForeignTables(context).options(table, o);
            case AlterTableCommand.ColumnForeignOptions o -> new ForeignTables(context).column(table, o.column(), o.options());
            case AlterTableCommand.RowSecurity r -> new PolicyCommands(context).change(table, r.change());
            case AlterTableCommand.AttachPartition a when table.kind() == 'I' || table.kind() == 'i' -> new PartitionAttach(context).attachIndex(table, a);
            case AlterTableCommand.AttachPartition a -> new PartitionAttach(context).attach(table, a);
            case AlterTableCommand.DetachPartition d -> new PartitionAttach(context).detach(table, d);
            case AlterTableCommand.DropOids d -> { }
            default -> throw SqlError.notSupported("ALTER TABLE action " + AlterTargets.name(command) + " is not supported");
        }
    }

    static Relation.Column column(Relation table, String name) {
        return table.column(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist"));
    }

    private void dropColumn(Relation table, AlterTableCommand.DropColumn d) {
        if (d.missingOk() && table.column(d.column()).isEmpty()) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "column \"" + d.column() + "\" of relation \"" + table.name()
                    + "\" does not exist, skipping"));
            return;
        }
        new TypedTable(context).refuse(table, "drop column from", 0);
        DropPlan plan = new DropPlan(context);
        plan.add(Ref.column(table.oid(), column(table, d.column()).number()));
        plan.run(d.behavior());
    }

    private void columnDefault(Relation table, AlterTableCommand.ColumnDefault d) {
        Relation.Column column = column(table, d.column());
        if (column.identity() != 0) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "column \"" + column.name() + "\" of relation \"" + table.name() + "\" is an identity column")
                    .hint(d.value().isPresent() ? "" : "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.");
        }
        if (column.generated() != 0) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "column \"" + column.name() + "\" of relation \"" + table.name() + "\" is a generated column");
        }
        ColumnDefinitions definitions = new ColumnDefinitions(context);
        d.value().ifPresentOrElse(value -> definitions.setDefault(table, column, value), () -> {
            context.catalog().rows("pg_attrdef", 2656, table.oid(), column.number())
                    .forEach(row -> DropPlan.noteNamed(context, new Ref(Dependencies.ATTRDEF, row.number("oid"), 0)));
            definitions.dropDefault(table, column);
        });
    }

    private void notNull(Relation table, AlterTableCommand.ColumnNotNull n) {
        Relation.Column column = column(table, n.column());
        if (n.notNull()) {
            new ConstraintCommands(context).add(table.oid(), new Constraint.NotNull(Optional.empty(), Optional.of(n.column()),
                    Constraint.Attributes.NONE, 0), List.of(), false);
            return;
        }
        boolean primary = table.indexes().stream().anyMatch(i -> i.primary() && i.columns().contains(column.number()));
        if (primary) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "column \"" + column.name() + "\" is in a primary key");
        }
        if (column.identity() != 0) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "column \"" + column.name() + "\" of relation \"" + table.name() + "\" is an identity column");
        }
        for (CatalogRow row : context.catalog().rows("pg_constraint", 2665, table.oid())) {
            if (row.letter("contype") == 'n' && row.numbers("conkey").equals(List.of(column.number()))) {
                new Dependencies(context).forget(new Ref(Dependencies.CONSTRAINT, row.number("oid"), 0));
                context.writer().delete(row);
            }
        }
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
        context.writer().update(row, row.with("attnotnull", false));
    }

    private void dropConstraint(Relation table, AlterTableCommand.DropConstraint d) {
        boolean there = !context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(d.name())).isEmpty();
        if (!there && d.missingOk()) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "constraint \"" + d.name() + "\" of relation \"" + table.name()
                    + "\" does not exist, skipping"));
            return;
        }
        DropPlan plan = new DropPlan(context);
        plan.add(new Ref(Dependencies.CONSTRAINT, new ConstraintChange(context).find(table, d.name()).number("oid"), 0));
        plan.run(d.behavior());
    }

    private void addIdentity(Relation table, AlterTableCommand.AddIdentity i) {
        Relation.Column column = column(table, i.column());
        if (!column.notNull()) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "column \"" + column.name() + "\" of relation \"" + table.name()
                    + "\" must be declared NOT NULL before identity can be added");
        }
        if (column.identity() != 0 || column.defaultNode().isPresent()) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "column \"" + column.name() + "\" of relation \"" + table.name()
                    + (column.identity() != 0 ? "\" is already an identity column" : "\" already has a default value"));
        }
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
        context.writer().update(row, row.with("attidentity", (int) (i.always() ? 'a' : 'd')));
        context.changed();
        new SequenceCommands(context).createOwned(table, column, i.options(), true);
    }

    private void dropIdentity(Relation table, AlterTableCommand.DropIdentity i) {
        Relation.Column column = column(table, i.column());
        if (column.identity() == 0) {
            if (!i.missingOk()) {
                throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "column \"" + column.name() + "\" of relation \"" + table.name()
                        + "\" is not an identity column");
            }
            return;
        }
        int sequence = context.catalog().identitySequence(table.oid(), column.number());
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
        context.writer().update(row, row.with("attidentity", 0));
        new Dependencies(context).forget(Ref.relation(sequence));
        context.changed();
        DropPlan plan = new DropPlan(context);
        plan.add(Ref.relation(sequence));
        plan.run(DropBehavior.RESTRICT);
    }
}
