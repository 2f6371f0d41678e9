package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;

/** Plans what stands in FROM and is not a table: subqueries, functions, VALUES, WITH queries. */
final class LeafPlanner {
    private final QueryPlanner level;
    private final Scope scope;
    private final StatementPlan statement;

    LeafPlanner(QueryPlanner level) {
        this.level = level;
        this.scope = level.scope();
        this.statement = level.statement();
    }

    JoinPlanner.Item derived(int range) {
        return switch (scope.query().rangeTable().get(range)) {
            case RangeEntry.Subquery s -> subquery(range, s.alias(), s.query());
            case RangeEntry.Functions f -> functions(range, f);
            case RangeEntry.Values v -> values(range, v);
            case RangeEntry.CteReference c -> cte(range, c);
            case RangeEntry.NamedStore n -> item(range, new Plan.TransitionScan(
                    columns(n.columnNames(), n.types(), n.typmods(), n.collations()), new Estimate(0, 1000 * Costs.TUPLE, 1000, n.types().size() * 8), n.alias(),
                    n.store()), List.of());
            case RangeEntry.Relation r -> throw new IllegalStateException("a table is not derived");
            case RangeEntry.Returned r -> throw new IllegalStateException("OLD and NEW are not in FROM");
            case RangeEntry.Join j -> throw new IllegalStateException("a join is not a leaf");
        };
    }

    private JoinPlanner.Item subquery(int range, String alias, Query query) {
        scope.openCollection();
        Plan plan = new QueryPlanner(statement, query, Optional.of(scope)).planSelect();
        return query(range, alias, plan, scope.closeCollection());
    }

    /** A planned query, which a foreign server may know as a part of a greater one. */
    private JoinPlanner.Item query(int range, String alias, Plan plan, List<Plan.Binding> collected) {
        JoinPlanner.Item item = item(range, OutputPlanner.aside(plan), collected);
        return collected.isEmpty() ? new JoinPlanner.Item(item.derived().orElseThrow(), List.of(), new ForeignUnits(statement).item(range, alias, plan)) : item;
    }

    /** An item whose bindings are over this level's columns: those of its left neighbours, if it is lateral. */
    private JoinPlanner.Item item(int range, Plan plan, List<Plan.Binding> collected) {
        List<Plan.Binding> bindings = collected.stream()
                .map(b -> new Plan.Binding(b.slot(), level.preparer().prepare(b.value()))).toList();
        BitSet needs = new BitSet();
        bindings.forEach(b -> needs.or(Conditions.ranges(b.value())));
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
            PlanColumn c = plan.columns().get(i);
            outputs.add(new Expr.Var(range, i + 1, c.type(), c.typmod(), c.collation(), 0, 0));
        }
        return new JoinPlanner.Item(new Rel(plan, outputs, QueryPlanner.range(range), needs), bindings, Optional.empty());
    }

    /** Replaces this level's columns in a lateral function's or VALUES' expressions by slots that the join fills. */
    private Expr slotted(Expr prepared, List<Plan.Binding> bindings) {
        if (prepared instanceof Expr.Var v) {
            for (Plan.Binding b : bindings) {
                if (b.value().equals(v)) {
                    return new Expr.ExecParam(b.slot(), v.type(), v.typmod(), v.collation());
                }
            }
            bindings.add(new Plan.Binding(statement.newSlot(), v));
            return new Expr.ExecParam(bindings.getLast().slot(), v.type(), v.typmod(), v.collation());
        }
        return Exprs.mapChildren(prepared, child -> slotted(child, bindings));
    }

    private JoinPlanner.Item functions(int range, RangeEntry.Functions entry) {
        List<Plan.Binding> bindings = new ArrayList<>();
        List<Plan.FunctionSource> sources = new ArrayList<>();
        List<PlanColumn> columns = new ArrayList<>();
        for (RangeEntry.RangeFunction f : entry.functions()) {
            sources.add(new Plan.FunctionSource(slotted(level.preparer().prepare(f.call()), bindings), f.columnCount()));
            for (int i = 0; i < f.columnCount(); i++) {
                columns.add(new PlanColumn(f.names().get(i), f.types().get(i), f.typmods().get(i), f.collations().get(i)));
            }
        }
        if (entry.ordinality()) {
            columns.add(new PlanColumn("ordinality", 20, -1, 0));
        }
        boolean set = entry.functions().stream().anyMatch(f -> f.call() instanceof Expr.FunctionCall c && c.returnsSet());
        Estimate estimate = new Estimate(0, set ? 10 : 0.01, set ? 1000 : 1, columns.size() * 8);
        return item(range, new Plan.FunctionScan(columns, estimate, entry.alias(), sources, entry.ordinality(), Optional.empty()), bindings);
    }

    private JoinPlanner.Item values(int range, RangeEntry.Values entry) {
        List<Plan.Binding> bindings = new ArrayList<>();
        List<List<Expr>> rows = entry.rows().stream()
                .map(row -> row.stream().map(e -> slotted(level.preparer().prepare(e), bindings)).toList()).toList();
        return item(range, new Plan.ValuesScan(columns(entry.columnNames(), entry.types(), entry.typmods(), entry.collations()),
                new Estimate(0, rows.size() * Costs.TUPLE, rows.size(), entry.types().size() * 8), entry.alias(), rows, Optional.empty()),
                bindings);
    }

    private static List<PlanColumn> columns(List<String> names, List<Integer> types, List<Integer> typmods, List<Integer> collations) {
        List<PlanColumn> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new PlanColumn(names.get(i), types.get(i), typmods.get(i), collations.get(i)));
        }
        return List.copyOf(columns);
    }

    private JoinPlanner.Item cte(int range, RangeEntry.CteReference entry) {
        Scope.Cte cte = scope.cte(entry.cte(), entry.levelsUp());
        List<PlanColumn> columns = columns(entry.columnNames(), entry.types(), entry.typmods(), entry.collations());
        if (entry.self()) {
            Estimate estimate = new Estimate(0, 1, 100, columns.size() * 8);
            return item(range, new Plan.WorkTableScan(columns, estimate, entry.alias(), cte.workTable().orElseThrow(), Optional.empty()), List.of());
        }
        if (cte.subplan().isPresent()) {
            int number = cte.subplan().get();
            double rows = statement.subplan(number) == null ? 100 : statement.subplan(number).estimate().rows();
            return item(range, new Plan.CteScan(columns, new Estimate(0, rows * Costs.TUPLE, rows, columns.size() * 8), entry.alias(), number,
                    Optional.empty()), List.of());
        }
        Scope definedIn = scope.up(entry.levelsUp());
        return query(range, entry.alias(), new QueryPlanner(statement, cte.table().query(), Optional.of(definedIn)).planSelect(), List.of());
    }
}
