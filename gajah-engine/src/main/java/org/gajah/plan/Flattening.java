package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.RangeEntry.FromItem;
import org.gajah.analyze.RangeEntry.JoinType;
import org.gajah.analyze.TargetEntry;
import org.gajah.catalog.Catalog;

/**
 * Makes one query level of several before it is planned: {@code EXISTS} and {@code IN} in WHERE become semi joins, NOT EXISTS an
 * anti join; a subquery in FROM that only joins and filters becomes part of the query around it; conditions move into the
 * subqueries that stay ({@link PushDown}).
 *
 * <p>Invariant: the query means the same. The table that UPDATE or DELETE changes is the first item of FROM afterwards.
 */
final class Flattening {
    private final Catalog catalog;
    private final QueryBuilder query;
    private final List<RangeEntry> entries;
    private final List<Expr> recheck = new ArrayList<>();
    private List<FromItem> items;
    private List<Expr> where;

    /** The query and, if it changes or locks rows, the conditions that have become joins, for a second look at a changed row. */
    record Flat(Query query, List<Expr> recheck) {
    }

    private Flattening(Query query, Catalog catalog) {
        this.catalog = catalog;
        this.query = new QueryBuilder(query);
        this.entries = new ArrayList<>(query.rangeTable());
        this.items = new ArrayList<>(query.from().items());
        this.where = new ArrayList<>(query.from().where().map(Conditions::conjuncts).orElse(List.of()));
    }

    static Flat of(Query query, Catalog catalog) {
        boolean changes = query.command() == Query.Command.UPDATE || query.command() == Query.Command.DELETE;
        if (query.command() == Query.Command.MERGE || query.setOperation().isPresent() || !changes && !hasWork(query)) {
            return new Flat(query, List.of());
        }
        Flattening f = new Flattening(query, catalog);
        if (changes) {
            f.items.addFirst(new FromItem.Leaf(query.targetRelation()));
        }
        boolean rechecks = changes || !query.rowMarks().isEmpty();
        f.inlineCommonTables();
        f.pullSubqueries();
        f.joinSublinks(rechecks);
        f.pullSubqueries();
        f.havingToWhere();
        f.pushDown();
        return new Flat(f.finish(), f.recheck);
    }

    private static boolean hasWork(Query query) {
        if (query.from().items().isEmpty()) {
            return false;
        }
        if (query.hasSubLinks() || query.having().isPresent()) {
            return true;
        }
        for (RangeEntry e : query.rangeTable()) {
            if (e instanceof RangeEntry.Subquery || e instanceof RangeEntry.CteReference) {
                return true;
            }
        }
        return false;
    }

    private Query finish() {
        query.rangeTable = entries;
        query.from = new RangeEntry.FromExpr(items, Conditions.and(where));
        return query.build();
    }

    /** A WITH query that is used once and here becomes a subquery in FROM. */
    private void inlineCommonTables() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof RangeEntry.CteReference c && c.levelsUp() == 0 && !c.self()) {
                for (Query.CommonTable table : query.ctes) {
                    if (table.name().equals(c.cte()) && CtePlanner.isInlined(table, catalog)) {
                        entries.set(i, new RangeEntry.Subquery(table.query(), 0, c.alias(), c.columnNames(), false));
                    }
                }
            }
        }
    }

    // ---- subqueries in FROM ----

    private void pullSubqueries() {
        int range = pullable();
        while (range >= 0) {
            FromItem item = take(((RangeEntry.Subquery) entries.get(range)).query());
            List<Expr> conditions = new ArrayList<>(pulledWhere);
            List<Expr> columns = new ArrayList<>();
            for (TargetEntry target : pulledTargets) {
                columns.add(target.expr());
            }
            substitute(range, columns, conditions);
            for (int i = 0; i < items.size(); i++) {
                Replaced r = replace(items.get(i), range, item, conditions);
                items.set(i, r.item);
                where.addAll(r.above);
            }
            range = pullable();
        }
    }

    private int pullable() {
        for (FromItem item : items) {
            int range = pullable(item, false, true);
            if (range >= 0) {
                return range;
            }
        }
        return -1;
    }

    /** A subquery below the item that can be pulled up, or -1; {@code mayFilter} says whether its conditions can be handed up. */
    private int pullable(FromItem item, boolean nullable, boolean mayFilter) {
        return switch (item) {
            case FromItem.Leaf leaf -> leaf.rangeIndex() != query.targetRelation && entries.get(leaf.rangeIndex()) instanceof RangeEntry.Subquery s && isSimple(s.query(), nullable)
                    && (mayFilter || s.query().from().where().isEmpty()) && !(nullable && LevelRewrites.readsParent(s.query()))
                    && !LevelRewrites.usesWholeRow(finish(), leaf.rangeIndex()) ? leaf.rangeIndex() : -1;
            case FromItem.JoinExpr join -> {
                JoinType type = join.type();
                boolean full = type == JoinType.FULL;
                boolean padsLeft = type == JoinType.RIGHT || full;
                boolean padsRight = type == JoinType.LEFT || type == JoinType.ANTI || full;
                boolean inner = type == JoinType.INNER;
                int left = pullable(join.left(), nullable || padsLeft, inner || !full && (padsLeft || mayFilter));
                yield left >= 0 ? left
                        : pullable(join.right(), nullable || padsRight, inner || !full && (type != JoinType.RIGHT || mayFilter));
            }
        };
    }

    /** An item of FROM after a leaf has been replaced, and the conditions that its rows must fulfil besides. */
    private record Replaced(FromItem item, List<Expr> above) {
    }

    private static Replaced replace(FromItem item, int range, FromItem by, List<Expr> conditions) {
        return switch (item) {
            case FromItem.Leaf leaf -> leaf.rangeIndex() == range ? new Replaced(by, conditions) : new Replaced(leaf, List.of());
            case FromItem.JoinExpr join -> {
                JoinType type = join.type();
                Replaced left = replace(join.left(), range, by, conditions);
                Replaced right = replace(join.right(), range, by, conditions);
                List<Expr> on = new ArrayList<>();
                List<Expr> above = new ArrayList<>();
                join.condition().ifPresent(on::add);
                (type == JoinType.INNER || type == JoinType.RIGHT ? on : above).addAll(left.above);
                (type == JoinType.RIGHT ? above : on).addAll(right.above);
                yield left.item == join.left() && right.item == join.right() ? new Replaced(join, List.of())
                        : new Replaced(new FromItem.JoinExpr(type, left.item, right.item, Conditions.and(on), join.rangeIndex()), above);
            }
        };
    }

    private List<Expr> pulledWhere = List.of();
    private List<TargetEntry> pulledTargets = List.of();

    /** Adds a subquery's range table to this one's; gives its FROM as one item, and notes its conditions and targets. */
    private FromItem take(Query subquery) {
        int offset = entries.size();
        Query merged = LevelRewrites.merged(subquery, offset);
        entries.addAll(merged.rangeTable());
        pulledWhere = merged.from().where().map(Conditions::conjuncts).orElse(List.of());
        pulledTargets = merged.targets().stream().filter(t -> !t.junk()).toList();
        query.hasSubLinks |= subquery.hasSubLinks();
        return fold(merged.from().items().stream().map(i -> moved(i, offset)).toList());
    }

    private static FromItem moved(FromItem item, int offset) {
        return switch (item) {
            case FromItem.Leaf l -> new FromItem.Leaf(l.rangeIndex() + offset);
            case FromItem.JoinExpr j -> new FromItem.JoinExpr(j.type(), moved(j.left(), offset), moved(j.right(), offset), j.condition(),
                    j.rangeIndex() < 0 ? -1 : j.rangeIndex() + offset);
        };
    }

    private static FromItem fold(List<FromItem> items) {
        FromItem all = items.getFirst();
        for (FromItem item : items.subList(1, items.size())) {
            all = new FromItem.JoinExpr(JoinType.INNER, all, item, Optional.empty(), -1);
        }
        return all;
    }

    /** Puts expressions in the place of an entry's columns, everywhere. */
    private void substitute(int range, List<Expr> columns, List<Expr> pending) {
        Map<Integer, List<Expr>> map = new HashMap<>();
        map.put(range, columns);
        ExprRewriter rewriter = LevelRewrites.substitution(map);
        Query changed = rewriter.rewriteChildren(finish());
        QueryBuilder made = new QueryBuilder(changed);
        entries.clear();
        entries.addAll(changed.rangeTable());
        entries.set(range, new RangeEntry.Values(List.of(), List.of(), List.of(), List.of(), "", List.of(), false));
        items = new ArrayList<>(changed.from().items());
        where = new ArrayList<>(changed.from().where().map(Conditions::conjuncts).orElse(List.of()));
        recheck.replaceAll(rewriter::rewrite);
        pending.replaceAll(rewriter::rewrite);
        query.targets = made.targets;
        query.returning = made.returning;
        query.onConflict = made.onConflict;
        query.having = made.having;
        query.windows = made.windows;
        query.ctes = made.ctes;
        query.limit = made.limit;
        query.offset = made.offset;
    }

    private boolean isSimple(Query q, boolean nullable) {
        boolean plain = q.command() == Query.Command.SELECT && q.setOperation().isEmpty() && !q.hasAggregates() && q.groupBy().isEmpty()
                && q.groupingSets().isEmpty() && !q.hasWindows() && q.having().isEmpty() && q.distinct().isEmpty() && q.orderBy().isEmpty()
                && q.limit().isEmpty() && q.offset().isEmpty() && q.rowMarks().isEmpty() && q.ctes().isEmpty() && !q.hasTargetSets()
                && !q.from().items().isEmpty();
        if (!plain) {
            return false;
        }
        for (TargetEntry target : q.targets()) {
            if (nullable ? !(target.expr() instanceof Expr.Var v && v.levelsUp() == 0 && isColumn(v, q))
                    : Exprs.any(target.expr(), e -> IndexMatch.isVolatile(e, catalog) || e instanceof Expr.Var v && v.attribute() == 0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a variable is a column of something joined, not an expression that a join makes. */
    private static boolean isColumn(Expr.Var v, Query q) {
        return v.attribute() > 0 && (!(q.rangeTable().get(v.rangeIndex()) instanceof RangeEntry.Join j)
                || j.columns().get(v.attribute() - 1) instanceof Expr.Var inner && isColumn(inner, q));
    }

    // ---- EXISTS and IN ----

    private void joinSublinks(boolean rechecks) {
        boolean again = query.hasSubLinks && !items.isEmpty();
        while (again) {
            again = false;
            for (int i = 0; i < where.size() && !again; i++) {
                Expr condition = where.get(i);
                Optional<FromItem> joined = semiJoin(condition);
                if (joined.isPresent()) {
                    where.remove(condition);
                    if (rechecks) {
                        recheck.add(condition);
                    }
                    items = new ArrayList<>(List.of(joined.get()));
                    again = true;
                }
            }
        }
    }

    private Optional<FromItem> semiJoin(Expr condition) {
        if (condition instanceof Expr.SubLink s) {
            return switch (s.kind()) {
                case EXISTS -> exists(s.query(), JoinType.SEMI);
                case ANY -> any(s);
                case ALL, ROW_COMPARE, SCALAR, MULTI_ASSIGN, ARRAY -> Optional.empty();
            };
        }
        return condition instanceof Expr.BoolExpr b && b.op() == Expr.BoolExpr.Op.NOT && b.args().getFirst() instanceof Expr.SubLink s
                && s.kind() == Expr.SubLink.Kind.EXISTS ? exists(s.query(), JoinType.ANTI) : Optional.empty();
    }

    private Optional<FromItem> exists(Query written, JoinType type) {
        boolean plain = written.command() == Query.Command.SELECT && written.setOperation().isEmpty() && !written.hasAggregates()
                && written.groupingSets().isEmpty() && !written.hasWindows() && written.having().isEmpty() && written.offset().isEmpty()
                && written.limit().isEmpty() && written.rowMarks().isEmpty() && written.ctes().isEmpty() && !written.hasTargetSets()
                && !written.from().items().isEmpty() && written.from().where().isPresent();
        if (!plain) {
            return Optional.empty();
        }
        QueryBuilder bare = new QueryBuilder(written);
        bare.targets = List.of();
        bare.groupBy = List.of();
        bare.distinct = List.of();
        bare.orderBy = List.of();
        Query sub = of(bare.build(), catalog).query();
        Expr condition = sub.from().where().orElse(new Expr.Const(16, -1, 0, true, 0));
        QueryBuilder rest = new QueryBuilder(sub);
        rest.from = new RangeEntry.FromExpr(sub.from().items(), Optional.empty());
        if (!LevelRewrites.reads(condition, 1) || LevelRewrites.readsParent(rest.build()) || isVolatile(condition)) {
            return Optional.empty();
        }
        FromItem right = take(sub);
        return Optional.of(new FromItem.JoinExpr(type, fold(items), right, Conditions.and(pulledWhere), -1));
    }

    private boolean isVolatile(Expr e) {
        return Exprs.any(e, x -> IndexMatch.isVolatile(x, catalog));
    }

    private Optional<FromItem> any(Expr.SubLink link) {
        Expr test = link.test().orElseThrow();
        if (!LevelRewrites.reads(test, 0) || LevelRewrites.readsParent(link.query()) || isVolatile(test)
                || Exprs.any(test, e -> e instanceof Expr.SubLink) || link.query().command() != Query.Command.SELECT) {
            return Optional.empty();
        }
        List<String> names = link.query().targets().stream().filter(t -> !t.junk()).map(t -> t.name()).toList();
        int range = entries.size();
        entries.add(new RangeEntry.Subquery(link.query(), 0, "ANY_subquery", names, false));
        return Optional.of(new FromItem.JoinExpr(JoinType.SEMI, fold(items), new FromItem.Leaf(range), Optional.of(columns(test, range)), -1));
    }

    /** The test with the subquery's columns as those of a range table entry. */
    private static Expr columns(Expr test, int range) {
        return test instanceof Expr.SubLinkColumn c ? new Expr.Var(range, c.column(), c.type(), c.typmod(), c.collation(), 0, 0)
                : Exprs.mapChildren(test, child -> columns(child, range));
    }

    // ---- conditions ----

    /** What HAVING asks of group keys alone can be asked before grouping. */
    private void havingToWhere() {
        if (query.having.isEmpty() || query.groupBy.isEmpty() || !query.groupingSets.isEmpty()) {
            return;
        }
        List<Expr> kept = new ArrayList<>();
        for (Expr condition : Conditions.conjuncts(query.having.get())) {
            boolean moves = !Exprs.any(condition, e -> e instanceof Expr.AggregateCall || e instanceof Expr.GroupingCall
                    || e instanceof Expr.SubLink || IndexMatch.isVolatile(e, catalog));
            (moves ? where : kept).add(condition);
        }
        query.having = Conditions.and(kept);
    }

    private void pushDown() {
        for (FromItem item : items) {
            pushDown(item, where);
        }
    }

    /** Moves conditions that every row of the item must fulfil into the subqueries among its leaves. */
    private void pushDown(FromItem item, List<Expr> conditions) {
        switch (item) {
            case FromItem.Leaf leaf -> {
                if (entries.get(leaf.rangeIndex()) instanceof RangeEntry.Subquery s) {
                    Query pushed = PushDown.into(s, leaf.rangeIndex(), conditions, catalog);
                    if (pushed != s.query()) {
                        entries.set(leaf.rangeIndex(), new RangeEntry.Subquery(pushed, s.view(), s.alias(), s.columnNames(), s.lateral()));
                    }
                }
            }
            case FromItem.JoinExpr join -> {
                boolean inner = join.type() == JoinType.INNER;
                boolean keepsLeft = inner || join.type() == JoinType.LEFT || join.type() == JoinType.SEMI || join.type() == JoinType.ANTI;
                boolean keepsRight = inner || join.type() == JoinType.RIGHT;
                pushDown(join.left(), keepsLeft ? conditions : List.of());
                pushDown(join.right(), keepsRight ? conditions : List.of());
            }
        }
    }
}
