package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query.Command;
import org.gajah.analyze.Query.MergeAction.MatchKind;
import org.gajah.catalog.Trigger.Event;
import org.gajah.plan.Plan;
import org.gajah.table.RowLayout;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** INSERT, UPDATE, DELETE and MERGE of a view whose triggers do what is to be done instead, row by row. */
final class InsteadOperator extends ModifyOperator {
    private final Operator child;
    private final Frame frame;
    private final RowLayout layout;
    private final Recheck source;
    private final List<Plan.TargetColumn> columns;
    private final List<MergeOperator.Step> steps;
    private final boolean merge;
    private final Returning returning;
    private final ChangeTriggers triggers;
    private Batch batch = Vectors.nothing();
    private Selection todo = new Selection(1);
    private int position;

    /**
     * @param layout  the view's columns
     * @param source  copies the child's rows; of a MERGE it knows whether the source's row and the view's belong together
     * @param columns where the view's columns stand in the child's rows; of a MERGE the last one says whether there is a row
     * @param steps   one, or those of a MERGE
     */
    InsteadOperator(Operator child, Frame frame, RowLayout layout, Recheck source, List<Plan.TargetColumn> columns, List<MergeOperator.Step> steps,
            boolean merge, Returning returning, ChangeTriggers triggers) {
        this.child = child;
        this.frame = frame;
        this.layout = layout;
        this.source = source;
        this.columns = columns;
        this.steps = steps;
        this.merge = merge;
        this.returning = returning;
        this.triggers = triggers;
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
    Batch produce(int max) {
        while (true) {
            if (position == todo.count()) {
                frame.checkCancelled();
                batch = child.next(frame.rowsToWrite());
                todo = Kernel.scratch(todo, batch);
                todo.copyFrom(batch.selection());
                position = 0;
                if (todo.count() == 0) {
                    triggers.end();
                    return Vectors.nothing();
                }
            }
            Batch results = change(source.copy(batch, todo.rows[position++]));
            if (results.count() > 0) {
                return results;
            }
        }
    }

    private Batch change(Batch alone) {
        Batch old = layout.batch(java.util.stream.IntStream.range(0, layout.size()).toArray(), 1);
        old.selection().all(1);
        boolean there = !merge;
        for (Plan.TargetColumn c : columns) {
            if (c.attribute() <= layout.size()) {
                old.setColumn(c.attribute() - 1, alone.column(c.column()));
            } else {
                there = !alone.column(c.column()).isNull(0);
            }
        }
        Optional<MergeOperator.Step> step = merge ? choose(alone, there) : Optional.of(steps.getFirst());
        return step.filter(s -> s.command() != Command.SELECT).map(s -> change(s, alone, old)).orElseGet(Vectors::nothing);
    }

    private Optional<MergeOperator.Step> choose(Batch alone, boolean there) {
        MatchKind kind = !there ? MatchKind.NOT_MATCHED_BY_TARGET : source.holds(alone) ? MatchKind.MATCHED : MatchKind.NOT_MATCHED_BY_SOURCE;
        return steps.stream().filter(step -> step.match() == kind && holds(step, alone)).findFirst();
    }

    private static boolean holds(MergeOperator.Step step, Batch alone) {
        Selection kept = new Selection(1);
        step.condition().ifPresentOrElse(c -> c.select(alone, alone.selection(), kept), () -> kept.all(1));
        return kept.count() > 0;
    }

    private Batch change(MergeOperator.Step step, Batch alone, Batch old) {
        boolean insert = step.command() == Command.INSERT;
        boolean delete = step.command() == Command.DELETE;
        Batch rows = insert ? step.builder().build(layout, alone, alone.selection())
                : delete ? Vectors.nothing() : step.builder().build(layout, alone, alone.selection(), old);
        if (!triggers.insteadOf(Event.valueOf(step.command().name()), rows, insert ? Vectors.nothing() : old, 0)) {
            return Vectors.nothing();
        }
        countProcessed(1);
        if (returning.isEmpty()) {
            return Vectors.nothing();
        }
        LongVector nowhere = new LongVector(1);
        nowhere.setNull(0);
        returning.begin(alone);
        returning.whole(Plan.Modify.ROW, delete ? old : rows, nowhere);
        if (insert) {
            returning.absent(Plan.Modify.OLD, old, alone.selection());
        } else {
            returning.whole(Plan.Modify.OLD, old, nowhere);
        }
        if (delete) {
            returning.absent(Plan.Modify.NEW, old, alone.selection());
        } else {
            returning.whole(Plan.Modify.NEW, rows, nowhere);
        }
        return returning.results(alone.selection());
    }

    @Override
    public void close() {
        child.close();
    }
}
