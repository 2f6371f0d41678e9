package org.gajah.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.TargetEntry;

/** Plans GROUP BY, aggregates and HAVING. Behind it, the group keys and the aggregate calls are columns. */
final class GroupPlanner {
    private final Query query;
    private final List<Expr> targets;
    private final Optional<Expr> having;
    private final Selectivity selectivity;

    GroupPlanner(Query query, List<Expr> targets, Optional<Expr> having, Selectivity selectivity) {
        this.query = query;
        this.targets = targets;
        this.having = having;
        this.selectivity = selectivity;
    }

    Rel plan(Rel input) {
        List<Expr> keys = new ArrayList<>();
        List<Integer> references = new ArrayList<>();
        query.groupBy().forEach(g -> {
            keys.add(targets.get(QueryPlanner.indexOf(query.targets(), g.reference())));
            references.add(g.reference());
        });
        Set<Expr> calls = new LinkedHashSet<>();
        Set<Expr> dependent = new LinkedHashSet<>();
        List<Expr> above = new ArrayList<>(targets);
        having.ifPresent(above::add);
        above.forEach(e -> collect(e, keys, calls, dependent));
        int grouped = keys.size();
        keys.addAll(dependent);
        Rel child = withColumns(input, keys);
        Plan plan = aggregate(child, keys, grouped, references, List.copyOf(calls));
        List<Expr> outputs = new ArrayList<>(keys);
        calls.stream().filter(Expr.AggregateCall.class::isInstance).forEach(outputs::add);
        calls.stream().filter(Expr.GroupingCall.class::isInstance).forEach(outputs::add);
        Rel rel = new Rel(plan, outputs, input.ranges(), input.needs());
        return having.map(h -> Joins.filter(rel, Conditions.conjuncts(h), selectivity)).orElse(rel);
    }

    /** Aggregates above the groups, and columns that are no keys but depend on one (a primary key is among the keys). */
    static void collect(Expr e, List<Expr> keys, Set<Expr> calls, Set<Expr> dependent) {
        if (keys.contains(e)) {
            return;
        }
        switch (e) {
            case Expr.AggregateCall a -> calls.add(a);
            case Expr.GroupingCall g -> calls.add(g);
            case Expr.Var v -> dependent.add(v);
            default -> Exprs.forEachChild(e, child -> collect(child, keys, calls, dependent));
        }
    }

    /** The rel with each of the expressions as a column. */
    static Rel withColumns(Rel rel, List<Expr> exprs) {
        List<Expr> missing = exprs.stream().filter(e -> !rel.outputs().contains(e)).distinct().toList();
        if (missing.isEmpty()) {
            return rel;
        }
        List<Expr> outputs = new ArrayList<>(rel.outputs());
        outputs.addAll(missing);
        Plan plan = OutputPlanner.project(rel, outputs, Rel.columnsOf(outputs));
        return new Rel(plan, outputs, rel.ranges(), rel.needs());
    }

    private Plan aggregate(Rel child, List<Expr> keys, int grouped, List<Integer> references, List<Expr> calls) {
        List<Integer> keyColumns = keys.stream().map(child.outputs()::indexOf).toList();
        List<Plan.AggregateSpec> specs = new ArrayList<>();
        List<List<Integer>> grouping = new ArrayList<>();
        List<PlanColumn> columns = new ArrayList<>(Rel.columnsOf(keys));
        for (Expr call : calls) {
            if (call instanceof Expr.AggregateCall a) {
                specs.add(spec(a, child));
            } else if (call instanceof Expr.GroupingCall g) {
                grouping.add(g.references().stream().map(references::indexOf).toList());
            }
        }
        calls.stream().filter(Expr.AggregateCall.class::isInstance).forEach(a -> columns.addAll(Rel.columnsOf(List.of(a))));
        calls.stream().filter(Expr.GroupingCall.class::isInstance).forEach(g -> columns.addAll(Rel.columnsOf(List.of(g))));
        List<List<Integer>> sets = query.groupingSets().stream().map(set -> {
            List<Integer> indexes = new ArrayList<>(set.stream().map(references::indexOf).toList());
            for (int i = grouped; i < keys.size(); i++) {
                indexes.add(i);
            }
            return List.copyOf(indexes);
        }).toList();
        Plan.Aggregate.Strategy strategy = keys.isEmpty() ? Plan.Aggregate.Strategy.PLAIN : Plan.Aggregate.Strategy.HASHED;
        double rows = keys.isEmpty() ? 1 : selectivity.groups(keys.subList(0, grouped), child.rows());
        Estimate estimate = Costs.blocking(child.plan(), rows, Costs.OPERATOR * (specs.size() + 1)
                + (keys.isEmpty() ? 0 : Costs.HASH_ROW));
        if (!keys.isEmpty() && !selectivity.settings().hashAggregate()) {
            estimate = estimate.disable();
        }
        return new Plan.Aggregate(columns, estimate, child.plan(), strategy, keyColumns, sets, specs, grouping);
    }

    private static Plan.AggregateSpec spec(Expr.AggregateCall a, Rel child) {
        List<TargetEntry> args = a.args();
        List<Expr> arguments = child.place(args.stream().map(TargetEntry::expr).toList());
        int count = (int) args.stream().filter(t -> !t.junk()).count();
        List<SortKey> order = QueryPlanner.sortKeys(a.order(), args);
        return new Plan.AggregateSpec(a.function(), a.type(), a.collation(), a.inputCollation(), arguments, count, !a.distinct().isEmpty(),
                order, a.filter().map(child::place), child.place(a.directArgs()), a.star(), a.variadic());
    }
}
