package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.table.Index;
import org.gajah.table.RowLayout;
import org.gajah.table.RowState;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * ON CONFLICT: inserts rows one by one, and where another row has the key does nothing or changes that one. The look for
 * the keys and the insertion are one step among all sessions: the latches of all the row's unique keys are held over both.
 */
final class ConflictResolver {
    private final Frame frame;
    private final RowWriter writer;
    private final ForeignKeyChecks foreignKeys;
    private final ModifyColumns columns;
    private final boolean update;
    private final List<Integer> arbiters;
    private final RowBuilder builder;
    private final Optional<Kernel> where;
    private final RowChanger changer;
    private final ChangeTriggers triggers;
    private final Optional<PartitionTarget> partition;
    private final ByteSink key = new ByteSink();
    private final long[] oneTid = new long[1];
    private Selection affected = new Selection(1);
    private Selection one = new Selection(1);
    private Batch newRows = Vectors.nothing();
    private Batch oldRows = Vectors.nothing();
    private LongVector tids = new LongVector(1);
    private LongVector oldTids = new LongVector(1);

    private record UniqueKey(RowWriter.IndexWriter index, Index storage, Slice key, boolean arbiter) {
    }

    ConflictResolver(Frame frame, RowWriter writer, ForeignKeyChecks foreignKeys, ModifyColumns columns, Plan.ConflictAction action, RowBuilder builder,
            Optional<Kernel> where, ChangeTriggers triggers) {
        this(frame, writer, foreignKeys, columns, action, builder, where, triggers, Optional.empty());
    }

    /** For a partition of the table that the statement names; expressions see that table's columns. */
    ConflictResolver(Frame frame, PartitionTarget target, ModifyColumns columns, Plan.ConflictAction action, RowBuilder builder, Optional<Kernel> where) {
        this(frame, target.writer(), target.foreignKeys(), columns, action, builder, where, target.triggers(), Optional.of(target));
    }

    private ConflictResolver(Frame frame, RowWriter writer, ForeignKeyChecks foreignKeys, ModifyColumns columns, Plan.ConflictAction action,
            RowBuilder builder, Optional<Kernel> where, ChangeTriggers triggers, Optional<PartitionTarget> partition) {
        this.partition = partition;
        this.frame = frame;
        this.writer = writer;
        this.foreignKeys = foreignKeys;
        this.columns = columns;
        this.update = action.update();
        this.arbiters = action.arbiters();
        this.builder = builder;
        this.where = where;
        this.triggers = triggers;
        this.changer = RowChanger.of(frame, writer, builder.attributes(), triggers);
    }

    /** Inserts or resolves each selected row; then {@link #affected} and the rest say what came of them. */
    void insert(Batch child, Batch rows) {
        writer.prepare(rows, rows.selection(), Kind.INSERT);
        begin(rows);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.selection().rows[i];
            while (!resolve(child, rows, row)) {
                frame.checkCancelled();
            }
        }
    }

    private void begin(Batch rows) {
        RowLayout layout = writer.table().layout();
        int capacity = rows.selection().rows.length;
        if (newRows.columnCount() != layout.size() || newRows.selection().rows.length < capacity) {
            int[] all = java.util.stream.IntStream.range(0, layout.size()).toArray();
            newRows = layout.batch(all, capacity);
            oldRows = layout.batch(all, capacity);
            tids = new LongVector(capacity);
            oldTids = new LongVector(capacity);
            affected = new Selection(capacity);
            one = new Selection(capacity);
        }
        newRows.reset();
        oldRows.reset();
        oldTids.reset();
        affected.clear();
    }

    /** One attempt; false if it has to be made again. */
    private boolean resolve(Batch child, Batch rows, int row) {
        List<UniqueKey> keys = uniqueKeys(rows, row);
        int[] latches = keys.stream().mapToInt(k -> KeyLatches.number(k.storage.id(), k.key)).sorted().distinct().toArray();
        Optional<UniqueCheck.Finding> conflict;
        Arrays.stream(latches).forEach(latch -> KeyLatches.at(latch).lock());
        try {
            conflict = look(keys, row);
            if (conflict.isEmpty()) {
                insertRow(rows, row, keys);
            }
        } finally {
            Arrays.stream(latches).forEach(latch -> KeyLatches.at(latch).unlock());
        }
        if (conflict.isEmpty()) {
            inserted(rows, row);
            return true;
        }
        return switch (conflict.get()) {
            case UniqueCheck.Finding.Free free -> true;
            case UniqueCheck.Finding.Pending pending -> {
                frame.context().locks().waitFor(pending.xid(), writer.table().id(), pending.tid());
                yield false;
            }
            case UniqueCheck.Finding.Taken taken -> {
                requireVisible(taken.tid());
                yield !update || updateExisting(child, rows, row, taken.tid());
            }
        };
    }

    private List<UniqueKey> uniqueKeys(Batch rows, int row) {
        List<UniqueKey> keys = new ArrayList<>();
        for (RowWriter.IndexWriter index : writer.indexes()) {
            var definition = index.keys().index();
            if (definition.unique() && definition.immediate() && index.keys().evaluate(rows, row)
                    && (definition.nullsNotDistinct() || !index.keys().hasNull(row))) {
                key.clear();
                index.keys().encode(row, key);
                boolean arbiter = arbiters.isEmpty() || arbiters.contains(definition.oid());
                keys.add(new UniqueKey(index, frame.context().relations().index(writer.relation(), definition), key.view().copy(), arbiter));
            }
        }
        return keys;
    }

    /** The first arbiter's conflict. One in another unique index is an error; one that is not decided yet has to be waited for. */
    private Optional<UniqueCheck.Finding> look(List<UniqueKey> keys, int row) {
        Optional<UniqueCheck.Finding> found = Optional.empty();
        for (UniqueKey each : keys) {
            UniqueCheck.Finding finding = each.index.unique().look(frame.context(), writer.table(), each.storage, each.key, -1);
            if (finding instanceof UniqueCheck.Finding.Free || found.isPresent()) {
                continue;
            }
            if (finding instanceof UniqueCheck.Finding.Taken && !each.arbiter) {
                if (keys.stream().noneMatch(k -> k.arbiter && !(k.index.unique().look(frame.context(), writer.table(), k.storage, k.key, -1)
                        instanceof UniqueCheck.Finding.Free))) {
                    throw each.index.unique().violation(frame.context(), each.index.keys(), row);
                }
                continue;
            }
            found = Optional.of(finding);
        }
        return found;
    }

    private void insertRow(Batch rows, int row, List<UniqueKey> keys) {
        Batch alone = new Batch(rows.columns(), 1);
        alone.selection().add(row);
        writer.table().insert(frame.context().transaction(), alone, oneTid);
        keys.forEach(k -> k.storage.insert(frame.context().transaction(), k.key, oneTid[0]));
        one.rows[0] = row;
        one.setCount(1);
        for (RowWriter.IndexWriter index : writer.indexes()) {
            if (keys.stream().noneMatch(k -> k.index == index)) {
                writer.insertEntries(index, rows, one, oneTid);
            }
        }
    }

    private void inserted(Batch rows, int row) {
        foreignKeys.inserted(rows, one, oneTid);
        triggers.wrote();
        triggers.after(Trigger.Event.INSERT, rows, Vectors.nothing(), one);
        affected.add(row);
        tids.put(row, oneTid[0]);
        oldTids.setNull(row);
        for (int c = 0; c < newRows.columnCount(); c++) {
            Vectors.share(rows.column(c), row, newRows.column(c), row);
            oldRows.column(c).setNull(row);
        }
    }

    /** A REPEATABLE READ transaction may not build on a row that it cannot see, unless it has just written it itself. */
    private void requireVisible(long tid) {
        ExecContext context = frame.context();
        Table table = writer.table();
        Batch nothing = table.layout().batch(new int[0], 1);
        if (context.isolation() == ExecContext.Isolation.REPEATABLE_READ && !table.fetch(context.snapshot(), tid, new int[0], nothing, 0)
                && !(table.fetchNewest(context.transaction(), tid, new int[0], nothing, 0) instanceof RowState.Live row
                        && row.xid() == context.transaction().xid())) {
            throw new SqlError(SqlState.SERIALIZATION_FAILURE, "could not serialize access due to concurrent update");
        }
    }

    /** DO UPDATE; false if the row has changed or gone meanwhile and the whole attempt has to be made again. */
    private boolean updateExisting(Batch child, Batch rows, int row, long tid) {
        Table table = writer.table();
        int[] all = java.util.stream.IntStream.range(0, table.layout().size()).toArray();
        Batch existing = table.layout().batch(all, 1);
        Snapshot newer = frame.context().transaction().acquireSnapshot();
        try {
            if (!table.fetch(newer, tid, all, existing, 0)) {
                if (table.fetchNewest(frame.context().transaction(), tid, all, existing, 0) instanceof org.gajah.table.RowState.Live live
                        && live.xid() == frame.context().transaction().xid()) {
                    throw secondTime();
                }
                return false;
            }
            existing.selection().all(1);
            if (triggers.hasBeforeRow() || where.isPresent()) {
                RowChanger.Result found = changer.lock(newer, tid, false);
                if (found == RowChanger.Result.OWN) {
                    throw secondTime();
                }
                if (found != RowChanger.Result.DONE) {
                    return false;
                }
            }
            Batch input = input(child, rows, row, existing, tid);
            if (where.isPresent()) {
                Selection kept = new Selection(1);
                where.get().select(input, input.selection(), kept);
                if (kept.count() == 0) {
                    return true;
                }
            }
            writer.policies().require(Kind.CONFLICT, existing, existing.selection());
            Batch changed = builder.build(table.layout(), input, input.selection(), existing);
            if (triggers.hasBeforeRow() && !triggers.before(Trigger.Event.UPDATE, changed, existing, 0)) {
                return true;
            }
            partition.ifPresent(p -> requireSame(p, changed));
            writer.prepare(changed, input.selection(), Kind.UPDATE);
            return switch (changer.update(newer, tid, changed, existing, 0)) {
                case DONE -> {
                    foreignKeys.updated(changed, existing, 0, tid);
                    triggers.wrote();
                    triggers.after(Trigger.Event.UPDATE, changed, existing, existing.selection());
                    updated(changed, existing, row, tid);
                    yield true;
                }
                case OWN -> throw secondTime();
                case CHANGED, GONE, MOVED -> false;
            };
        } finally {
            frame.context().transaction().releaseSnapshot(newer);
        }
    }

    private static void requireSame(PartitionTarget partition, Batch changed) {
        Selection one = new Selection(1);
        one.add(0);
        partition.fits().select(changed, one);
        if (one.count() == 0) {
            throw SqlError.notSupported("invalid ON UPDATE specification")
                    .detail("The result tuple would appear in a different partition than the original tuple.");
        }
    }

    private static SqlError secondTime() {
        return new SqlError(SqlState.CARDINALITY_VIOLATION, "ON CONFLICT DO UPDATE command cannot affect row a second time")
                .hint("Ensure that no rows proposed for insertion within the same command have duplicate constrained values.");
    }

    /** The row that ON CONFLICT's expressions see, alone in a batch. */
    private Batch input(Batch child, Batch rows, int row, Batch existing, long tid) {
        Batch input = new Batch(new Vector[columns.total()], 1);
        for (int c = 0; c < columns.childColumns(); c++) {
            input.setColumn(c, alone(child.column(c), row));
        }
        Batch proposed = new Batch(new Vector[rows.columnCount()], 1);
        for (int c = 0; c < rows.columnCount(); c++) {
            proposed.setColumn(c, alone(rows.column(c), row));
        }
        proposed.selection().all(1);
        Batch newRow = partition.map(p -> p.up().apply(proposed, proposed.selection())).orElse(proposed);
        Batch oldRow = partition.map(p -> p.up().apply(existing, proposed.selection())).orElse(existing);
        for (int c = 0; c < columns.tableColumns(); c++) {
            input.setColumn(columns.start(Plan.Modify.NEW) + c, newRow.column(c));
            input.setColumn(columns.start(Plan.Modify.OLD) + c, oldRow.column(c));
        }
        LongVector place = new LongVector(1);
        place.put(0, tid);
        input.setColumn(columns.tid(Plan.Modify.OLD), place);
        org.gajah.vector.IntVector oid = new org.gajah.vector.IntVector(1);
        oid.put(0, writer.relation().oid());
        input.setColumn(columns.tableOid(Plan.Modify.OLD), oid);
        input.setColumn(columns.tableOid(Plan.Modify.NEW), oid);
        input.selection().all(1);
        return input;
    }

    private static Vector alone(Vector column, int row) {
        Vector one = Vector.of(column.carrier(), 1);
        one.copyFrom(column, row, 0);
        return one;
    }

    private void updated(Batch changed, Batch existing, int row, long tid) {
        affected.add(row);
        tids.put(row, tid);
        oldTids.put(row, tid);
        for (int c = 0; c < newRows.columnCount(); c++) {
            newRows.column(c).copyFrom(changed.column(c), 0, row);
            oldRows.column(c).copyFrom(existing.column(c), 0, row);
        }
    }

    /** The rows that were inserted or changed. */
    Selection affected() {
        return affected;
    }

    Batch newRows() {
        return newRows;
    }

    LongVector tids() {
        return tids;
    }

    Batch oldRows() {
        return oldRows;
    }

    LongVector oldTids() {
        return oldTids;
    }
}
