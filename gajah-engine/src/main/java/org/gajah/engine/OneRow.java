package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.exec.Execution;
import org.gajah.plan.Estimate;
import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.PlannedStatement;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;

/** Evaluates expressions that depend on no row. */
final class OneRow {
    private final SessionImpl session;
    private final StatementRunner runner;

    OneRow(SessionImpl session, StatementRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** The boxed values. */
    Object[] evaluate(List<Expr> exprs) {
        List<PlanColumn> columns = new ArrayList<>();
        exprs.forEach(e -> columns.add(new PlanColumn("", e.type(), e.typmod(), e.collation())));
        Plan plan = new Plan.Result(columns, Estimate.NONE, exprs, Optional.empty());
        PlannedStatement statement = new PlannedStatement(Query.Command.SELECT, plan, List.of(), 0, 0, List.of(), List.of(), List.of(),
                List.of(), false);
        Snapshot snapshot = session.transactions().snapshot();
        try (Execution execution = new Execution(statement, runner.portalRunner().compile(runner.catalog()))) {
            execution.open(runner.portalRunner().context(new Object[0], snapshot));
            Batch batch = execution.next(1);
            Object[] values = new Object[exprs.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = batch.column(i).get(batch.selection().row(0));
            }
            return values;
        } finally {
            session.transactions().release(snapshot);
        }
    }
}
