package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;

/** A foreign table asked anew for each row of the other side of a join, which is worth it if there are few: the row's values are parameters of the query. */
final class ForeignProbe {
    /** The query for one row; {@code slots} are where the values of columns of other tables stand for a run. */
    record Asked(Rel inner, Map<Expr, Integer> slots) {
    }

    private record Key(int leaf, List<JoinClause> on) {
    }

    private final JoinProblem problem;
    private final StatementPlan statement;
    private final AccessPaths paths;
    private final Map<Key, Optional<Asked>> known = new HashMap<>();

    ForeignProbe(JoinProblem problem, StatementPlan statement, AccessPaths paths) {
        this.problem = problem;
        this.statement = statement;
        this.paths = paths;
    }

    /** A leaf by join conditions; nothing if it is no foreign table or its server takes none of them. */
    Optional<Asked> of(JoinRel leaf, List<JoinClause> on) {
        return leaf.isLeaf() && leaf.needs == 0 ? problem.items.get(leaf.leaf()).table().filter(t -> t.relation().kind() == 'f')
                .flatMap(t -> known.computeIfAbsent(new Key(leaf.leaf(), on), k -> asked(t, leaf, on))) : Optional.empty();
    }

    private Optional<Asked> asked(BaseTable table, JoinRel leaf, List<JoinClause> on) {
        Map<Expr, Integer> slots = new LinkedHashMap<>();
        List<Expr> conditions = new ArrayList<>();
        on.forEach(c -> conditions.add(bound(c.expr, table.range(), slots)));
        conditions.addAll(JoinCosts.exprs(leaf.own));
        Rel inner = paths.best(table, conditions);
        boolean used = inner.plan() instanceof Plan.ForeignScan scan && scan.parameters().stream()
                .anyMatch(e -> Exprs.any(e, x -> x instanceof Expr.ExecParam p && slots.containsValue(p.slot())));
        return used ? Optional.of(new Asked(inner, slots)) : Optional.empty();
    }

    private Expr bound(Expr e, int range, Map<Expr, Integer> slots) {
        if (e instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() != range) {
            return new Expr.ExecParam(slots.computeIfAbsent(v, k -> statement.newSlot()), v.type(), v.typmod(), v.collation());
        }
        return Exprs.mapChildren(e, child -> bound(child, range, slots));
    }
}
