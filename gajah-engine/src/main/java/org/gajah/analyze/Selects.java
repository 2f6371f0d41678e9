package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Delete;
import org.gajah.ast.Expression;
import org.gajah.ast.Insert;
import org.gajah.ast.Merge;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.Update;
import org.gajah.type.Oids;

/** SELECT and VALUES, clause by clause in the order in which PostgreSQL's rules depend on one another. */
final class Selects {
    private final Analysis a;
    private final Locking locking;

    Selects(Analysis analysis) {
        a = analysis;
        locking = new Locking(analysis);
    }

    /** Any statement that makes a query, in a fresh scope. */
    Query statement(Scope scope, PreparableStatement statement) {
        a.guard.enter();
        Query made = switch (statement) {
            case Select s -> select(scope, s);
            case Insert i -> a.inserts.analyze(scope, i);
            case Update u -> a.updates.update(scope, u);
            case Delete d -> a.updates.delete(scope, d);
            case Merge m -> a.merges.analyze(scope, m);
        };
        a.guard.leave();
        return made;
    }

    /** A subquery one level in. */
    Query subquery(Scope scope, Select select, boolean resolveUnknowns) {
        Scope inner = scope.inner();
        inner.resolveUnknowns = resolveUnknowns;
        return select(inner, select);
    }

    Query select(Scope scope, Select s) {
        QueryBuilder q = new QueryBuilder();
        s.with().ifPresent(w -> a.withs.analyze(scope, w, q));
        return switch (s.body()) {
            case SelectBody.Simple simple -> simple(scope, s, simple, q);
            case SelectBody.Values values -> values(scope, s, values, q);
            case SelectBody.SetOperation set -> a.setOperations.analyze(scope, s, set, q);
        };
    }

    private Query simple(Scope scope, Select s, SelectBody.Simple body, QueryBuilder q) {
        if (body.into().isPresent() && scope.parent.isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "SELECT ... INTO is not allowed here").at(body.into().get().relation().location());
        }
        Windows.declare(scope, body.windows());
        List<RangeEntry.FromItem> items = a.from.analyze(scope, body.from());
        List<TargetEntry> targets = a.targets.list(scope, body.targets(), ExprKind.SELECT_TARGET);
        Optional<Expr> where = body.where().map(w -> condition(scope, w, ExprKind.WHERE));
        q.having = body.having().map(h -> condition(scope, h, ExprKind.HAVING));
        q.orderBy = a.sortClauses.orderBy(scope, s.order(), targets, ExprKind.ORDER_BY, false);
        GroupBy.Grouping grouping = a.groupBy.analyze(scope, body.groupBy(), targets, q.orderBy);
        q.groupBy = grouping.keys();
        q.groupingSets = grouping.sets();
        q.groupDistinct = body.groupBy().distinct();
        switch (body.distinct()) {
            case SelectBody.Distinct.None ignored -> { }
            case SelectBody.Distinct.All ignored -> q.distinct = a.sortClauses.distinct(scope, targets, q.orderBy, false);
            case SelectBody.Distinct.On on -> {
                q.distinct = a.sortClauses.distinctOn(scope, on.expressions(), targets, q.orderBy);
                q.distinctOn = true;
            }
        }
        limits(scope, s, q);
        q.windows = a.windows.define(scope, targets);
        if (scope.resolveUnknowns) {
            a.targets.resolveUnknowns(targets);
        }
        q.targets = targets;
        q.from = new RangeEntry.FromExpr(items, where);
        finish(scope, s, q);
        return q.build();
    }

    Expr condition(Scope scope, Expression e, ExprKind kind) {
        return a.coercer.coerceToBoolean(a.expressions.analyze(scope, e, kind), kind.text);
    }

    void limits(Scope scope, Select s, QueryBuilder q) {
        if (s.limit().isEmpty()) {
            return;
        }
        Select.Limit limit = s.limit().get();
        q.offset = limit.offset().map(e -> count(scope, e, ExprKind.OFFSET));
        q.limit = limit.count().map(e -> count(scope, e, ExprKind.LIMIT));
        q.withTies = limit.withTies();
        if (limit.withTies() && limit.count().map(org.gajah.ast.AConst.Null.class::isInstance).orElse(false)) {
            throw new SqlError(SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE,
                    "row count cannot be null in FETCH FIRST ... WITH TIES clause");
        }
    }

    private Expr count(Scope scope, Expression e, ExprKind kind) {
        Expr made = a.coercer.coerceTo(a.expressions.analyze(scope, e, kind), Oids.INT8, kind.text);
        if (ExprFacts.containsVar(made)) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "argument of " + kind.text + " must not contain variables")
                    .at(Locations.of(made));
        }
        return made;
    }

    /** What every query ends with: locks, collations, the grouping check. */
    void finish(Scope scope, Select s, QueryBuilder q) {
        take(scope, q);
        q.rowMarks = locking.analyze(scope, s, q);
        collate(q);
        if (scope.hasAggregates || !q.groupBy.isEmpty() || !q.groupingSets.isEmpty() || q.having.isPresent()) {
            GroupingCheck.check(a, q);
        }
    }

    /** Moves what the scope has gathered into the query. */
    void take(Scope scope, QueryBuilder q) {
        q.rangeTable = scope.rangeTable;
        q.hasAggregates = scope.hasAggregates;
        q.hasWindows = scope.hasWindows;
        q.hasSubLinks = scope.hasSubLinks;
        q.hasTargetSets = scope.hasTargetSets;
        q.ctes = scope.ctes.stream().map(Scope.Cte::build).toList();
    }

    void collate(QueryBuilder q) {
        q.targets = collated(q.targets);
        q.returning = collated(q.returning);
        q.from = new RangeEntry.FromExpr(q.from.items(), q.from.where().map(a.collations::assign));
        q.having = q.having.map(a.collations::assign);
        q.limit = q.limit.map(a.collations::assign);
        q.offset = q.offset.map(a.collations::assign);
    }

    List<TargetEntry> collated(List<TargetEntry> targets) {
        return targets.stream().map(t -> t.with(a.collations.assign(t.expr()))).toList();
    }

    private Query values(Scope scope, Select s, SelectBody.Values body, QueryBuilder q) {
        Columns columns = rows(scope, body.rows(), ExprKind.VALUES);
        List<List<Expr>> coerced = common(columns);
        NamespaceItem item = a.rangeItems.values(scope, coerced, columns.types, columns.typmods, columns.collations,
                coerced.stream().flatMap(List::stream).anyMatch(Selects::seesOutside));
        scope.namespace.add(item);
        List<TargetEntry> targets = a.columnRefs.star(scope, 0);
        for (int i = 0; i < targets.size(); i++) {
            TargetEntry t = targets.get(i);
            targets.set(i, TargetEntry.of(t.expr(), t.name(), i + 1));
        }
        q.orderBy = a.sortClauses.orderBy(scope, s.order(), targets, ExprKind.ORDER_BY, false);
        limits(scope, s, q);
        if (!s.locking().isEmpty()) {
            throw SqlError.notSupported(Locking.text(s.locking().getFirst().strength()) + " cannot be applied to VALUES");
        }
        q.targets = targets;
        q.from = new RangeEntry.FromExpr(List.of(new RangeEntry.FromItem.Leaf(item.rangeIndex)), Optional.empty());
        take(scope, q);
        collate(q);
        return q.build();
    }

    private static boolean seesOutside(Expr e) {
        return ExprFacts.any(e, x -> x instanceof Expr.Var v && v.levelsUp() > 0);
    }

    /** The rows of VALUES, each as long as the first. */
    static final class Columns {
        final List<List<Expr>> rows = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        List<Integer> typmods = new ArrayList<>();
        List<Integer> collations = new ArrayList<>();
    }

    Columns rows(Scope scope, List<List<Expression>> written, ExprKind kind) {
        Columns columns = new Columns();
        ExprKind outer = scope.kind;
        scope.kind = kind;
        for (List<Expression> row : written) {
            List<Expr> made = a.expressions.analyzeAll(scope, row);
            if (!columns.rows.isEmpty() && made.size() != columns.rows.getFirst().size()) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(made.isEmpty() ? 0 : Locations.of(made.getFirst()));
            }
            columns.rows.add(made);
        }
        scope.kind = outer;
        return columns;
    }

    /** Gives each column its common type. */
    List<List<Expr>> common(Columns columns) {
        int width = columns.rows.getFirst().size();
        List<List<Expr>> made = new ArrayList<>();
        columns.rows.forEach(r -> made.add(new ArrayList<>(r)));
        for (int i = 0; i < width; i++) {
            int column = i;
            List<Expr> values = columns.rows.stream().map(r -> r.get(column)).toList();
            int type = a.common.select(values, "VALUES");
            List<Expr> coerced = a.common.coerceAll(values, type, "VALUES").stream().map(a.collations::assign).toList();
            for (int r = 0; r < made.size(); r++) {
                made.get(r).set(column, coerced.get(r));
            }
            columns.types.add(type);
            columns.typmods.add(CommonTypes.typmod(coerced, type));
            columns.collations.add(a.types.collatable(type) ? a.collations.common(coerced, true) : 0);
        }
        return made;
    }
}
