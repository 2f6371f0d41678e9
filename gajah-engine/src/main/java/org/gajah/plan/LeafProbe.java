package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;

/**
 * A foreign or partitioned table asked anew for each row of the other side of a join, which is worth it if there are few: the row's values are
 * parameters of the foreign query, or say which partitions to look into and what to look up in their indexes.
 */
final class LeafProbe {
    /** What finding out costs that a partition has nothing for a row. */
    private static final double PRUNING = 0.05;

    /** The plan for one row and what it costs; {@code slots} are where the values of columns of other tables stand for a run. */
    record Asked(Rel inner, Estimate each, Map<Expr, Integer> slots) {
    }

    private record Key(int leaf, List<JoinClause> on) {
    }

    private final JoinProblem problem;
    private final StatementPlan statement;
    private final AccessPaths paths;
    private final Map<Key, Optional<Asked>> known = new HashMap<>();

    LeafProbe(JoinProblem problem, StatementPlan statement, AccessPaths paths) {
        this.problem = problem;
        this.statement = statement;
        this.paths = paths;
    }

    /** A leaf by join conditions; nothing if it is neither foreign nor partitioned, or its server takes none of them. */
    Optional<Asked> of(JoinRel leaf, List<JoinClause> on) {
        return leaf.isLeaf() && leaf.needs == 0 ? problem.items.get(leaf.leaf()).table().filter(t -> t.relation().kind() == 'f' || t.relation().kind() == 'p')
                .flatMap(t -> known.computeIfAbsent(new Key(leaf.leaf(), on), k -> asked(t, leaf, on))) : Optional.empty();
    }

    private Optional<Asked> asked(BaseTable table, JoinRel leaf, List<JoinClause> on) {
        Map<Expr, Integer> slots = new LinkedHashMap<>();
        List<Expr> conditions = new ArrayList<>();
        on.forEach(c -> conditions.add(bound(c.expr, table.range(), slots)));
        conditions.addAll(JoinCosts.exprs(leaf.own));
        Rel inner = paths.best(table, conditions);
        Estimate each = inner.plan().estimate();
        if (table.relation().kind() == 'p') {
            return slots.isEmpty() ? Optional.empty() : Optional.of(new Asked(inner, pruned(inner.plan()), slots));
        }
        boolean used = inner.plan() instanceof Plan.ForeignScan scan && scan.parameters().stream()
                .anyMatch(e -> Exprs.any(e, x -> x instanceof Expr.ExecParam p && slots.containsValue(p.slot())));
        return used ? Optional.of(new Asked(inner, each, slots)) : Optional.empty();
    }

    /** Of an Append that leaves partitions out when it runs, one is what is most often read. */
    private static Estimate pruned(Plan plan) {
        Estimate all = plan.estimate();
        if (!(plan instanceof Plan.Append append) || append.pruning().isEmpty()) {
            return all;
        }
        int partitions = append.children().size();
        double once = PRUNING * partitions;
        return new Estimate(all.startup() + once, all.total() / partitions + once, Math.max(1, all.rows() / partitions), all.width(), all.disabled());
    }

    private Expr bound(Expr e, int range, Map<Expr, Integer> slots) {
        if (e instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() != range) {
            return new Expr.ExecParam(slots.computeIfAbsent(v, k -> statement.newSlot()), v.type(), v.typmod(), v.collation());
        }
        return Exprs.mapChildren(e, child -> bound(child, range, slots));
    }
}
