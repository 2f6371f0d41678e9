package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;
import org.gajah.type.Oids;

/** A plan that changes rows, for the first so many rows only. */
final class RowLimit {
    private RowLimit() {
    }

    static PlannedStatement of(PlannedStatement all, long rows) {
        Plan.Modify m = (Plan.Modify) all.root();
        Plan child = new Plan.Limit(m.child().estimate(), m.child(), Optional.of(number(rows)), Optional.empty(), List.of());
        Plan root = new Plan.Modify(m.columns(), m.estimate(), m.command(), m.relation(), m.alias(), child, m.tidColumn(), m.assignments(),
                m.targetColumns(), m.recheck(), m.onConflict(), m.mergeSteps(), m.returning(), m.checks(), m.policyChecks(), m.given(), m.role());
        return new PlannedStatement(all.command(), root, all.subplans(), all.slots(), all.workTables(), all.modifyingCtes(), all.relations(),
                all.results(), all.parameterTypes(), all.changesRows());
    }

    private static Expr number(long rows) {
        return new Expr.Const(Oids.INT8, -1, 0, rows, -1);
    }
}
