package org.gajah.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import org.gajah.analyze.Query.Command;
import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Trigger;
import org.gajah.table.RowLayout;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** MERGE into a partitioned table: as {@link MergeOperator}, each row in the partition where it is, new and moved ones where they belong. */
final class PartitionedMergeOperator extends RowByRowOperator {
    private final int tidColumn;
    private final int tableColumn;
    private final RowLayout layout;
    private final PartitionedWriter partitions;
    private final List<Step> steps;
    private final BiFunction<PartitionTarget, Integer, ChangeTarget> targets;
    private final Map<Integer, Map<Integer, ChangeTarget>> made = new HashMap<>();
    private final LongVector newTid = new LongVector(1);
    private final IntVector newTable = new IntVector(1);

    /** The parts of the table that are read and written; {@code targets} makes what a step needs to change rows of a partition. */
    record Parts(RowLayout layout, int tableColumn, PartitionedWriter writer, BiFunction<PartitionTarget, Integer, ChangeTarget> targets) {
    }

    PartitionedMergeOperator(Operator child, Frame frame, int tidColumn, Parts parts, Recheck join, List<Step> steps, Returning returning,
            ChangeTriggers statement) {
        super(child, frame, join, steps, returning, statement);
        this.tidColumn = tidColumn;
        this.tableColumn = parts.tableColumn;
        this.layout = parts.layout;
        this.partitions = parts.writer;
        this.steps = steps;
        this.targets = parts.targets;
    }

    @Override
    void finishRows() {
        partitions.end();
    }

    @Override
    Batch change(Batch alone) {
        LongVector place = (LongVector) alone.column(tidColumn);
        IntVector oid = (IntVector) alone.column(tableColumn);
        Optional<PartitionTarget> partition = place.isNull(0) ? Optional.empty() : Optional.of(partitions.target(oid.values[0]));
        Snapshot snapshot = frame.context().snapshot();
        boolean held = false;
        try {
            while (true) {
                Optional<Batch> old = place.isNull(0) ? Optional.empty() : row(partition.orElseThrow(), snapshot, place.values[0]);
                Optional<Step> step = choose(alone, old.isPresent());
                if (step.isEmpty() || step.get().command() == Command.SELECT) {
                    return Vectors.nothing();
                }
                if (step.get().command() == Command.INSERT) {
                    return insert(step.get(), alone);
                }
                ChangeTarget target = target(partition.orElseThrow(), step.get());
                Attempt attempt = change(target, step.get(), snapshot, alone, old.orElseThrow(), place);
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
                boolean there = attempt.result != RowChanger.Result.GONE
                        && target.recheck().refresh(alone, target.writer().table(), snapshot, place.values[0]);
                if (!there) {
                    RowChanger.requireStays(frame.context(), target.writer().table(), place.values[0]);
                }
                boolean gone = !there || !source.holds(alone);
                if (gone) {
                    place.setNull(0);
                }
            }
        } finally {
            if (held) {
                frame.context().transaction().releaseSnapshot(snapshot);
            }
        }
    }

    /** The row at a place of a partition, as a snapshot sees it. */
    private static Optional<Batch> row(PartitionTarget partition, Snapshot snapshot, long tid) {
        Table table = partition.writer().table();
        int[] all = IntStream.range(0, table.layout().size()).toArray();
        Batch row = table.layout().batch(all, 1);
        row.selection().all(1);
        return table.fetch(snapshot, tid, all, row, 0) ? Optional.of(row) : Optional.empty();
    }

    private ChangeTarget target(PartitionTarget partition, Step step) {
        return made.computeIfAbsent(partition.relation().oid(), oid -> new HashMap<>()).computeIfAbsent(steps.indexOf(step), n -> targets.apply(partition, n));
    }

    private Batch insert(Step step, Batch alone) {
        Batch rows = step.builder().build(layout, alone, alone.selection());
        if (partitions.insert(rows, rows.selection(), newTid, newTable).count() == 0) {
            return Vectors.nothing();
        }
        countProcessed(1);
        triggers.after(Trigger.Event.INSERT, rows, Vectors.nothing(), rows.selection());
        return returned(Command.INSERT, alone, rows, rows, newTid, newTable);
    }

    private record Attempt(RowChanger.Result result, Batch rows) {
    }

    private Attempt change(ChangeTarget target, Step step, Snapshot snapshot, Batch alone, Batch old, LongVector place) {
        boolean delete = step.command() == Command.DELETE;
        target.writer().policies().require(delete ? Kind.MERGE_DELETE : Kind.MERGE_UPDATE, old, old.selection());
        Batch rows = delete ? old : target.builder().orElseThrow().build(target.writer().table().layout(), alone, alone.selection(), old);
        Trigger.Event event = delete ? Trigger.Event.DELETE : Trigger.Event.UPDATE;
        RowChanger.Result result = RowChanger.Result.DONE;
        if (target.triggers().hasBeforeRow()) {
            result = target.changer().lock(snapshot, place.values[0], delete);
            if (result == RowChanger.Result.DONE && !target.triggers().before(event, delete ? Vectors.nothing() : rows, old, 0)) {
                return new Attempt(RowChanger.Result.DONE, Vectors.nothing());
            }
        }
        boolean moves = !delete && !target.keeps(rows, 0);
        if (result == RowChanger.Result.DONE) {
            result = moves || delete ? target.changer().delete(snapshot, place.values[0], old, 0, moves) : update(target, snapshot, rows, old, place);
        }
        if (result == RowChanger.Result.OWN) {
            target.triggers().requireOwn(target.changer().ownCommand(), !delete);
            throw new SqlError(SqlState.CARDINALITY_VIOLATION, "MERGE command cannot affect row a second time")
                    .hint("Ensure that not more than one source row matches any one target row.");
        }
        if (result != RowChanger.Result.DONE) {
            return new Attempt(result, Vectors.nothing());
        }
        target.triggers().wrote();
        newTid.put(0, place.values[0]);
        newTable.put(0, target.writer().relation().oid());
        Selection one = alone.selection();
        if (moves) {
            target.foreignKeys().moved(rows, old, 0);
            target.triggers().after(Trigger.Event.DELETE, Vectors.nothing(), old, one);
            partitions.insert(target.up(rows, one), one, newTid, newTable, Kind.UPDATE);
        } else if (delete) {
            target.foreignKeys().deleted(old, 0);
            target.triggers().after(event, Vectors.nothing(), old, one);
        } else {
            target.foreignKeys().updated(rows, old, 0, place.values[0]);
            target.triggers().after(event, rows, old, one);
        }
        countProcessed(1);
        triggers.after(event, delete ? Vectors.nothing() : target.up(rows, one), target.up(old, one), one);
        return new Attempt(result, returned(step.command(), alone, target.up(old, one), target.up(rows, one), newTid, newTable));
    }

    private static RowChanger.Result update(ChangeTarget target, Snapshot snapshot, Batch rows, Batch old, LongVector place) {
        target.writer().prepare(rows, old.selection(), Kind.UPDATE);
        return target.changer().update(snapshot, place.values[0], rows, old, 0);
    }
}
