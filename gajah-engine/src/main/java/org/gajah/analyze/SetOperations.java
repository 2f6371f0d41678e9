package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.type.Oids;

/**
 * UNION, INTERSECT, EXCEPT. Each arm becomes a subquery entry whose columns have exactly the types of the operation above it:
 * where an arm's own types differ it is wrapped in a query that casts.
 */
final class SetOperations {
    private final Analysis a;

    /** An arm, with its output columns as they stand now. */
    private record Arm(Query.SetOperation tree, List<TargetEntry> columns, boolean node) {
    }

    SetOperations(Analysis analysis) {
        a = analysis;
    }

    Query analyze(Scope scope, Select s, SelectBody.SetOperation set, QueryBuilder q) {
        Arm top = combine(scope, set, true);
        q.setOperation = Optional.of(top.tree());
        List<TargetEntry> targets = new ArrayList<>();
        for (TargetEntry t : top.columns()) {
            targets.add(t.withReference(0));
        }
        int columns = targets.size();
        if (!s.order().isEmpty()) {
            q.orderBy = order(scope, s, targets);
            if (targets.size() > columns) {
                throw SqlError.notSupported("invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
                        .detail("Only result column names can be used, not expressions or functions.")
                        .hint("Add the expression/function to every SELECT, or move the UNION into a FROM clause.")
                        .at(Locations.of(targets.get(columns).expr()));
            }
        }
        a.selects.limits(scope, s, q);
        if (!s.locking().isEmpty()) {
            Locking.check(s.locking().getFirst().strength(), q);
        }
        q.targets = targets;
        a.selects.take(scope, q);
        a.selects.collate(q);
        return q.build();
    }

    /** Sort keys may be output columns only: those alone are visible. */
    private List<SortGroupClause> order(Scope scope, Select s, List<TargetEntry> targets) {
        List<NamespaceItem> outer = scope.namespace;
        List<NamespaceItem.Column> visible = new ArrayList<>();
        for (TargetEntry t : targets) {
            Expr.Var v = (Expr.Var) t.expr();
            visible.add(new NamespaceItem.Column(t.name(), v.rangeIndex(), v.attribute(), v.type(), v.typmod(), v.collation(), false, false));
        }
        scope.namespace = List.of(new NamespaceItem("*SELECT*", 0, visible, Optional.empty(), false).visible(false, true));
        List<SortGroupClause> keys = a.sortClauses.orderBy(scope, s.order(), targets, ExprKind.ORDER_BY, false);
        scope.namespace = outer;
        return keys;
    }

    private Arm arm(Scope scope, Select s) {
        a.guard.enter();
        boolean plain = s.with().isEmpty() && s.order().isEmpty() && s.limit().isEmpty() && s.locking().isEmpty();
        Arm made = plain && s.body() instanceof SelectBody.SetOperation set ? combine(scope, set, false) : leaf(scope, s);
        a.guard.leave();
        return made;
    }

    private Arm leaf(Scope scope, Select s) {
        if (s.body() instanceof SelectBody.Simple simple && simple.into().isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT")
                    .at(simple.into().get().relation().location());
        }
        Scope inner = scope.inner();
        inner.resolveUnknowns = false;
        Query query = a.selects.select(inner, s);
        return leaf(scope, query);
    }

    private Arm leaf(Scope scope, Query query) {
        int index = scope.rangeTable.size();
        a.rangeItems.subquery(scope, query, Optional.empty(), "*SELECT* " + (index + 1), false);
        List<TargetEntry> columns = new ArrayList<>();
        for (TargetEntry t : RangeItems.outputs(query)) {
            Expr e = t.expr();
            columns.add(TargetEntry.of(new Expr.Var(index, columns.size() + 1, e.type(), e.typmod(), e.collation(), 0, Locations.of(e)),
                    t.name(), columns.size() + 1));
        }
        return new Arm(new Query.SetOperation.Leaf(index), columns, false);
    }

    private Arm combine(Scope scope, SelectBody.SetOperation set, boolean top) {
        String context = set.operator().name();
        Arm left = arm(scope, set.left());
        boolean recursive = top && scope.parentCte.isPresent() && scope.parentCte.get().inProgress;
        if (recursive) {
            startRecursion(scope, left);
        }
        Arm right = arm(scope, set.right());
        if (left.columns().size() != right.columns().size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "each " + context + " query must have the same number of columns")
                    .at(right.columns().isEmpty() ? 0 : Locations.of(original(scope, right, 0)));
        }
        List<Integer> types = new ArrayList<>();
        List<Integer> typmods = new ArrayList<>();
        List<Integer> collations = new ArrayList<>();
        List<SortGroupClause> keys = new ArrayList<>();
        boolean needsKeys = set.operator() != SelectBody.SetOperator.UNION || !set.all();
        for (int i = 0; i < left.columns().size(); i++) {
            Expr l = original(scope, left, i);
            Expr r = original(scope, right, i);
            int type = a.common.select(List.of(l, r), context);
            types.add(type);
            Expr lc = a.common.coerce(l, type, context);
            Expr rc = a.common.coerce(r, type, context);
            typmods.add(CommonTypes.typmod(List.of(lc, rc), type));
            collations.add(collation(List.of(lc, rc), type, !needsKeys));
            if (needsKeys) {
                SortOperators.Set ops = a.sortOperators.equality(type, Locations.of(l));
                keys.add(new SortGroupClause(0, ops.equal(), ops.less(), false, false, ops.hashable()));
            }
        }
        Arm l = fitted(scope, left, types);
        Arm r = fitted(scope, right, types);
        Query.SetOperation tree = new Query.SetOperation.Node(Query.SetOperation.Kind.valueOf(context), set.all(), l.tree(), r.tree(), types,
                typmods, collations, keys);
        return new Arm(tree, outputs(l, types, typmods, collations), true);
    }

    private int collation(List<Expr> values, int type, boolean noneIsFine) {
        return a.types.collatable(type) ? a.collations.common(values.stream().map(a.collations::assign).toList(), noneIsFine) : 0;
    }

    private static List<TargetEntry> outputs(Arm left, List<Integer> types, List<Integer> typmods, List<Integer> collations) {
        List<TargetEntry> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            TargetEntry t = left.columns().get(i);
            Expr.Var v = (Expr.Var) t.expr();
            columns.add(TargetEntry.of(new Expr.Var(v.rangeIndex(), v.attribute(), types.get(i), typmods.get(i), collations.get(i), 0,
                    v.location()), t.name(), i + 1));
        }
        return columns;
    }

    /** A leaf's own expression where it is a literal or parameter that the operation may still give a type, else its column. */
    private Expr original(Scope scope, Arm arm, int column) {
        Expr e = arm.columns().get(column).expr();
        if (!arm.node() && e.type() == Oids.UNKNOWN && arm.tree() instanceof Query.SetOperation.Leaf l
                && scope.rangeTable.get(l.rangeIndex()) instanceof RangeEntry.Subquery s) {
            Expr inner = RangeItems.outputs(s.query()).get(column).expr();
            return inner instanceof Expr.Const || inner instanceof Expr.Param ? inner : e;
        }
        return e;
    }

    private Arm fitted(Scope scope, Arm arm, List<Integer> types) {
        boolean fits = true;
        for (int i = 0; i < types.size(); i++) {
            fits &= arm.columns().get(i).expr().type() == types.get(i);
        }
        if (fits) {
            return arm;
        }
        if (arm.tree() instanceof Query.SetOperation.Leaf l && scope.rangeTable.get(l.rangeIndex()) instanceof RangeEntry.Subquery s) {
            Query inner = plain(s.query()) ? castInPlace(s.query(), types) : wrapped(s.query(), types);
            scope.rangeTable.set(l.rangeIndex(), new RangeEntry.Subquery(inner, 0, s.alias(), s.columnNames(), s.lateral()));
            return new Arm(arm.tree(), outputs(arm, types, typmodsOf(inner), collationsOf(inner)), false);
        }
        QueryBuilder q = new QueryBuilder();
        q.rangeTable = new ArrayList<>(scope.rangeTable);
        q.setOperation = Optional.of(arm.tree());
        q.targets = arm.columns();
        return leaf(scope, wrapped(q.build(), types));
    }

    private static List<Integer> typmodsOf(Query q) {
        return RangeItems.outputs(q).stream().map(t -> t.expr().typmod()).toList();
    }

    private static List<Integer> collationsOf(Query q) {
        return RangeItems.outputs(q).stream().map(t -> t.expr().collation()).toList();
    }

    /** Whether casting in the target list changes nothing but the types of the rows that come out. */
    private static boolean plain(Query q) {
        return q.setOperation().isEmpty() && q.distinct().isEmpty() && q.orderBy().isEmpty() && q.groupBy().isEmpty()
                && q.windows().isEmpty() && !q.hasTargetSets() || q.targets().stream().noneMatch(t -> t.reference() != 0 && !t.junk())
                && q.setOperation().isEmpty() && !q.hasTargetSets();
    }

    private Query castInPlace(Query q, List<Integer> types) {
        QueryBuilder made = new QueryBuilder(q);
        List<TargetEntry> targets = new ArrayList<>();
        for (TargetEntry t : q.targets()) {
            targets.add(t.junk() ? t : t.with(cast(t.expr(), types.get(t.attribute() - 1))));
        }
        made.targets = targets;
        return made.build();
    }

    private Expr cast(Expr e, int type) {
        return e.type() == type ? e : a.collations.assign(a.coercer.coerceImplicitly(e, type));
    }

    private Query wrapped(Query inner, List<Integer> types) {
        QueryBuilder q = new QueryBuilder();
        List<TargetEntry> outputs = RangeItems.outputs(inner);
        q.rangeTable = new ArrayList<>(List.of(new RangeEntry.Subquery(inner, 0, "*SELECT*",
                outputs.stream().map(TargetEntry::name).toList(), false)));
        q.from = new RangeEntry.FromExpr(List.of(new RangeEntry.FromItem.Leaf(0)), Optional.empty());
        List<TargetEntry> targets = new ArrayList<>();
        for (TargetEntry t : outputs) {
            Expr e = t.expr();
            Expr v = e.type() == Oids.UNKNOWN && e instanceof Expr.Const ? e
                    : new Expr.Var(0, targets.size() + 1, e.type(), e.typmod(), e.collation(), 0, 0);
            targets.add(TargetEntry.of(cast(v, types.get(targets.size())), t.name(), targets.size() + 1));
        }
        q.targets = targets;
        return q.build();
    }

    /** The first arm of a recursive query says what references to it see. */
    private void startRecursion(Scope scope, Arm left) {
        Scope.Cte cte = scope.parentCte.orElseThrow();
        List<String> names = cte.columnNames;
        List<TargetEntry> outputs = new ArrayList<>();
        for (int i = 0; i < left.columns().size(); i++) {
            TargetEntry t = left.columns().get(i);
            outputs.add(t.with(t.expr().type() == Oids.UNKNOWN ? new Expr.Var(0, 1, Oids.TEXT, -1, 100, 0, 0) : t.expr()));
        }
        Withs.describe(cte, outputs, names, 0);
    }
}
