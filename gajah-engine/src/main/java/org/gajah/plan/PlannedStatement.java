package org.gajah.plan;

import java.util.List;

import org.gajah.analyze.Query;

/**
 * A statement ready to run.
 *
 * @param command       what the statement itself does, for its command tag
 * @param root          its plan; a statement that changes rows has a {@code Modify} at the root
 * @param subplans      plans that {@code SubPlanCall.plan} and {@code CteScan.plan} name by index
 * @param slots         how many {@code ExecParam} slots there are
 * @param workTables    how many work tables of recursive queries there are
 * @param modifyingCtes indexes into {@code subplans} of WITH queries that change rows: they run to their end whether or not
 *                      anybody reads them
 * @param relations     relations to lock before the run
 * @param results       columns sent to the client; empty if the statement returns no rows
 * @param parameterTypes types of $1, $2, ...
 * @param changesRows   whether any part of the statement changes or locks rows: such a statement needs a writing transaction
 */
public record PlannedStatement(Query.Command command, Plan root, List<Plan> subplans, int slots, int workTables,
        List<Integer> modifyingCtes, List<RelationUse> relations, List<ResultColumn> results, List<Integer> parameterTypes,
        boolean changesRows) {
}
