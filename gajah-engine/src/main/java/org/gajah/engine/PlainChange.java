package org.gajah.engine;

import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;

/**
 * Tells statements that change rows of one table and give nothing of what they see to anybody but that table: they may work on what others
 * have committed before it is durable, since their own commit stands behind it in the log.
 */
final class PlainChange {
    private PlainChange() {
    }

    static boolean is(PlannedStatement statement) {
        return statement.results().isEmpty() && statement.subplans().isEmpty() && statement.root() instanceof Plan.Modify m
                && m.onConflict().isEmpty() && m.mergeSteps().isEmpty() && isPlain(m.child());
    }

    private static boolean isPlain(Plan plan) {
        return switch (plan) {
            case Plan.Result _, Plan.ValuesScan _, Plan.SeqScan _, Plan.IndexScan _, Plan.BitmapScan _, Plan.TidScan _ -> true;
            case Plan.Project p -> isPlain(p.child());
            case Plan.Filter f -> isPlain(f.child());
            case Plan.Gate g -> isPlain(g.child());
            default -> false;
        };
    }
}
