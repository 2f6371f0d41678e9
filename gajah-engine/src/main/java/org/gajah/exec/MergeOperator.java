package org.gajah.exec;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.analyze.Query.Command;
import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Trigger;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;

/**
 * MERGE: for each row of the joined source and target the first action whose condition holds. A target row that somebody has
 * changed meanwhile is joined anew: it may match no longer.
 */
final class MergeOperator extends RowByRowOperator {
    private final int tidColumn;
    private final RowWriter writer;
    private final ForeignKeyChecks foreignKeys;
    private int[] all = {};

    MergeOperator(Operator child, Frame frame, int tidColumn, RowWriter writer, ForeignKeyChecks foreignKeys, Recheck join, List<Step> steps,
            Returning returning, ChangeTriggers triggers) {
        super(child, frame, join, steps, returning, triggers);
        this.tidColumn = tidColumn;
        this.writer = writer;
        this.foreignKeys = foreignKeys;
    }

    @Override
    void start() {
        foreignKeys.begin();
        super.start();
        all = IntStream.range(0, writer.table().layout().size()).toArray();
    }

    @Override
    Batch change(Batch alone) {
        Table table = writer.table();
        LongVector place = (LongVector) alone.column(tidColumn);
        Snapshot snapshot = frame.context().snapshot();
        boolean held = false;
        try {
            while (true) {
                Batch old = table.layout().batch(all, 1);
                boolean there = !place.isNull(0) && table.fetch(snapshot, place.values[0], all, old, 0);
                old.selection().all(1);
                Optional<Step> step = choose(alone, there);
                if (step.isEmpty() || step.get().command() == Command.SELECT) {
                    return Vectors.nothing();
                }
                if (step.get().command() == Command.INSERT) {
                    return insert(step.get(), alone, old);
                }
                Attempt attempt = change(step.get(), snapshot, alone, old, place);
                if (attempt.result == RowChanger.Result.DONE) {
                    return attempt.rows;
                }
                if (attempt.result == RowChanger.Result.MOVED) {
                    throw RowChanger.moved();
                }
                if (held) {
                    frame.context().transaction().releaseSnapshot(snapshot);
                }
                snapshot = frame.context().transaction().acquireSnapshot();
                held = true;
                boolean stays = attempt.result != RowChanger.Result.GONE && source.refresh(alone, table, snapshot, place.values[0]);
                if (!stays) {
                    RowChanger.requireStays(frame.context(), table, place.values[0]);
                }
                if (!stays || !source.holds(alone)) {
                    place.setNull(0);
                }
            }
        } finally {
            if (held) {
                frame.context().transaction().releaseSnapshot(snapshot);
            }
        }
    }

    private Batch insert(Step step, Batch alone, Batch shape) {
        Batch rows = step.builder().build(writer.table().layout(), alone, alone.selection());
        if (triggers.hasBeforeRow() && !triggers.before(Trigger.Event.INSERT, rows, Vectors.nothing(), 0)) {
            return Vectors.nothing();
        }
        long[] tids = writer.insert(rows);
        foreignKeys.inserted(rows, rows.selection(), tids);
        triggers.wrote();
        triggers.after(Trigger.Event.INSERT, rows, Vectors.nothing(), rows.selection());
        countProcessed(1);
        LongVector place = new LongVector(1);
        place.put(0, tids[0]);
        return returned(Command.INSERT, alone, shape, rows, place);
    }

    private record Attempt(RowChanger.Result result, Batch rows) {
    }

    private Attempt change(Step step, Snapshot snapshot, Batch alone, Batch old, LongVector place) {
        boolean delete = step.command() == Command.DELETE;
        writer.policies().require(delete ? Kind.MERGE_DELETE : Kind.MERGE_UPDATE, old, old.selection());
        Batch rows = delete ? old : step.builder().build(writer.table().layout(), alone, alone.selection(), old);
        RowChanger.Result result = RowChanger.Result.DONE;
        if (triggers.hasBeforeRow()) {
            result = step.changer().orElseThrow().lock(snapshot, place.values[0], delete);
            if (result == RowChanger.Result.DONE && !triggers.before(event(delete), delete ? Vectors.nothing() : rows, old, 0)) {
                return new Attempt(RowChanger.Result.DONE, Vectors.nothing());
            }
        }
        if (result == RowChanger.Result.DONE) {
            result = write(step, snapshot, rows, old, place);
        }
        if (result == RowChanger.Result.OWN) {
            triggers.requireOwn(step.changer().orElseThrow().ownCommand(), !delete);
            throw new SqlError(SqlState.CARDINALITY_VIOLATION, "MERGE command cannot affect row a second time")
                    .hint("Ensure that not more than one source row matches any one target row.");
        }
        if (result != RowChanger.Result.DONE) {
            return new Attempt(result, Vectors.nothing());
        }
        if (delete) {
            foreignKeys.deleted(old, 0);
        } else {
            foreignKeys.updated(rows, old, 0, place.values[0]);
        }
        countProcessed(1);
        triggers.wrote();
        triggers.after(event(delete), delete ? Vectors.nothing() : rows, old, alone.selection());
        return new Attempt(result, returned(step.command(), alone, old, rows, place));
    }

    private static Trigger.Event event(boolean delete) {
        return delete ? Trigger.Event.DELETE : Trigger.Event.UPDATE;
    }

    private RowChanger.Result write(Step step, Snapshot snapshot, Batch rows, Batch old, LongVector place) {
        if (step.command() == Command.DELETE) {
            return step.changer().orElseThrow().delete(snapshot, place.values[0], old, 0);
        }
        writer.prepare(rows, old.selection(), Kind.UPDATE);
        return step.changer().orElseThrow().update(snapshot, place.values[0], rows, old, 0);
    }
}
