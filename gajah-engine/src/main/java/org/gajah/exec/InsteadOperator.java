package org.gajah.exec;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.analyze.Query.Command;
import org.gajah.catalog.Trigger.Event;
import org.gajah.plan.Plan;
import org.gajah.table.RowLayout;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;

/** INSERT, UPDATE, DELETE and MERGE of a view whose triggers do what is to be done instead, row by row. */
final class InsteadOperator extends RowByRowOperator {
    private final RowLayout layout;
    private final int[] all;
    private final List<Plan.TargetColumn> columns;
    private final Optional<Step> only;

    /**
     * @param layout  the view's columns
     * @param source  copies the child's rows; of a MERGE it knows whether the source's row and the view's belong together
     * @param columns where the view's columns stand in the child's rows; of a MERGE the last one says whether there is a row
     * @param steps   one, or those of a MERGE
     */
    InsteadOperator(Operator child, Frame frame, RowLayout layout, Recheck source, List<Plan.TargetColumn> columns, List<Step> steps,
            boolean merge, Returning returning, ChangeTriggers triggers) {
        super(child, frame, source, steps, returning, triggers);
        this.layout = layout;
        this.all = IntStream.range(0, layout.size()).toArray();
        this.columns = columns;
        this.only = merge ? Optional.empty() : Optional.of(steps.getFirst());
    }

    @Override
    Batch change(Batch alone) {
        Batch old = layout.batch(all, 1);
        old.selection().all(1);
        boolean there = false;
        for (Plan.TargetColumn c : columns) {
            if (c.attribute() <= layout.size()) {
                old.setColumn(c.attribute() - 1, alone.column(c.column()));
            } else {
                there = !alone.column(c.column()).isNull(0);
            }
        }
        boolean hasTarget = there;
        Optional<Step> step = only.or(() -> choose(alone, hasTarget));
        return step.filter(s -> s.command() != Command.SELECT).map(s -> change(s, alone, old)).orElseGet(Vectors::nothing);
    }

    private Batch change(Step step, Batch alone, Batch old) {
        boolean insert = step.command() == Command.INSERT;
        boolean delete = step.command() == Command.DELETE;
        Batch rows = insert ? step.builder().build(layout, alone, alone.selection())
                : delete ? Vectors.nothing() : step.builder().build(layout, alone, alone.selection(), old);
        if (!triggers.insteadOf(Event.valueOf(step.command().name()), rows, insert ? Vectors.nothing() : old, 0)) {
            return Vectors.nothing();
        }
        countProcessed(1);
        LongVector nowhere = new LongVector(1);
        nowhere.setNull(0);
        return returned(step.command(), alone, old, rows, nowhere);
    }
}
