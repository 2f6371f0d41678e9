package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query.Command;
import org.gajah.analyze.Query.MergeAction.MatchKind;
import org.gajah.plan.Plan;
import org.gajah.vector.Batch;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** A change that takes its child's rows one by one, each alone in a batch, since what it does with one may depend on the one before. */
abstract class RowByRowOperator extends ModifyOperator {
    private final Operator child;
    final Frame frame;
    /** Copies the child's rows; of a MERGE it knows whether the source's row and the target's belong together. */
    final Recheck source;
    final ChangeTriggers triggers;
    private final List<Step> steps;
    private final Returning returning;
    private Batch batch = Vectors.nothing();
    private Selection todo = new Selection(1);
    private int position;

    /** One WHEN of a MERGE, or the one thing that another command does; of a table it has what changes rows. */
    record Step(MatchKind match, Command command, Optional<Kernel> condition, RowBuilder builder, Optional<RowChanger> changer) {
    }

    RowByRowOperator(Operator child, Frame frame, Recheck source, List<Step> steps, Returning returning, ChangeTriggers triggers) {
        this.child = child;
        this.frame = frame;
        this.source = source;
        this.steps = steps;
        this.returning = returning;
        this.triggers = triggers;
    }

    /** Does what is to be done for one row, alone in a batch; gives its results. */
    abstract Batch change(Batch alone);

    /** All rows have been changed; the statement's triggers come next. */
    void finishRows() {
        // only partitions have anything left to do
    }

    @Override
    void start() {
        resetProcessed();
        triggers.begin();
        child.open();
        todo.clear();
        position = 0;
    }

    @Override
    final Batch produce(int max) {
        while (true) {
            if (position == todo.count() && !fetch()) {
                finishRows();
                triggers.end();
                return Vectors.nothing();
            }
            Batch results = change(source.copy(batch, todo.rows[position++]));
            if (results.count() > 0) {
                return results;
            }
        }
    }

    private boolean fetch() {
        frame.checkCancelled();
        batch = child.next(frame.rowsToWrite());
        todo = Kernel.scratch(todo, batch);
        todo.copyFrom(batch.selection());
        position = 0;
        return todo.count() > 0;
    }

    /** The first step for a row whose target is {@code there} or not. */
    final Optional<Step> choose(Batch alone, boolean there) {
        MatchKind kind = !there ? MatchKind.NOT_MATCHED_BY_TARGET : source.holds(alone) ? MatchKind.MATCHED : MatchKind.NOT_MATCHED_BY_SOURCE;
        for (Step step : steps) {
            if (step.match == kind && holds(step, alone)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Step step, Batch alone) {
        Selection kept = new Selection(1);
        step.condition.ifPresentOrElse(c -> c.select(alone, alone.selection(), kept), () -> kept.all(1));
        return kept.count() > 0;
    }

    /** The RETURNING list for a row that a command has changed; {@code old} has a row's shape if there was none. */
    final Batch returned(Command command, Batch alone, Batch old, Batch rows, LongVector place) {
        IntVector table = new IntVector(1);
        table.put(0, returning.relation().oid());
        return returned(command, alone, old, rows, place, table);
    }

    /** The same for a row that is now at a place of a table with this oid. */
    final Batch returned(Command command, Batch alone, Batch old, Batch rows, LongVector place, IntVector table) {
        if (returning.isEmpty()) {
            return Vectors.nothing();
        }
        boolean delete = command == Command.DELETE;
        returning.begin(alone);
        returning.whole(Plan.Modify.ROW, delete ? old : rows, place, table);
        if (command == Command.INSERT) {
            returning.absent(Plan.Modify.OLD, old, alone.selection());
        } else {
            returning.whole(Plan.Modify.OLD, old, place, table);
        }
        if (delete) {
            returning.absent(Plan.Modify.NEW, old, alone.selection());
        } else {
            returning.whole(Plan.Modify.NEW, rows, place, table);
            returning.check(alone.selection());
        }
        return returning.results(alone.selection());
    }

    @Override
    public void close() {
        child.close();
    }
}
