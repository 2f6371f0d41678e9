package org.gajah.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.SortGroupClause;

/** Plans window functions: one sort and one node a window. Behind it, the calls are columns. */
final class WindowPlanner {
    private final Query query;
    private final List<Expr> targets;
    private final Preparer preparer;

    WindowPlanner(Query query, List<Expr> targets, Preparer preparer) {
        this.query = query;
        this.targets = targets;
        this.preparer = preparer;
    }

    Rel plan(Rel input) {
        Set<Expr.WindowCall> calls = new LinkedHashSet<>();
        targets.forEach(t -> collect(t, calls));
        Rel rel = input;
        for (int window = 0; window < query.windows().size(); window++) {
            int index = window;
            List<Expr.WindowCall> own = calls.stream().filter(c -> c.window() == index).toList();
            if (!own.isEmpty()) {
                rel = plan(rel, query.windows().get(window), own);
            }
        }
        return rel;
    }

    private static void collect(Expr e, Set<Expr.WindowCall> calls) {
        if (e instanceof Expr.WindowCall w) {
            calls.add(w);
        } else {
            Exprs.forEachChild(e, child -> collect(child, calls));
        }
    }

    private Rel plan(Rel input, Query.Window window, List<Expr.WindowCall> calls) {
        List<SortGroupClause> all = new ArrayList<>(window.partitionBy());
        all.addAll(window.orderBy());
        List<Expr> keys = all.stream().map(c -> targets.get(QueryPlanner.indexOf(query.targets(), c.reference()))).toList();
        Rel child = GroupPlanner.withColumns(input, keys);
        List<SortKey> order = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            order.add(new SortKey(child.outputs().indexOf(keys.get(i)), all.get(i).descending(), all.get(i).nullsFirst(),
                    keys.get(i).collation()));
        }
        Plan sorted = order.isEmpty() ? child.plan() : new Plan.Sort(Costs.blocking(child.plan(), child.rows(),
                Costs.sort(child.rows()) / child.rows()), child.plan(), order, 0);
        int partitions = window.partitionBy().size();
        List<Expr> outputs = new ArrayList<>(child.outputs());
        outputs.addAll(calls);
        List<Plan.WindowSpec> functions = calls.stream().map(c -> new Plan.WindowSpec(c.function(), c.type(), c.collation(), c.inputCollation(),
                child.place(c.args()), c.filter().map(child::place), c.aggregate(), c.star())).toList();
        Plan plan = new Plan.WindowAggregate(Rel.columnsOf(outputs), Costs.above(sorted, child.rows(), Costs.OPERATOR * calls.size()), sorted,
                order.subList(0, partitions).stream().map(SortKey::column).toList(), List.copyOf(order.subList(partitions, order.size())),
                window.frame(), window.frame().startOffset().map(preparer::prepare), window.frame().endOffset().map(preparer::prepare),
                functions);
        return new Rel(plan, outputs, input.ranges(), input.needs());
    }
}
