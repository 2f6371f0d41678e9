package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.RangeVar;
import org.gajah.ast.TableStatement.AlterTable;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.PartitionBound;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.Relation;
import org.gajah.parse.Parser;
import org.gajah.sysfunc.Identifiers;
import org.gajah.sysfunc.PartitionConditions;
import org.gajah.txn.lock.LockMode;

/** ATTACH PARTITION and DETACH PARTITION, of tables and of indexes. */
final class PartitionAttach {
    private final CommandContext context;

    PartitionAttach(CommandContext context) {
        this.context = context;
    }

    private Relation find(RangeVar name, LockMode mode) {
        Relation found = new ObjectLookup(context).relation(name);
        context.lockRelation(found.oid(), mode);
        return context.catalog().relation(found.oid()).orElseThrow();
    }

    // ---- tables ----

    void attach(Relation parent, AlterTableCommand.AttachPartition a) {
        Relation table = find(a.partition(), LockMode.ACCESS_EXCLUSIVE);
        context.requireOwner(table.owner(), ObjectNames.kind(table.kind()), table.name());
        requireAttachable(parent, table);
        PartitionBounds bounds = new PartitionBounds(context, parent);
        PartitionBound bound = bounds.read(a.bound().orElseThrow(), table.name());
        bounds.requireFree(bound, a.bound().get(), table.name());
        requireColumns(parent, table);
        requireConstraints(parent, table);
        new PartitionCreation(context).become(parent.oid(), table.oid(), bound, () -> new PartitionRows(context).requireFits(table.oid(),
                () -> new SqlError(SqlState.CHECK_VIOLATION, "partition constraint of relation \"" + table.name() + "\" is violated by some row")
                        .table(IndexCommands.schemaName(table, context), table.name())));
    }

    private void requireAttachable(Relation parent, Relation table) {
        if ("rpf".indexOf(table.kind()) < 0) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "ALTER action ATTACH PARTITION cannot be performed on relation \"" + table.name() + "\"")
                    .detail("This operation is not supported for " + ObjectNames.kinds(table.kind()) + ".");
        }
        if (table.inheritance().partition()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + table.name() + "\" is already a partition");
        }
        if (table.oid() == parent.oid() || new PartitionTree(context).below(table.oid()).contains(parent.oid())) {
            throw new SqlError(SqlState.DUPLICATE_TABLE, "circular inheritance not allowed").detail("\"" + parent.name()
                    + "\" is already a child of \"" + table.name() + "\".");
        }
        if (parent.persistence() != 't' && table.persistence() == 't') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot attach a temporary relation as partition of permanent relation \"" + parent.name() + "\"");
        }
        if (parent.persistence() == 't' && table.persistence() != 't') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot attach a permanent relation as partition of temporary relation \"" + parent.name() + "\"");
        }
        boolean typed = context.catalog().row("pg_class", 2662, table.oid()).orElseThrow().number("reloftype") != 0;
        if (typed) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot attach a typed table as partition");
        }
    }

    private void requireColumns(Relation parent, Relation table) {
        for (Relation.Column c : table.columns()) {
            if (!c.dropped() && c.identity() != 0) {
                throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "table \"" + table.name() + "\" being attached contains an identity column \""
                        + c.name() + "\"").detail("The new partition may not contain an identity column.");
            }
            if (!c.dropped() && parent.column(c.name()).isEmpty()) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "table \"" + table.name() + "\" contains column \"" + c.name()
                        + "\" not found in parent \"" + parent.name() + "\"").detail("The new partition may contain only the columns present in parent.");
            }
        }
        for (Relation.Column c : parent.columns()) {
            if (c.dropped()) {
                continue;
            }
            Relation.Column own = table.column(c.name()).orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH,
                    "child table is missing column \"" + c.name() + "\""));
            if (own.type() != c.type() || own.typmod() != c.typmod()) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "child table \"" + table.name() + "\" has different type for column \"" + c.name() + "\"");
            }
            if (own.collation() != c.collation()) {
                throw new SqlError(SqlState.COLLATION_MISMATCH, "child table \"" + table.name() + "\" has different collation for column \"" + c.name() + "\"");
            }
            if (c.notNull() && !own.notNull()) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "column \"" + c.name() + "\" in child table \"" + table.name() + "\" must be marked NOT NULL");
            }
            if ((c.generated() != 0) != (own.generated() != 0)) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "column \"" + c.name() + "\" in child table must " + (c.generated() != 0 ? "" : "not ")
                        + "be a generated column");
            }
        }
    }

    private void requireConstraints(Relation parent, Relation table) {
        for (Relation.Check check : parent.checks()) {
            boolean there = check.noInherit() || table.checks().stream().anyMatch(c -> c.name().equals(check.name()));
            if (!there) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "child table is missing constraint \"" + check.name() + "\"");
            }
        }
    }

    void detach(Relation parent, AlterTableCommand.DetachPartition d) {
        if (d.concurrently()) {
            context.requireOutsideBlock("ALTER TABLE ... DETACH CONCURRENTLY");
            if (context.catalog().partitions(parent).defaultPartition() >= 0) {
                throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot detach partitions concurrently when a default partition exists");
            }
        }
        Relation table = find(d.partition(), LockMode.ACCESS_EXCLUSIVE);
        boolean below = context.catalog().parents(table.oid()).contains(parent.oid());
        if (!below) {
            throw new SqlError(SqlState.UNDEFINED_TABLE, "relation \"" + table.name() + "\" is not a partition of relation \"" + parent.name() + "\"");
        }
        if (d.doFinalize()) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot complete detaching partition \"" + table.name() + "\"")
                    .detail("There's no pending concurrent detach.");
        }
        Optional<String> bound = d.concurrently() && !isHashed(parent) ? Optional.of(new PartitionConditions(context.analysis()).of(table)) : Optional.empty();
        detach(parent, table);
        bound.ifPresent(condition -> check(table, condition));
    }

    /** Whether a bound of a table or of one above it speaks of the table that it is in, which it will no longer be. */
    private boolean isHashed(Relation table) {
        return table.inheritance().key().filter(k -> k.strategy() == PartitionKey.HASH).isPresent()
                || table.inheritance().partition() && isHashed(context.catalog().relation(context.catalog().parents(table.oid()).getFirst()).orElseThrow());
    }

    /** What was a partition's bound remains as a CHECK constraint: who attaches it again finds that it holds. */
    private void check(Relation table, String condition) {
        context.changed();
        String sql = "ALTER TABLE " + Identifiers.quote(IndexCommands.schemaName(table, context)) + "." + Identifiers.quote(table.name())
                + " ADD CHECK (" + condition + ")";
        AlterTable statement = (AlterTable) Parser.parse(Slice.of(sql)).getFirst().statement();
        new AlterTableCommands(context).apply(context.catalog().relation(table.oid()).orElseThrow(), statement.commands().getFirst());
    }

    private void detach(Relation parent, Relation table) {
        PartitionedForeignKeys.references(table).forEach(key -> leave(table, key));
        new PartitionedTriggers(context).takeBack(table.oid());
        new PartitionedForeignKeys(context).takeBack(context.catalog().relation(table.oid()).orElseThrow());
        for (Relation.Index index : table.indexes()) {
            if (!context.catalog().parents(index.oid()).isEmpty()) {
                new PartitionedIndexes(context).detach(index.oid());
            }
        }
        new PartitionCreation(context).detach(parent, context.catalog().relation(table.oid()).orElseThrow());
    }

    /** Nobody may refer to rows of a partition that leaves the table they refer to; the key's part for the partition goes. */
    private void leave(Relation table, Relation.ForeignKey key) {
        if (new RowChecks(context).isReferenced(table, key)) {
            throw new SqlError(SqlState.FOREIGN_KEY_VIOLATION, "removing partition \"" + table.name() + "\" violates foreign key constraint \""
                    + key.name() + "\"");
        }
        new Dependencies(context).forget(new Dependencies.Ref(Dependencies.CONSTRAINT, key.oid(), 0));
        context.catalog().row("pg_constraint", 2667, key.oid()).ifPresent(context.writer()::delete);
        context.changed();
    }

    // ---- indexes ----

    void attachIndex(Relation parent, AlterTableCommand.AttachPartition a) {
        Relation child = find(a.partition(), LockMode.ACCESS_EXCLUSIVE);
        if (child.kind() != 'i' && child.kind() != 'I') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + child.name() + "\" is not an index");
        }
        PartitionedIndexes indexes = new PartitionedIndexes(context);
        Relation table = tableOf(parent.oid());
        Relation own = tableOf(child.oid());
        List<Integer> above = context.catalog().parents(child.oid());
        if (above.contains(parent.oid())) {
            return;
        }
        SqlError refused = new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot attach index \"" + child.name()
                + "\" as a partition of index \"" + parent.name() + "\"");
        if (!above.isEmpty()) {
            throw refused.detail("Index \"" + child.name() + "\" is already attached to another index.");
        }
        if (!context.catalog().parents(own.oid()).contains(table.oid())) {
            throw refused.detail("Index \"" + child.name() + "\" is not an index on any partition of table \"" + table.name() + "\".");
        }
        boolean taken = context.catalog().children(parent.oid()).stream().anyMatch(i -> tableOf(i).oid() == own.oid());
        if (taken) {
            throw refused.detail("Another index is already attached for partition \"" + own.name() + "\".");
        }
        Relation.Index wanted = PartitionedIndexes.find(table, parent.oid());
        if (!indexes.matches(table, wanted, own, PartitionedIndexes.find(own, child.oid()))) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot attach index \"" + child.name() + "\" as a partition of index \""
                    + parent.name() + "\"").detail("The index definitions do not match.");
        }
        Optional<CatalogRow> constraint = indexes.constraint(table, parent.oid());
        if (constraint.isPresent() && indexes.constraint(own, child.oid()).isEmpty()) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot attach index \"" + child.name() + "\" as a partition of index \""
                    + parent.name() + "\"").detail("The index \"" + parent.name() + "\" belongs to a constraint in table \"" + table.name()
                            + "\" but no constraint exists for index \"" + child.name() + "\".");
        }
        indexes.attach(parent.oid(), child.oid());
        if (indexes.isComplete(parent.oid())) {
            indexes.setValid(parent.oid(), true);
        }
    }

    private Relation tableOf(int index) {
        return context.catalog().relation(context.catalog().row("pg_index", 2679, index).orElseThrow().number("indrelid")).orElseThrow();
    }
}
