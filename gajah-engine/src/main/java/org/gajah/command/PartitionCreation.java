package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.TableElement;
import org.gajah.ast.TableElement.LikeOption;
import org.gajah.ast.TableStatement.CreateTable;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.PartitionBound;
import org.gajah.catalog.PartitionDescriptor;
import org.gajah.catalog.Relation;
import org.gajah.txn.lock.LockMode;

/** Makes a table a partition of another: at CREATE TABLE ... PARTITION OF with the parent's columns, and at ATTACH PARTITION. */
final class PartitionCreation {
    private final CommandContext context;

    PartitionCreation(CommandContext context) {
        this.context = context;
    }

    /** The parent, locked so that nobody uses it meanwhile. */
    Relation parent(CreateTable statement, char persistence) {
        Relation found = new ObjectLookup(context).relation(statement.parents().getFirst());
        context.lockRelation(found.oid(), LockMode.ACCESS_EXCLUSIVE);
        Relation parent = context.catalog().relation(found.oid()).orElseThrow();
        if (parent.kind() != 'p') {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "\"" + parent.name() + "\" is not partitioned");
        }
        context.requireOwner(parent.owner(), "table", parent.name());
        requirePersistence(parent, persistence, statement.relation().relation());
        return parent;
    }

    private static void requirePersistence(Relation parent, char persistence, String name) {
        if (parent.persistence() != 't' && persistence == 't') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot create a temporary relation as partition of permanent relation \""
                    + parent.name() + "\"");
        }
        if (parent.persistence() == 't' && persistence != 't') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot create a permanent relation as partition of temporary relation \""
                    + parent.name() + "\"");
        }
    }

    /** The parent's columns and checks, with what the partition says about them, then its own constraints. */
    List<TableElement> elements(Relation parent, List<TableElement> written, String name) {
        List<TableElement> inherited = new TableLike(context).expand(List.of(new TableElement.TableLikeClause(
                new org.gajah.ast.RangeVar(Optional.empty(), Optional.of(IndexCommands.schemaName(parent, context)), parent.name(), true,
                        Optional.empty(), 0),
                java.util.Set.of(LikeOption.DEFAULTS, LikeOption.GENERATED, LikeOption.CONSTRAINTS, LikeOption.STORAGE, LikeOption.COMPRESSION))));
        boolean second = parent.indexes().stream().anyMatch(Relation.Index::primary) && written.stream()
                .anyMatch(e -> e instanceof Constraint.Key k && k.primary());
        if (second) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "multiple primary keys for table \"" + name + "\" are not allowed");
        }
        List<TableElement> elements = new ArrayList<>();
        List<ColumnDef> own = written.stream().filter(ColumnDef.class::isInstance).map(ColumnDef.class::cast).toList();
        for (ColumnDef d : own) {
            if (inherited.stream().noneMatch(e -> e instanceof ColumnDef c && c.name().equals(d.name()))) {
                throw new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + d.name() + "\" does not exist");
            }
            if (own.stream().filter(o -> o.name().equals(d.name())).count() > 1) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + d.name() + "\" specified more than once");
            }
        }
        for (TableElement e : inherited) {
            elements.add(e instanceof ColumnDef c ? own.stream().filter(d -> d.name().equals(c.name())).findFirst().map(d -> merged(c, d)).orElse(c) : e);
        }
        written.stream().filter(e -> !(e instanceof ColumnDef)).forEach(elements::add);
        return elements;
    }

    private static ColumnDef merged(ColumnDef inherited, ColumnDef own) {
        boolean hasDefault = own.constraints().stream().anyMatch(Constraint.Default.class::isInstance);
        boolean named = inherited.constraints().stream().anyMatch(Constraint.NotNull.class::isInstance);
        List<Constraint> constraints = new ArrayList<>();
        inherited.constraints().stream().filter(k -> !(hasDefault && k instanceof Constraint.Default)).forEach(constraints::add);
        own.constraints().stream().filter(k -> !(named && k instanceof Constraint.NotNull)).forEach(constraints::add);
        return new ColumnDef(inherited.name(), inherited.type(), constraints, inherited.collation(), own.storage().or(inherited::storage),
                own.compression().or(inherited::compression), own.fdwOptions(), own.location());
    }

    /** The whole of making a table a partition; {@code check} looks whether its rows fit. */
    void become(int parent, int oid, PartitionBound bound, Runnable check) {
        bind(context.catalog().relation(parent).orElseThrow(), oid, bound);
        new PartitionedIndexes(context).give(context.catalog().relation(parent).orElseThrow(), oid);
        new PartitionedTriggers(context).give(context.catalog().relation(parent).orElseThrow(), oid);
        check.run();
        new PartitionedForeignKeys(context).give(context.catalog().relation(parent).orElseThrow(), oid, false);
        if (bound instanceof PartitionBound.Default) {
            noteDefault(context.catalog().relation(parent).orElseThrow(), oid);
        } else {
            requireNotInDefault(parent, oid);
        }
    }

    /** Makes a partition a table of its own: all that it has from its parent is now its own. */
    void detach(Relation parent, Relation table) {
        for (CatalogRow row : context.catalog().rows("pg_inherits", 2680, table.oid())) {
            context.writer().delete(row);
        }
        for (CatalogRow row : context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, table.oid(), 0)) {
            if (row.number("refobjid") == parent.oid() && row.letter("deptype") == 'a') {
                context.writer().delete(row);
            }
        }
        for (Relation.Column c : table.columns()) {
            CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), c.number()).orElseThrow();
            if (row.number("attinhcount") > 0) {
                context.writer().update(row, row.with("attislocal", true, "attinhcount", row.number("attinhcount") - 1, "attidentity", 0));
            }
        }
        for (CatalogRow row : context.catalog().rows("pg_constraint", 2665, table.oid())) {
            if ("cn".indexOf(row.letter("contype")) >= 0 && row.number("coninhcount") > 0) {
                context.writer().update(row, row.with("conislocal", true, "coninhcount", row.number("coninhcount") - 1));
            }
        }
        context.catalog().row("pg_partitioned_table", 3351, parent.oid()).filter(r -> r.number("partdefid") == table.oid())
                .ifPresent(r -> context.writer().update(r, r.with("partdefid", 0)));
        context.changed();
        setBound(table.oid(), Optional.empty());
    }

    /** Notes a new table as a partition: its bound, whose it is, and which of its columns and constraints are the parent's. */
    void bind(Relation parent, int oid, PartitionBound bound) {
        link(parent, oid, true);
        Relation table = context.catalog().relation(oid).orElseThrow();
        for (Relation.Column c : parent.columns()) {
            if (!c.dropped()) {
                CatalogRow row = context.catalog().row("pg_attribute", 2659, oid, table.column(c.name()).orElseThrow().number()).orElseThrow();
                context.writer().update(row, row.with("attislocal", false, "attinhcount", row.number("attinhcount") + 1, "attidentity",
                        (int) c.identity()));
            }
        }
        for (CatalogRow own : context.catalog().rows("pg_constraint", 2665, parent.oid())) {
            if ("cn".indexOf(own.letter("contype")) >= 0 && !own.flag("connoinherit")) {
                constraint(parent, own, table).ifPresent(row -> context.writer().update(row, row.with("conislocal", false, "coninhcount",
                        row.number("coninhcount") + 1)));
            }
        }
        context.changed();
        setBound(oid, Optional.of(bound));
    }

    /** A table's own constraint that stands for one of its parent's: of the same name, or about the same column. */
    Optional<CatalogRow> constraint(Relation parent, CatalogRow inherited, Relation table) {
        if (inherited.letter("contype") == 'n') {
            String column = parent.column(inherited.numbers("conkey").getFirst()).name();
            int number = table.column(column).orElseThrow().number();
            return context.catalog().rows("pg_constraint", 2665, table.oid()).stream()
                    .filter(r -> r.letter("contype") == 'n' && r.numbers("conkey").equals(List.of(number))).findFirst();
        }
        return context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(inherited.text("conname"))).stream().findFirst();
    }

    /** Enters a relation, a table or an index, below another. */
    void link(Relation parent, int child, boolean automatic) {
        context.writer().insert("pg_inherits", new CatalogValues("pg_inherits").set("inhrelid", child).set("inhparent", parent.oid())
                .set("inhseqno", 1).no("inhdetachpending").row());
        if (automatic) {
            new Dependencies(context).automatic(Dependencies.Ref.relation(child), Dependencies.Ref.relation(parent.oid()));
        }
        CatalogRow row = context.catalog().row("pg_class", 2662, parent.oid()).orElseThrow();
        if (!row.flag("relhassubclass")) {
            context.writer().update(row, row.with("relhassubclass", true));
        }
        context.changed();
    }

    /** Sets or takes away the bound of a table; with it goes that it is a partition. */
    void setBound(int oid, Optional<PartitionBound> bound) {
        CatalogRow row = context.catalog().row("pg_class", 2662, oid).orElseThrow();
        context.writer().update(row, row.with("relispartition", bound.isPresent(), "relpartbound",
                bound.map(b -> Slice.of(PartitionBound.write(b, context.catalog()::codec))).orElse(null)));
        context.changed();
    }

    /** Keeps pg_partitioned_table.partdefid. */
    void noteDefault(Relation parent, int partition) {
        CatalogRow row = context.catalog().row("pg_partitioned_table", 3351, parent.oid()).orElseThrow();
        context.writer().update(row, row.with("partdefid", partition));
        context.changed();
    }

    /** The default partition must not have rows that a new partition is for. */
    void requireNotInDefault(int parentOid, int newPartition) {
        Relation parent = context.catalog().relation(parentOid).orElseThrow();
        PartitionDescriptor partitions = context.catalog().partitions(parent);
        int number = partitions.defaultPartition();
        if (number >= 0 && partitions.partitions().get(number).oid() != newPartition) {
            Relation other = partitions.partitions().get(number);
            context.lockRelation(other.oid(), LockMode.ACCESS_EXCLUSIVE);
            new PartitionRows(context).requireFits(other.oid(), () -> new SqlError(SqlState.CHECK_VIOLATION,
                    "updated partition constraint for default partition \"" + other.name() + "\" would be violated by some row").table(
                            IndexCommands.schemaName(other, context), other.name()));
        }
    }
}
