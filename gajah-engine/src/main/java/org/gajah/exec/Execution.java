package org.gajah.exec;

import java.util.List;
import java.util.Map;

import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;
import org.gajah.vector.Batch;

/**
 * A planned statement made ready to run by one session: build once, run often, one run at a time. A run is {@link #open}, then
 * {@link #next} until a batch is empty or the caller has enough, then {@link #close}.
 */
public final class Execution implements AutoCloseable {
    private final PlannedStatement statement;
    private final Frame frame;
    private final Operator root;
    private final Map<Plan, Operator> operators;
    /** Whether rows come out that may be of commits that are not durable yet. */
    private final boolean tells;
    private boolean finished;

    /** Makes the operators; nothing runs yet. 0A000 for what is not implemented. */
    public Execution(PlannedStatement statement, CompileContext context) {
        this.statement = statement;
        this.tells = statement.changesRows() && !statement.results().isEmpty();
        this.frame = new Frame(statement.slots(), statement.workTables());
        OperatorBuilder builder = new OperatorBuilder(context, frame, statement);
        this.root = builder.build(statement.root());
        statement.modifyingCtes().forEach(builder::requireSubPlan);
        this.operators = builder.built();
    }

    /** From now on counts rows and time for EXPLAIN ANALYZE; before the first run. */
    public void instrument() {
        operators.values().forEach(operator -> operator.statistics().on = true);
        frame.triggers().forEach(ArmedTrigger::time);
    }

    public PlannedStatement statement() {
        return statement;
    }

    /** Whether what it changes may fire triggers. */
    public boolean firesTriggers() {
        return frame.firesTriggers();
    }

    /** Begins a run. */
    public void open(ExecContext context) {
        frame.begin(context);
        finished = false;
        root.open();
    }

    /**
     * The next rows, at most {@code maxRows}; an empty batch at the end. It is valid until the next call.
     *
     * @param maxRows at least 1
     */
    public Batch next(int maxRows) {
        Batch batch = root.next(Math.min(maxRows, BatchSize.MAX));
        if (tells && batch.count() > 0) {
            frame.context().transaction().settle();
        }
        if (batch.count() == 0 && !finished) {
            finished = true;
            for (int plan : statement.modifyingCtes()) {
                frame.subPlans().get(plan).finish();
            }
        }
        return batch;
    }

    /** Rows that the statement itself has inserted, updated or deleted in this run. */
    public long processed() {
        return root instanceof ModifyOperator modify ? modify.processed() : 0;
    }

    /** Ends the run; safe to repeat, and after errors. */
    @Override
    public void close() {
        try {
            root.close();
            for (SubPlan subPlan : frame.subPlans()) {
                subPlan.close();
            }
        } finally {
            frame.releaseMemory();
        }
    }

    /** The triggers that may fire, in the order of their names for each table. */
    List<ArmedTrigger> triggers() {
        return frame.triggers();
    }

    /** The operator that carries out a node of the plan. */
    Operator operator(Plan plan) {
        return operators.get(plan);
    }
}
