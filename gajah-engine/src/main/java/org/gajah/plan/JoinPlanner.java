package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.RangeEntry.FromItem;
import org.gajah.analyze.RangeEntry.JoinType;

/**
 * Orders joins. Inner joins and comma lists are one set of items with one list of conditions, joined greedily by cost; an outer
 * join is an item of its own. Conditions are applied as early as their columns are there.
 */
final class JoinPlanner {
    /**
     * Something to join.
     *
     * @param table    present for a table whose way of reading is still open
     * @param derived  present for everything else, ready planned
     * @param bindings slots that the item reads from rows to its left
     */
    record Item(Optional<BaseTable> table, Optional<Rel> derived, List<Plan.Binding> bindings) {
        Item(BaseTable table) {
            this(Optional.of(table), Optional.empty(), List.of());
        }

        Item(Rel rel, List<Plan.Binding> bindings) {
            this(Optional.empty(), Optional.of(rel), bindings);
        }
    }

    /** An item with its own conditions applied. */
    record Ready(Item item, List<Expr> own, Rel rel) {
        BitSet needs() {
            return rel.needs();
        }
    }

    private final StatementPlan statement;
    private final Map<Integer, Item> leaves;
    private final Map<FromItem.JoinExpr, List<Expr>> joinConditions;
    private final AccessPaths paths;
    private final Joins joins;
    private boolean ordered;

    JoinPlanner(StatementPlan statement, Map<Integer, Item> leaves, Map<FromItem.JoinExpr, List<Expr>> joinConditions) {
        this.statement = statement;
        this.leaves = leaves;
        this.joinConditions = joinConditions;
        this.paths = new AccessPaths(statement);
        this.joins = new Joins(statement, paths);
    }

    /** All items of FROM joined, with every condition applied; a lone table is read in {@code order} where that pays. */
    Rel plan(List<FromItem> items, List<Expr> where, List<AccessPaths.OrderKey> order) {
        List<Expr> conditions = new ArrayList<>(where);
        if (items.isEmpty()) {
            Rel one = new Rel(new Plan.Result(List.of(), new Estimate(0, 0.01, 1, 0), List.of(), Optional.empty()), List.of(), new BitSet());
            return Joins.filter(one, conditions, statement);
        }
        List<FromItem> flat = new ArrayList<>();
        items.forEach(item -> flatten(item, flat, conditions));
        if (flat.size() == 1 && !order.isEmpty() && flat.getFirst() instanceof FromItem.Leaf leaf && leaves.get(leaf.rangeIndex()).table().isPresent()) {
            Optional<Rel> inOrder = inOrder(leaves.get(leaf.rangeIndex()).table().get(), conditions, order);
            if (inOrder.isPresent()) {
                return inOrder.get();
            }
        }
        return join(flat, conditions);
    }

    /** Whether {@link #plan} has found a scan that gives the wanted order. */
    boolean isOrdered() {
        return ordered;
    }

    private Optional<Rel> inOrder(BaseTable table, List<Expr> conditions, List<AccessPaths.OrderKey> order) {
        List<Expr> own = new ArrayList<>(conditions);
        BitSet range = QueryPlanner.range(table.range());
        List<Expr> scanned = own.stream().filter(c -> Conditions.ranges(c).equals(range)).toList();
        own.removeAll(scanned);
        Optional<Rel> scan = paths.ordered(table, scanned, order);
        if (scan.isEmpty()) {
            return Optional.empty();
        }
        Rel best = paths.best(table, scanned);
        double sorted = best.plan().estimate().total() + Costs.sort(best.rows());
        boolean selective = best.rows() < 50 && sorted < scan.get().plan().estimate().total();
        ordered = !selective;
        return selective ? Optional.empty() : Optional.of(Joins.filter(scan.get(), own, statement));
    }

    private void flatten(FromItem item, List<FromItem> flat, List<Expr> conditions) {
        if (item instanceof FromItem.JoinExpr join && kind(join, conditions) == JoinType.INNER) {
            conditions.addAll(joinConditions.get(join));
            flatten(join.left(), flat, conditions);
            flatten(join.right(), flat, conditions);
        } else {
            flat.add(item);
        }
    }

    /** The join's type; an outer join whose padded rows a condition above would drop anyway is an inner one. */
    private JoinType kind(FromItem.JoinExpr join, List<Expr> above) {
        return switch (join.type()) {
            case INNER -> JoinType.INNER;
            case LEFT -> Strictness.rejectsNulls(above, ranges(join.right()), statement.catalog()) ? JoinType.INNER : JoinType.LEFT;
            case RIGHT -> Strictness.rejectsNulls(above, ranges(join.left()), statement.catalog()) ? JoinType.INNER : JoinType.RIGHT;
            case FULL -> {
                boolean keepsLeft = Strictness.rejectsNulls(above, ranges(join.left()), statement.catalog());
                boolean keepsRight = Strictness.rejectsNulls(above, ranges(join.right()), statement.catalog());
                yield keepsLeft && keepsRight ? JoinType.INNER : keepsLeft ? JoinType.LEFT : keepsRight ? JoinType.RIGHT : JoinType.FULL;
            }
        };
    }

    private static BitSet ranges(FromItem item) {
        return switch (item) {
            case FromItem.Leaf leaf -> QueryPlanner.range(leaf.rangeIndex());
            case FromItem.JoinExpr join -> Rel.union(ranges(join.left()), ranges(join.right()));
        };
    }

    private Rel join(List<FromItem> items, List<Expr> conditions) {
        List<Expr> open = new ArrayList<>(conditions);
        List<Ready> ready = new ArrayList<>();
        for (FromItem item : items) {
            ready.add(ready(item, open));
        }
        List<Expr> free = new ArrayList<>(open.stream().filter(c -> Conditions.ranges(c).isEmpty()).toList());
        open.removeAll(free);
        Rel joined = takeFirst(ready);
        while (!ready.isEmpty()) {
            joined = joinNext(joined, ready, open);
        }
        open.addAll(free);
        return Joins.filter(joined, open, statement);
    }

    private Ready ready(FromItem item, List<Expr> open) {
        return switch (item) {
            case FromItem.Leaf leaf -> leaf(leaves.get(leaf.rangeIndex()), open);
            case FromItem.JoinExpr join -> {
                Rel rel = outerJoin(join, open);
                yield new Ready(new Item(rel, List.of()), List.of(), rel);
            }
        };
    }

    private Ready leaf(Item item, List<Expr> open) {
        if (item.table().isPresent()) {
            BaseTable table = item.table().get();
            List<Expr> own = takeOwn(open, QueryPlanner.range(table.range()));
            return new Ready(item, own, paths.best(table, own));
        }
        Rel rel = item.derived().orElseThrow();
        List<Expr> own = takeOwn(open, rel.ranges());
        return new Ready(item, own, Joins.filter(rel, own, statement));
    }

    /** Conditions on just these ranges; those without any column stay for the top, where they are checked once. */
    private static List<Expr> takeOwn(List<Expr> open, BitSet ranges) {
        List<Expr> free = open.stream().filter(c -> Conditions.ranges(c).isEmpty()).toList();
        open.removeAll(free);
        List<Expr> own = Conditions.take(open, ranges);
        open.addAll(free);
        return own;
    }

    private static Rel takeFirst(List<Ready> ready) {
        Ready first = ready.getFirst();
        for (Ready r : ready) {
            boolean better = !first.needs().isEmpty() || r.rel().rows() < first.rel().rows();
            if (r.needs().isEmpty() && better) {
                first = r;
            }
        }
        ready.remove(first);
        return first.rel();
    }

    private Rel joinNext(Rel joined, List<Ready> ready, List<Expr> open) {
        Rel best = null;
        Ready chosen = null;
        for (Ready candidate : ready) {
            if (!Conditions.isWithin(candidate.needs(), joined.ranges())) {
                continue;
            }
            List<Expr> applicable = applicable(open, joined, candidate);
            Rel result = joins.best(Plan.JoinKind.INNER, joined, candidate, applicable);
            double penalty = applicable.isEmpty() && candidate.needs().isEmpty() ? 1e9 : 0;
            if (best == null || result.plan().estimate().total() + penalty < best.plan().estimate().total()
                    + (applicable(open, joined, chosen).isEmpty() && chosen.needs().isEmpty() ? 1e9 : 0)) {
                best = result;
                chosen = candidate;
            }
        }
        open.removeAll(applicable(open, joined, chosen));
        ready.remove(chosen);
        return best;
    }

    private static List<Expr> applicable(List<Expr> open, Rel left, Ready right) {
        BitSet both = Rel.union(left.ranges(), right.rel().ranges());
        return open.stream().filter(c -> Conditions.isWithin(Conditions.ranges(c), both)).toList();
    }

    private Rel outerJoin(FromItem.JoinExpr join, List<Expr> open) {
        JoinType type = kind(join, open);
        FromItem leftItem = type == JoinType.RIGHT ? join.right() : join.left();
        FromItem rightItem = type == JoinType.RIGHT ? join.left() : join.right();
        List<Expr> on = new ArrayList<>(joinConditions.get(join));
        List<Expr> forLeft = type == JoinType.FULL ? new ArrayList<>() : takeOwn(open, ranges(leftItem));
        List<Expr> forRight = type == JoinType.FULL ? new ArrayList<>() : takeOwn(on, ranges(rightItem));
        Rel left = side(leftItem, forLeft);
        Ready right = readySide(rightItem, forRight);
        Plan.JoinKind kind = type == JoinType.FULL ? Plan.JoinKind.FULL : Plan.JoinKind.LEFT;
        return joins.best(kind, left, right, on);
    }

    private Rel side(FromItem item, List<Expr> conditions) {
        List<FromItem> flat = new ArrayList<>();
        flatten(item, flat, conditions);
        return join(flat, conditions);
    }

    /** The inner side: a lone leaf stays open for index lookups. */
    private Ready readySide(FromItem item, List<Expr> conditions) {
        if (item instanceof FromItem.Leaf leaf) {
            Ready ready = leaf(leaves.get(leaf.rangeIndex()), conditions);
            return conditions.isEmpty() ? ready
                    : new Ready(new Item(Joins.filter(ready.rel(), conditions, statement), ready.item().bindings()), List.of(),
                            Joins.filter(ready.rel(), conditions, statement));
        }
        Rel rel = side(item, conditions);
        return new Ready(new Item(rel, List.of()), List.of(), rel);
    }
}
