package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.SortGroupClause;
import org.gajah.analyze.TargetEntry;

/** Computes the output columns, then DISTINCT and ORDER BY over them. Junk columns stay to the end and are dropped last. */
final class OutputPlanner {
    private final Query query;
    private final List<Expr> targets;

    OutputPlanner(Query query, List<Expr> targets) {
        this.query = query;
        this.targets = targets;
    }

    /** A plan whose columns are the targets, in order. */
    Plan project(Rel rel) {
        Rel input = query.hasTargetSets() ? expandSets(rel, targets) : rel;
        List<PlanColumn> columns = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Expr e = targets.get(i);
            columns.add(new PlanColumn(query.targets().get(i).name(), e.type(), e.typmod(), e.collation()));
        }
        return project(input, targets, columns);
    }

    /** A plan with these expressions as columns; the input itself if it is just them. */
    static Plan project(Rel rel, List<Expr> exprs, List<PlanColumn> columns) {
        List<Expr> placed = rel.place(exprs);
        if (rel.plan() instanceof Plan.Result r && r.columns().isEmpty() && r.oneTimeFilter().isEmpty()) {
            return new Plan.Result(columns, new Estimate(0, 0.01, 1, columns.size() * 8), placed, Optional.empty());
        }
        return new Plan.Project(columns, Costs.above(rel.plan(), rel.rows(), Costs.OPERATOR * exprs.size()), rel.plan(), placed);
    }

    /**
     * Set-returning calls become columns, innermost first; what stands around them is computed above, by the projection that
     * follows.
     */
    private Rel expandSets(Rel rel, List<Expr> exprs) {
        Rel current = rel;
        while (true) {
            List<Expr> calls = new ArrayList<>();
            for (Expr e : exprs) {
                collectInnermost(e, current, calls);
            }
            if (calls.isEmpty()) {
                return current;
            }
            List<Expr> outputs = new ArrayList<>(current.outputs());
            outputs.addAll(calls);
            Plan plan = new Plan.ProjectSet(Rel.columnsOf(outputs), Costs.above(current.plan(), current.rows() * 1000, Costs.TUPLE),
                    current.plan(), current.place(outputs));
            current = new Rel(plan, outputs, current.ranges(), current.needs());
        }
    }

    private static boolean isSet(Expr e) {
        return e instanceof Expr.FunctionCall f && f.returnsSet() || e instanceof Expr.OperatorCall o && o.returnsSet();
    }

    private static void collectInnermost(Expr e, Rel rel, List<Expr> calls) {
        if (rel.outputs().contains(e)) {
            return;
        }
        int before = calls.size();
        Exprs.forEachChild(e, child -> collectInnermost(child, rel, calls));
        boolean inner = calls.size() > before || Exprs.any(e, x -> x != e && isSet(x) && !rel.outputs().contains(x));
        if (isSet(e) && !inner && !calls.contains(e)) {
            calls.add(e);
        }
    }

    static Plan distinct(Plan plan, Query query) {
        if (query.distinct().isEmpty()) {
            return plan;
        }
        List<TargetEntry> targets = query.targets();
        double rows = plan.estimate().rows() * 0.5;
        if (!query.distinctOn()) {
            List<Integer> keys = query.distinct().stream().map(d -> QueryPlanner.indexOf(targets, d.reference())).toList();
            return new Plan.HashDistinct(Costs.above(plan, rows, Costs.HASH_ROW), plan, keys);
        }
        List<SortKey> order = new ArrayList<>(QueryPlanner.sortKeys(query.orderBy(), targets));
        List<Integer> keys = query.distinct().stream().map(d -> QueryPlanner.indexOf(targets, d.reference())).toList();
        for (SortGroupClause clause : query.distinct()) {
            int column = QueryPlanner.indexOf(targets, clause.reference());
            if (order.stream().noneMatch(k -> k.column() == column)) {
                order.addAll(QueryPlanner.sortKeys(List.of(clause), targets));
            }
        }
        Plan sorted = new Plan.Sort(Costs.blocking(plan, plan.estimate().rows(), Costs.sort(plan.estimate().rows()) / plan.estimate().rows()),
                plan, order, 0);
        return new Plan.Unique(Costs.above(sorted, rows, Costs.OPERATOR), sorted, keys);
    }

    static Plan sort(Plan plan, Query query) {
        if (query.orderBy().isEmpty() || query.distinctOn() && !query.distinct().isEmpty()) {
            return plan;
        }
        long bound = query.withTies() || !query.rowMarks().isEmpty() || query.limit().isEmpty() ? 0 : bound(query);
        double rows = plan.estimate().rows();
        return new Plan.Sort(Costs.blocking(plan, rows, Costs.sort(rows) / rows), plan, QueryPlanner.sortKeys(query.orderBy(), query.targets()),
                bound);
    }

    /** How many of the sorted rows can be asked for; 0 if that is not known. */
    private static long bound(Query query) {
        long count = QueryPlanner.constant(query.limit().orElseThrow()).orElse(0L);
        long skipped = query.offset().isEmpty() ? 0 : QueryPlanner.constant(query.offset().get()).orElse(-1L);
        return count <= 0 || skipped < 0 || count + skipped < 0 ? 0 : count + skipped;
    }

    /** The plan of a subquery: no scan of a foreign server that stands bare as those of the level around it do. */
    static Plan aside(Plan plan) {
        if (!(plan instanceof Plan.ForeignScan)) {
            return plan;
        }
        List<Expr> same = new ArrayList<>();
        for (PlanColumn c : plan.columns()) {
            same.add(new Expr.InputColumn(0, same.size(), c.type(), c.typmod(), c.collation()));
        }
        return new Plan.Project(plan.columns(), plan.estimate(), plan, same);
    }

    /** The plan without its junk columns. */
    static Plan withoutJunk(Plan plan, List<TargetEntry> targets, List<PlanColumn> columns) {
        List<Integer> kept = IntStream.range(0, targets.size()).filter(i -> !targets.get(i).junk()).boxed().toList();
        if (kept.size() == columns.size()) {
            return plan;
        }
        List<Expr> exprs = new ArrayList<>();
        for (int i : kept) {
            PlanColumn c = columns.get(i);
            exprs.add(new Expr.InputColumn(0, i, c.type(), c.typmod(), c.collation()));
        }
        return new Plan.Project(kept.stream().map(columns::get).toList(), plan.estimate(), plan, exprs);
    }
}
