package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnTarget;
import org.gajah.ast.Expression;
import org.gajah.ast.Insert;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** INSERT. The target list has the columns that were given values; the {@link Rewriter} adds the defaults. */
final class Inserts {
    private final Analysis a;
    private final Conflicts conflicts;

    /** A column that is given values. */
    record Into(Relation.Column column, ColumnTarget written) {
    }

    Inserts(Analysis analysis) {
        a = analysis;
        conflicts = new Conflicts(analysis);
    }

    Query analyze(Scope scope, Insert i) {
        QueryBuilder q = new QueryBuilder();
        i.with().ifPresent(w -> a.withs.analyze(scope, w, q));
        q.command = Query.Command.INSERT;
        q.overriding = overriding(i.overriding());
        boolean valuesOnly = i.source().map(Inserts::isPlainValues).orElse(false);
        Optional<Query> source = i.source().filter(s -> !valuesOnly).map(s -> source(scope, s));
        NamespaceItem target = a.updates.target(scope, i.relation(), RequiredPermission.Mode.INSERT, false);
        Relation relation = scope.targetRelation.orElseThrow();
        q.targetRelation = target.rangeIndex;
        List<Into> columns = columns(relation, i.columns());
        for (Into into : columns) {
            if (!i.columns().isEmpty() || i.source().isPresent()) {
                a.permissions.requireColumn(relation.oid(), RequiredPermission.Mode.INSERT, into.column().number());
            }
        }
        if (i.source().isEmpty()) {
            q.targets = List.of();
        } else if (valuesOnly) {
            values(scope, ((SelectBody.Values) i.source().get().body()).rows(), columns, q, i);
        } else {
            select(scope, source.orElseThrow(), columns, q, i);
        }
        scope.namespace = new ArrayList<>(List.of(target));
        i.onConflict().ifPresent(c -> q.onConflict = Optional.of(conflicts.analyze(scope, c, relation, target)));
        scope.namespace = new ArrayList<>(List.of(target));
        q.returning = a.returnings.analyze(scope, i.returning(), relation);
        a.updates.finish(scope, q);
        return q.build();
    }

    static Query.Overriding overriding(Insert.Overriding written) {
        return switch (written) {
            case NOT_SET -> Query.Overriding.NONE;
            case USER_VALUE -> Query.Overriding.USER;
            case SYSTEM_VALUE -> Query.Overriding.SYSTEM;
        };
    }

    private static boolean isPlainValues(Select s) {
        return s.body() instanceof SelectBody.Values && s.with().isEmpty() && s.order().isEmpty() && s.limit().isEmpty()
                && s.locking().isEmpty();
    }

    private Query source(Scope scope, Select s) {
        Scope inner = scope.inner();
        inner.resolveUnknowns = false;
        return a.selects.select(inner, s);
    }

    /** The columns named, or all that there are. */
    List<Into> columns(Relation relation, List<ColumnTarget> written) {
        List<Into> made = new ArrayList<>();
        if (written.isEmpty()) {
            for (Relation.Column c : relation.columns()) {
                if (!c.dropped() && !c.hidden()) {
                    made.add(new Into(c, new ColumnTarget(c.name(), List.of(), 0)));
                }
            }
            return made;
        }
        Set<Integer> whole = new HashSet<>();
        Set<Integer> part = new HashSet<>();
        for (ColumnTarget t : written) {
            Relation.Column c = a.assignments.column(relation, t);
            boolean doubled = t.indirection().isEmpty() ? !whole.add(c.number()) || part.contains(c.number())
                    : whole.contains(c.number());
            if (doubled) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + c.name() + "\" specified more than once").at(t.location());
            }
            if (!t.indirection().isEmpty()) {
                part.add(c.number());
            }
            made.add(new Into(c, t));
        }
        return made;
    }

    private void values(Scope scope, List<List<Expression>> rows, List<Into> columns, QueryBuilder q, Insert i) {
        if (rows.size() == 1) {
            q.targets = row(scope, rows.getFirst(), columns, i);
            return;
        }
        List<List<Expr>> made = new ArrayList<>();
        int width = -1;
        for (List<Expression> written : rows) {
            List<Expr> row = exprs(scope, written, ExprKind.VALUES);
            if (width >= 0 && row.size() != width) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "VALUES lists must all be the same length").at(Locations.of(row.getFirst()));
            }
            width = row.size();
            List<Expr> assigned = new ArrayList<>();
            checkWidth(row, columns, i);
            for (int c = 0; c < row.size(); c++) {
                Into into = columns.get(c);
                boolean direct = into.written().indirection().isEmpty();
                assigned.add(a.collations.assign(direct ? a.assignments.assign(scope, row.get(c), into.column(), into.written(),
                        Optional.empty()) : row.get(c)));
            }
            made.add(assigned);
        }
        fromRows(scope, made, columns, q);
    }

    private void fromRows(Scope scope, List<List<Expr>> rows, List<Into> columns, QueryBuilder q) {
        List<Integer> types = new ArrayList<>();
        List<Integer> typmods = new ArrayList<>();
        List<Integer> collations = new ArrayList<>();
        for (Expr e : rows.getFirst()) {
            types.add(e.type());
            typmods.add(e.typmod());
            collations.add(a.types.collation(e.type()));
        }
        NamespaceItem item = a.rangeItems.values(scope, rows, types, typmods, collations, false);
        List<TargetEntry> targets = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            Into into = columns.get(c);
            Expr v = item.columns.get(c).var(0, 0);
            Expr assigned = into.written().indirection().isEmpty() ? v : a.assignments.assign(scope, v, into.column(), into.written(),
                    before(targets, into));
            put(targets, into, assigned);
        }
        q.targets = targets;
        q.from = new RangeEntry.FromExpr(List.of(new RangeEntry.FromItem.Leaf(item.rangeIndex)), Optional.empty());
    }

    private static Optional<Expr> before(List<TargetEntry> targets, Into into) {
        return targets.stream().filter(t -> t.attribute() == into.column().number()).map(TargetEntry::expr).findFirst();
    }

    private static void put(List<TargetEntry> targets, Into into, Expr e) {
        targets.removeIf(t -> t.attribute() == into.column().number());
        targets.add(TargetEntry.of(e, into.column().name(), into.column().number()));
    }

    private List<Expr> exprs(Scope scope, List<Expression> written, ExprKind kind) {
        List<Expr> row = new ArrayList<>();
        for (Expression e : written) {
            if (e instanceof org.gajah.ast.ColumnRef c && c.star()) {
                ExprKind outer = scope.kind;
                scope.kind = kind;
                row.addAll(a.expressions.analyzeAll(scope, List.of(e)));
                scope.kind = outer;
            } else {
                row.add(a.assignments.value(scope, e, kind));
            }
        }
        return row;
    }

    /** One row's values into the columns; also for MERGE. */
    List<TargetEntry> row(Scope scope, List<Expression> written, List<Into> columns, Insert i) {
        List<Expr> row = exprs(scope, written, ExprKind.VALUES_SINGLE);
        checkWidth(row, columns, i);
        List<TargetEntry> targets = new ArrayList<>();
        for (int c = 0; c < row.size(); c++) {
            Into into = columns.get(c);
            put(targets, into, a.assignments.assign(scope, row.get(c), into.column(), into.written(), before(targets, into)));
        }
        return targets;
    }

    List<TargetEntry> mergeRow(Scope scope, List<Expression> written, List<Into> columns, boolean named) {
        List<Expr> row = exprs(scope, written, ExprKind.VALUES_SINGLE);
        checkWidth(row, columns, named, false);
        List<TargetEntry> targets = new ArrayList<>();
        for (int c = 0; c < row.size(); c++) {
            Into into = columns.get(c);
            put(targets, into, a.assignments.assign(scope, row.get(c), into.column(), into.written(), before(targets, into)));
        }
        return targets;
    }

    private static void checkWidth(List<Expr> row, List<Into> columns, Insert i) {
        checkWidth(row, columns, !i.columns().isEmpty(), row.size() == 1 && row.getFirst() instanceof Expr.RowLiteral r
                && r.args().size() == columns.size());
    }

    private static void checkWidth(List<Expr> row, List<Into> columns, boolean named, boolean parenthesised) {
        if (row.size() > columns.size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "INSERT has more expressions than target columns")
                    .at(Locations.of(row.get(columns.size())));
        }
        if (named && row.size() < columns.size()) {
            SqlError error = new SqlError(SqlState.SYNTAX_ERROR, "INSERT has more target columns than expressions")
                    .at(columns.get(row.size()).written().location());
            throw parenthesised ? error.hint("The insertion source is a row expression containing the same number of columns expected by "
                    + "the INSERT. Did you accidentally use extra parentheses?") : error;
        }
    }

    private void select(Scope scope, Query source, List<Into> columns, QueryBuilder q, Insert i) {
        NamespaceItem item = a.rangeItems.subquery(scope, source, Optional.empty(), "*SELECT*", false);
        List<Expr> row = new ArrayList<>();
        for (TargetEntry t : RangeItems.outputs(source)) {
            boolean literal = (t.expr() instanceof Expr.Const || t.expr() instanceof Expr.Param) && t.expr().type() == Oids.UNKNOWN;
            NamespaceItem.Column c = item.columns.get(row.size());
            row.add(literal ? t.expr() : c.var(0, Locations.of(t.expr())));
        }
        checkWidth(row, columns, i);
        List<TargetEntry> targets = new ArrayList<>();
        for (int c = 0; c < row.size(); c++) {
            Into into = columns.get(c);
            put(targets, into, a.assignments.assign(scope, row.get(c), into.column(), into.written(), before(targets, into)));
        }
        resolveLeft(scope, item.rangeIndex);
        q.targets = targets;
        q.from = new RangeEntry.FromExpr(List.of(new RangeEntry.FromItem.Leaf(item.rangeIndex)), Optional.empty());
    }

    /** Literals that the target list has taken over remain in the subquery as text. */
    private void resolveLeft(Scope scope, int index) {
        RangeEntry.Subquery s = (RangeEntry.Subquery) scope.rangeTable.get(index);
        if (s.query().targets().stream().noneMatch(t -> t.expr().type() == Oids.UNKNOWN)) {
            return;
        }
        QueryBuilder made = new QueryBuilder(s.query());
        made.targets = s.query().targets().stream().map(t -> t.expr().type() == Oids.UNKNOWN ? t.with(settled(t.expr())) : t).toList();
        scope.rangeTable.set(index, new RangeEntry.Subquery(made.build(), s.view(), s.alias(), s.columnNames(), s.lateral()));
    }

    private Expr settled(Expr unknown) {
        return switch (unknown) {
            case Expr.Const c -> a.coercer.coerceImplicitly(c, Oids.TEXT);
            case Expr.Param p -> {
                int type = a.context.parameters().typeOf(p.number(), p.location());
                yield new Expr.Param(p.number(), type, -1, a.types.collation(type), p.location());
            }
            default -> unknown;
        };
    }
}
