package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.plan.Plan;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Selection;

/** What the policies of a table demand of rows that a statement writes; the errors tell nothing of the row. */
final class PolicyChecks {
    /** For writers that nobody restricts. */
    static final PolicyChecks NONE = new PolicyChecks(List.of());

    private final List<Check> checks;

    private record Check(Kind kind, String table, Optional<String> policy, Kernel condition) {
        SqlError violation() {
            String row = kind == Kind.MERGE_UPDATE || kind == Kind.MERGE_DELETE ? "target" : "new";
            String existing = kind == Kind.INSERT || kind == Kind.UPDATE ? "" : " (USING expression)";
            return new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, row + " row violates row-level security policy"
                    + policy.map(name -> " \"" + name + "\"").orElse("") + existing + " for table \"" + table + "\"");
        }
    }

    private PolicyChecks(List<Check> checks) {
        this.checks = checks;
    }

    static PolicyChecks of(List<Plan.PolicyCheck> planned, ExprCompiler compiler) {
        List<Check> checks = new ArrayList<>();
        planned.forEach(c -> checks.add(new Check(c.kind(), c.table(), c.policy(), compiler.compile(c.condition()))));
        return checks.isEmpty() ? NONE : new PolicyChecks(checks);
    }

    /** Fails with 42501 unless the selected rows, which have the table's columns, may be written so. */
    void require(Kind kind, Batch rows, Selection selected) {
        for (Check check : checks) {
            if (check.kind == kind) {
                BoolVector verdict = (BoolVector) check.condition.eval(rows, selected);
                for (int i = 0; i < selected.count(); i++) {
                    int row = selected.rows[i];
                    if (verdict.isNull(row) || !verdict.values[row]) {
                        throw check.violation();
                    }
                }
            }
        }
    }
}
