package org.gajah.exec;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import org.gajah.analyze.Query.RowMark;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.table.RowState;
import org.gajah.table.Table;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/**
 * SELECT FOR UPDATE and its kin: locks each row, waiting for those who are changing it, and gives its newest version if the
 * query's conditions still hold for that. Never locks more rows than it is asked for.
 */
final class LockRowsOperator extends Operator {
    private final Operator child;
    private final Frame frame;
    private final List<Mark> marks;
    private final Optional<Kernel> recheck;
    private final List<Carrier> carriers;
    private Batch batch = Vectors.nothing();
    private Selection todo = new Selection(1);
    private int position;

    /** One table of the query whose rows are locked: itself or, if it is partitioned, the partitions whose oids stand in {@code tableColumn}. */
    record Mark(int tidColumn, int tableColumn, RowMark.Strength strength, RowMark.Wait waitPolicy, IntFunction<Locked> tables) {
        Locked table(Batch rows, int row) {
            return tables.apply(tableColumn < 0 ? 0 : ((IntVector) rows.column(tableColumn)).values[row]);
        }
    }

    /** A table with rows; {@code keyColumns} from 0 are those that foreign keys may refer to. */
    record Locked(Relation relation, Recheck newest, int[] keyColumns) {
        /** Whether it is a foreign table, whose server has locked the rows that it gave. */
        boolean isElsewhere() {
            return relation.kind() == 'f';
        }
    }

    /** What became of a row's lock. */
    private enum Outcome { UNCHANGED, CHANGED, DROPPED }

    LockRowsOperator(Operator child, Frame frame, List<Mark> marks, Optional<Kernel> recheck, List<Carrier> carriers) {
        this.child = child;
        this.frame = frame;
        this.marks = marks;
        this.recheck = recheck;
        this.carriers = carriers;
    }

    @Override
    void start() {
        child.open();
        todo.clear();
        position = 0;
    }

    @Override
    Batch produce(int max) {
        while (true) {
            if (position == todo.count() && !fetch(max)) {
                return Vectors.nothing();
            }
            Selection kept = batch.selection();
            kept.clear();
            while (position < todo.count()) {
                int row = todo.rows[position];
                Outcome outcome = lock(row);
                if (outcome == Outcome.CHANGED && kept.count() > 0) {
                    return batch;
                }
                position++;
                if (outcome == Outcome.UNCHANGED) {
                    kept.add(row);
                } else if (outcome == Outcome.CHANGED) {
                    Batch alone = again(row);
                    if (alone.count() > 0) {
                        return alone;
                    }
                }
            }
            if (kept.count() > 0) {
                return batch;
            }
        }
    }

    private boolean fetch(int max) {
        frame.checkCancelled();
        batch = child.next(max);
        todo = Kernel.scratch(todo, batch);
        todo.copyFrom(batch.selection());
        position = 0;
        return todo.count() > 0;
    }

    private Outcome lock(int row) {
        Outcome outcome = Outcome.UNCHANGED;
        for (Mark mark : marks) {
            LongVector tids = (LongVector) batch.column(mark.tidColumn);
            if (!tids.isNull(row)) {
                Outcome one = lock(mark, mark.table(batch, row), tids.values[row], frame.context().snapshot());
                if (one == Outcome.DROPPED) {
                    return one;
                }
                if (one == Outcome.CHANGED) {
                    outcome = one;
                }
            }
        }
        return outcome;
    }

    private Outcome lock(Mark mark, Locked locked, long tid, Snapshot snapshot) {
        ExecContext context = frame.context();
        if (locked.isElsewhere()) {
            return Outcome.UNCHANGED;
        }
        Table table = context.relations().table(locked.relation);
        if (!take(mark, locked, table, tid)) {
            return Outcome.DROPPED;
        }
        boolean repeatable = context.isolation() == ExecContext.Isolation.REPEATABLE_READ;
        return switch (table.check(context.transaction(), snapshot, tid)) {
            case TupleOutcome.Ok ok -> Outcome.UNCHANGED;
            case TupleOutcome.BeingModified other -> Outcome.UNCHANGED;
            case TupleOutcome.SelfModified own -> Outcome.DROPPED;
            case TupleOutcome.Updated updated when mark.strength == RowMark.Strength.KEY_SHARE && keepsKeys(locked, table, snapshot, tid) ->
                    Outcome.UNCHANGED;
            case TupleOutcome.Updated updated when !repeatable -> Outcome.CHANGED;
            case TupleOutcome.Deleted deleted when deleted.moved() -> throw repeatable ? conflict("update") : RowChanger.moved();
            case TupleOutcome.Deleted deleted when !repeatable -> Outcome.DROPPED;
            case TupleOutcome.Updated updated -> throw conflict("update");
            case TupleOutcome.Deleted deleted -> throw conflict("delete");
            case TupleOutcome.Invisible invisible -> Outcome.DROPPED;
        };
    }

    /** Whether the row that the snapshot sees has the keys of its newest version: then FOR KEY SHARE is content with what it sees. */
    private boolean keepsKeys(Locked mark, Table table, Snapshot snapshot, long tid) {
        Batch newest = table.layout().batch(mark.keyColumns, 1);
        return !(table.fetchNewest(frame.context().transaction(), tid, mark.keyColumns, newest, 0) instanceof RowState.Dead)
                && !otherKeys(table, snapshot, tid, mark.keyColumns, newest);
    }

    private static boolean otherKeys(Table table, Snapshot snapshot, long tid, int[] keyColumns, Batch newest) {
        Batch seen = table.layout().batch(keyColumns, 1);
        boolean other = false;
        if (table.fetch(snapshot, tid, keyColumns, seen, 0)) {
            for (int c = 0; c < keyColumns.length; c++) {
                Object before = seen.column(c).get(0);
                other |= before == null || !before.equals(newest.column(c).get(0));
            }
        }
        return other;
    }

    private boolean take(Mark mark, Locked locked, Table table, long tid) {
        RowLocks locks = frame.context().locks();
        String name = locked.relation.name();
        RowLocks.Writer writer = () -> conflicting(frame.context(), table, tid, locked.keyColumns, mark.strength);
        if (mark.waitPolicy != RowMark.Wait.BLOCK) {
            return locks.lock(table.id(), name, tid, mark.strength, mark.waitPolicy, writer);
        }
        WaitContext.await("locking", name, tid, () -> locks.lock(table.id(), name, tid, mark.strength, mark.waitPolicy, writer));
        return true;
    }

    private static SqlError conflict(String what) {
        return new SqlError(SqlState.SERIALIZATION_FAILURE, "could not serialize access due to concurrent " + what);
    }

    /** Who is changing the row, if that conflicts: a change that keeps the keys lets FOR KEY SHARE pass. */
    static RowLocks.Change conflicting(ExecContext context, Table table, long tid, int[] keyColumns, RowMark.Strength strength) {
        Batch newest = table.layout().batch(keyColumns, 1);
        if (!(table.fetchNewest(context.transaction(), tid, keyColumns, newest, 0) instanceof RowState.InProgress change) || change.inserting()) {
            return RowLocks.Change.NONE;
        }
        boolean ofKey = change.deleting() || otherKeys(table, context.snapshot(), tid, keyColumns, newest);
        boolean passes = strength == RowMark.Strength.KEY_SHARE && !ofKey;
        return passes ? RowLocks.Change.NONE : new RowLocks.Change(change.xid(), ofKey);
    }

    /** The newest versions of a row's tables, locked, if the conditions hold for them. */
    private Batch again(int row) {
        Batch alone = Recheck.copy(carriers, batch, row);
        Snapshot newer = frame.context().transaction().acquireSnapshot();
        try {
            for (Mark mark : marks) {
                LongVector tids = (LongVector) alone.column(mark.tidColumn);
                if (!tids.isNull(0)) {
                    Locked locked = mark.table(alone, 0);
                    if (locked.isElsewhere()) {
                        continue;
                    }
                    Table table = frame.context().relations().table(locked.relation);
                    if (lock(mark, locked, tids.values[0], newer) == Outcome.DROPPED || !locked.newest.refresh(alone, table, newer, tids.values[0])) {
                        RowChanger.requireStays(frame.context(), table, tids.values[0]);
                        return Vectors.nothing();
                    }
                }
            }
            if (recheck.isPresent()) {
                recheck.get().select(alone, alone.selection(), alone.selection());
            }
            return alone;
        } finally {
            frame.context().transaction().releaseSnapshot(newer);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
