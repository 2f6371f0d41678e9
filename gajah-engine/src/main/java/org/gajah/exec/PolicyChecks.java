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
    static final PolicyChecks NONE = new PolicyChecks(List.of(), Optional.empty());

    private final List<Check> checks;
    private final Optional<ColumnMap> columns;

    private record Check(Kind kind, String table, Optional<String> policy, Kernel condition) {
        SqlError violation() {
            String row = kind == Kind.MERGE_UPDATE || kind == Kind.MERGE_DELETE ? "target" : "new";
            String existing = kind == Kind.INSERT || kind == Kind.UPDATE ? "" : " (USING expression)";
            return new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, row + " row violates row-level security policy"
                    + policy.map(name -> " \"" + name + "\"").orElse("") + existing + " for table \"" + table + "\"");
        }
    }

    private PolicyChecks(List<Check> checks, Optional<ColumnMap> columns) {
        this.checks = checks;
        this.columns = columns;
    }

    /** The same for rows of a partition of the table that the policies are about. */
    PolicyChecks over(ColumnMap up) {
        return checks.isEmpty() || up.same() ? this : new PolicyChecks(checks, Optional.of(up));
    }

    static PolicyChecks of(List<Plan.PolicyCheck> planned, ExprCompiler compiler) {
        List<Check> checks = new ArrayList<>();
        planned.forEach(c -> checks.add(new Check(c.kind(), c.table(), c.policy(), compiler.compile(c.condition()))));
        return checks.isEmpty() ? NONE : new PolicyChecks(checks, Optional.empty());
    }

    /** Fails with 42501 unless the selected rows, which have the table's columns, may be written so. */
    void require(Kind kind, Batch written, Selection selected) {
        if (checks.isEmpty()) {
            return;
        }
        Batch rows = columns.map(up -> up.apply(written, selected)).orElse(written);
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
