package org.gajah.plan;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.RangeEntry.FromItem;
import org.gajah.catalog.Catalog;

/** Joins the items of FROM and applies all conditions: states the problem, has the order searched, builds the plan that won. */
final class JoinPlanner {
    /**
     * Something to join.
     *
     * @param table    present for a table whose way of reading is still open
     * @param derived  present for everything else, ready planned
     * @param bindings slots that the item reads from rows to its left
     * @param foreign  present for what one foreign server has
     */
    record Item(Optional<BaseTable> table, Optional<Rel> derived, List<Plan.Binding> bindings, Optional<ForeignItem> foreign) {
        Item(BaseTable table, Catalog catalog) {
            this(Optional.of(table), Optional.empty(), List.of(), ForeignItem.of(table, catalog));
        }

        Item(Rel rel, List<Plan.Binding> bindings, Optional<ForeignItem> foreign) {
            this(Optional.empty(), Optional.of(rel), bindings, foreign);
        }
    }

    private final StatementPlan statement;
    private final Map<Integer, Item> leaves;
    private final Map<FromItem.JoinExpr, List<Expr>> joinConditions;
    private final Selectivity selectivity;
    private boolean ordered;

    JoinPlanner(StatementPlan statement, Map<Integer, Item> leaves, Map<FromItem.JoinExpr, List<Expr>> joinConditions) {
        this.statement = statement;
        this.leaves = leaves;
        this.joinConditions = joinConditions;
        Map<Integer, BaseTable> tables = HashMap.newHashMap(leaves.size());
        leaves.forEach((range, item) -> item.table().ifPresent(table -> tables.put(range, table)));
        this.selectivity = new Selectivity(statement, tables);
    }

    /** What is known of the columns of this FROM. */
    Selectivity selectivity() {
        return selectivity;
    }

    /** All items of FROM joined, with every condition applied, giving at least the columns that are needed; in the wanted order where that pays. */
    Rel plan(List<FromItem> items, List<Expr> where, WantedOrder wanted, ForeignNeeds needs) {
        if (items.isEmpty()) {
            Rel one = new Rel(new Plan.Result(List.of(), new Estimate(0, 0.01, 1, 0), List.of(), Optional.empty()), List.of(), new BitSet());
            return Joins.filter(one, where, selectivity);
        }
        JoinProblem problem = JoinProblem.of(items, where, leaves, joinConditions, statement);
        AccessPaths paths = new AccessPaths(statement, selectivity, new ForeignPaths(statement, selectivity, needs, problem::isShared));
        ForeignJoins foreign = new ForeignJoins(problem, statement, selectivity, needs);
        JoinRel all = new JoinSearch(problem, new JoinCosts(problem, statement, selectivity, paths, wanted, foreign)).run();
        JoinPath chosen = choose(all, wanted);
        return Joins.filter(new Joins(statement, problem, paths, selectivity, foreign).build(chosen), problem.free, selectivity);
    }

    private JoinPath choose(JoinRel all, WantedOrder wanted) {
        if (all.ordered == null) {
            return all.cheapest;
        }
        if (wanted.isAny()) {
            return all.ordered.estimate().isCheaperThan(all.cheapest.estimate(), wanted.fractionOf(all.rows)) ? all.ordered : all.cheapest;
        }
        Estimate sorted = all.cheapest.estimate();
        Estimate inOrder = all.ordered.estimate();
        int disabled = sorted.disabled() + (statement.settings().sort() ? 0 : 1);
        double sort = sorted.total() + Costs.sort(all.rows);
        ordered = disabled != inOrder.disabled() ? inOrder.disabled() < disabled : inOrder.upTo(wanted.fractionOf(all.rows)) <= sort;
        return ordered ? all.ordered : all.cheapest;
    }

    /** Whether the rows of {@link #plan} come in the wanted order. */
    boolean isOrdered() {
        return ordered;
    }
}
