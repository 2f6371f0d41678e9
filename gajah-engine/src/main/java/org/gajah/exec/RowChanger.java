package org.gajah.exec;

import java.util.Arrays;
import java.util.List;

import org.gajah.analyze.Query.RowMark;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.table.Index;
import org.gajah.table.Table;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/**
 * Changes or deletes single rows by their tid: waits for those who are at them, says when somebody else was first, and keeps
 * the indexes.
 */
final class RowChanger {
    private final Frame frame;
    private final Relation relation;
    private final RowWriter writer;
    private final List<RowWriter.IndexWriter> touched;
    private final int[] keyColumns;
    private final boolean setsKey;
    private final Selection one = new Selection(1);
    private final long[] oneTid = new long[1];
    private final ByteSink newKey = new ByteSink();
    private final ByteSink oldKey = new ByteSink();
    private int ownCommand;
    /** How many locks there were before that of the row, and with it. */
    private int before;
    private int locked;

    /** What became of a row. */
    enum Result {
        /** Changed. */
        DONE,
        /** The own command has changed it already: leave it. */
        OWN,
        /** Somebody else has changed it: look at the newest version. */
        CHANGED,
        /** Somebody else has deleted it. */
        GONE,
        /** Somebody else has moved it to another partition, where nobody follows it. */
        MOVED
    }

    RowChanger(Frame frame, RowWriter writer, int[] assigned) {
        this(frame, writer, assigned, assigned);
    }

    private RowChanger(Frame frame, RowWriter writer, int[] set, int[] assigned) {
        this.frame = frame;
        this.relation = writer.relation();
        this.writer = writer;
        this.touched = writer.indexes().stream().filter(index -> touches(index.keys().index(), assigned)).toList();
        this.keyColumns = relation.indexes().stream().filter(index -> index.unique() && index.predicate().isEmpty())
                .flatMap(index -> index.columns().subList(0, index.keyColumns()).stream()).filter(number -> number > 0).distinct()
                .mapToInt(number -> number - 1).filter(column -> contains(assigned, column)).toArray();
        this.setsKey = Arrays.stream(keyColumns).anyMatch(column -> contains(set, column));
    }

    /** For statements whose triggers may change any column. */
    static RowChanger of(Frame frame, RowWriter writer, int[] assigned, ChangeTriggers triggers) {
        int[] all = java.util.stream.IntStream.range(0, writer.relation().columns().size()).toArray();
        return new RowChanger(frame, writer, assigned, triggers.hasBeforeRow() ? all : assigned);
    }

    private boolean touches(Relation.Index index, int[] assigned) {
        if (!index.expressions().isEmpty() || index.predicate().isPresent()) {
            return true;
        }
        return index.columns().stream().anyMatch(number -> contains(assigned, number - 1) || relation.column(number).generated() == 's');
    }

    private static boolean contains(int[] columns, int column) {
        for (int each : columns) {
            if (each == column) {
                return true;
            }
        }
        return false;
    }

    /** Replaces the row at {@code tid} by row {@code row} of {@code rows}; {@code old} has the present one at the same number. */
    Result update(Snapshot snapshot, long tid, Batch rows, Batch old, int row) {
        Table table = writer.table();
        boolean keyChange = changesKey(rows, old, row);
        while (true) {
            TupleOutcome outcome = table.update(frame.context().transaction(), snapshot, tid, rows, row, keyChange);
            if (outcome instanceof TupleOutcome.Ok) {
                for (RowWriter.IndexWriter index : touched) {
                    moveEntry(index, rows, old, row, tid);
                }
                unlock();
                return Result.DONE;
            }
            Result result = judge(outcome, table, tid, keyChange, "updating");
            if (result != Result.DONE) {
                return result;
            }
        }
    }

    /**
     * Locks the row before triggers look at it: waits for others, and says what {@link #update} or {@link #delete} would find then. The lock is
     * given back when the change has been made, which keeps others away as well.
     */
    Result lock(Snapshot snapshot, long tid, boolean deleting) {
        boolean keyChange = deleting || setsKey;
        ExecContext context = frame.context();
        Table table = writer.table();
        RowMark.Strength strength = keyChange ? RowMark.Strength.UPDATE : RowMark.Strength.NO_KEY_UPDATE;
        before = context.locks().mark();
        WaitContext.await("locking", relation.name(), tid, () -> context.locks().lock(table.id(), relation.name(), tid, strength, RowMark.Wait.BLOCK,
                () -> LockRowsOperator.conflicting(context, table, tid, keyColumns, strength)));
        locked = context.locks().mark();
        while (true) {
            TupleOutcome outcome = table.check(context.transaction(), snapshot, tid);
            Result result = judge(outcome, table, tid, keyChange, deleting ? "deleting" : "updating");
            if (outcome instanceof TupleOutcome.Ok || result != Result.DONE) {
                return result;
            }
        }
    }

    /** The row is changed: its lock goes, if no other was taken since. */
    private void unlock() {
        if (locked > before && frame.context().locks().mark() == locked) {
            frame.context().locks().release(before);
        }
        locked = before;
    }

    /** The command that has changed a row that was OWN. */
    int ownCommand() {
        return ownCommand;
    }

    /** Deletes the row at {@code tid}, which is row {@code row} of {@code old}. */
    Result delete(Snapshot snapshot, long tid, Batch old, int row) {
        return delete(snapshot, tid, old, row, false);
    }

    /** The same; others are told if the row {@code moves} to another partition. */
    Result delete(Snapshot snapshot, long tid, Batch old, int row, boolean moves) {
        Table table = writer.table();
        while (true) {
            TupleOutcome outcome = table.delete(frame.context().transaction(), snapshot, tid, moves);
            if (outcome instanceof TupleOutcome.Ok) {
                for (RowWriter.IndexWriter index : writer.indexes()) {
                    removeEntry(index, old, row, tid);
                }
                unlock();
                return Result.DONE;
            }
            Result result = judge(outcome, table, tid, true, "deleting");
            if (result != Result.DONE) {
                return result;
            }
        }
    }

    /** What an outcome means; waits for a running transaction and then says DONE, which means: try again. */
    private Result judge(TupleOutcome outcome, Table table, long tid, boolean keyChange, String what) {
        ExecContext context = frame.context();
        boolean repeatable = context.isolation() == ExecContext.Isolation.REPEATABLE_READ;
        return switch (outcome) {
            case TupleOutcome.Ok ok -> Result.DONE;
            case TupleOutcome.BeingModified m -> {
                WaitContext.await(what, relation.name(), tid, () -> context.locks().awaitRow(m.xid(), table.id(), tid, keyChange));
                yield Result.DONE;
            }
            case TupleOutcome.SelfModified m -> {
                ownCommand = m.commandId();
                yield Result.OWN;
            }
            case TupleOutcome.Updated u -> {
                if (repeatable) {
                    throw new SqlError(SqlState.SERIALIZATION_FAILURE, "could not serialize access due to concurrent update");
                }
                yield Result.CHANGED;
            }
            case TupleOutcome.Deleted d -> {
                if (repeatable) {
                    throw new SqlError(SqlState.SERIALIZATION_FAILURE,
                            "could not serialize access due to concurrent " + (d.moved() ? "update" : "delete"));
                }
                yield d.moved() ? Result.MOVED : Result.GONE;
            }
            case TupleOutcome.Invisible i -> throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "attempted to " + (what.equals("updating") ? "update" : "delete") + " invisible tuple");
        };
    }

    /** 40001 if a row that is no more has been moved to another partition since the statement began. */
    static void requireStays(ExecContext context, Table table, long tid) {
        if (table.check(context.transaction(), context.snapshot(), tid) instanceof TupleOutcome.Deleted gone && gone.moved()) {
            throw moved();
        }
    }

    /** The row that a statement wanted is in another partition now. */
    static SqlError moved() {
        return new SqlError(SqlState.SERIALIZATION_FAILURE, "tuple to be locked was already moved to another partition due to concurrent update");
    }

    private boolean changesKey(Batch rows, Batch old, int row) {
        for (int column : keyColumns) {
            Object before = Vectors.peek(old.column(column), row);
            Object after = Vectors.peek(rows.column(column), row);
            if (before == null || !before.equals(after)) {
                return true;
            }
        }
        return false;
    }

    private void moveEntry(RowWriter.IndexWriter index, Batch rows, Batch old, int row, long tid) {
        boolean hadEntry = index.oldKeys().evaluate(old, row);
        boolean hasEntry = index.keys().evaluate(rows, row);
        oldKey.clear();
        newKey.clear();
        if (hadEntry) {
            index.oldKeys().encode(row, oldKey);
        }
        if (hasEntry) {
            index.keys().encode(row, newKey);
        }
        if (hadEntry && hasEntry && oldKey.view().equals(newKey.view())) {
            return;
        }
        Slice before = oldKey.view();
        if (hasEntry) {
            one.rows[0] = row;
            one.setCount(1);
            oneTid[0] = tid;
            writer.insertEntries(index, rows, one, oneTid);
        }
        if (hadEntry) {
            storage(index).remove(frame.context().transaction(), before, tid);
        }
    }

    private void removeEntry(RowWriter.IndexWriter index, Batch old, int row, long tid) {
        if (index.oldKeys().evaluate(old, row)) {
            oldKey.clear();
            index.oldKeys().encode(row, oldKey);
            storage(index).remove(frame.context().transaction(), oldKey.view(), tid);
        }
    }

    private Index storage(RowWriter.IndexWriter index) {
        return frame.context().relations().index(relation, index.keys().index());
    }
}
