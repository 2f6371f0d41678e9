package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AConst;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.SortBy;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.type.Oids;

/** ORDER BY, DISTINCT and PARTITION BY: keys that name target entries, which are added as junk where they are not there. */
final class SortClauses {
    private static final int BTREE = 403;
    private static final int LESS = 1;
    private static final int GREATER = 5;

    private final Analysis a;

    SortClauses(Analysis analysis) {
        a = analysis;
    }

    List<SortGroupClause> orderBy(Scope scope, List<SortBy> order, List<TargetEntry> targets, ExprKind kind, boolean expressionsOnly) {
        List<SortGroupClause> keys = new ArrayList<>();
        for (SortBy sort : order) {
            int target = expressionsOnly ? findExpression(scope, sort.expression(), targets, kind)
                    : find(scope, sort.expression(), targets, kind);
            addSortKey(keys, targets, target, sort);
        }
        return keys;
    }

    List<SortGroupClause> partitionBy(Scope scope, List<Expression> expressions, List<TargetEntry> targets) {
        List<SortGroupClause> keys = new ArrayList<>();
        for (Expression e : expressions) {
            addGroupKey(keys, targets, findExpression(scope, e, targets, ExprKind.WINDOW_PARTITION), List.of(), AstLocations.of(e));
        }
        return keys;
    }

    /** The target that an output name, a position or an expression means; its index. */
    int find(Scope scope, Expression e, List<TargetEntry> targets, ExprKind kind) {
        String clause = clause(kind);
        if (e instanceof ColumnRef c && c.fields().size() == 1 && !c.star()) {
            int named = byOutputName(scope, c, targets, kind, clause);
            if (named >= 0) {
                return named;
            }
        }
        if (e instanceof AConst constant) {
            if (!(constant instanceof AConst.Int position)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "non-integer constant in " + clause).at(e.location());
            }
            int seen = 0;
            for (int i = 0; i < targets.size(); i++) {
                if (!targets.get(i).junk() && ++seen == position.value()) {
                    return i;
                }
            }
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, clause + " position " + position.value() + " is not in select list")
                    .at(e.location());
        }
        return findExpression(scope, e, targets, kind);
    }

    private static String clause(ExprKind kind) {
        return kind.text;
    }

    private int byOutputName(Scope scope, ColumnRef c, List<TargetEntry> targets, ExprKind kind, String clause) {
        String name = c.fields().getFirst();
        if (kind == ExprKind.GROUP_BY && a.columnRefs.byName(scope, name, true, c.location()).isPresent()) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < targets.size(); i++) {
            TargetEntry t = targets.get(i);
            if (t.junk() || !t.name().equals(name)) {
                continue;
            }
            if (found >= 0 && !same(targets.get(found).expr(), t.expr())) {
                throw new SqlError(SqlState.AMBIGUOUS_COLUMN, clause + " \"" + name + "\" is ambiguous").at(c.location());
            }
            found = found < 0 ? i : found;
        }
        return found;
    }

    static boolean same(Expr x, Expr y) {
        return x.equals(y) || Exprs.unlocated(x).equals(Exprs.unlocated(y));
    }

    /** The target with this expression; a junk one is added if there is none. */
    int findExpression(Scope scope, Expression written, List<TargetEntry> targets, ExprKind kind) {
        Expr e = a.expressions.analyze(scope, written, kind);
        for (int i = 0; i < targets.size(); i++) {
            if (same(e, targets.get(i).expr())) {
                return i;
            }
        }
        targets.add(new TargetEntry(e, "", targets.size() + 1, 0, true, 0, 0));
        return targets.size() - 1;
    }

    /** Unknown literals are sorted as text. */
    private void resolveUnknown(List<TargetEntry> targets, int at) {
        TargetEntry t = targets.get(at);
        if (t.expr().type() == Oids.UNKNOWN) {
            targets.set(at, t.with(a.coercer.coerceImplicitly(t.expr(), Oids.TEXT)));
        }
    }

    void addSortKey(List<SortGroupClause> keys, List<TargetEntry> targets, int at, SortBy sort) {
        resolveUnknown(targets, at);
        Expr e = targets.get(at).expr();
        int location = AstLocations.of(sort.expression());
        int operator;
        int equality;
        boolean descending;
        boolean hashable;
        if (sort.direction() == SortBy.Direction.USING) {
            OperatorRow using = a.operators.binary(sort.using(), e.type(), e.type(), sort.location());
            Catalog.FamilyMember member = a.catalog.operatorFamilies(using.oid()).stream()
                    .filter(m -> m.method() == BTREE && (m.strategy() == LESS || m.strategy() == GREATER)).findFirst()
                    .orElseThrow(() -> new SqlError(SqlState.WRONG_OBJECT_TYPE, "operator " + String.join(".", sort.using())
                            + " is not a valid ordering operator")
                            .hint("Ordering operators must be \"<\" or \">\" members of btree operator families.").at(sort.location()));
            operator = using.oid();
            descending = member.strategy() == GREATER;
            equality = a.catalog.familyOperator(member.family(), member.leftType(), member.rightType(), 3);
            hashable = a.sortOperators.of(e.type()).hashable();
        } else {
            SortOperators.Set set = a.sortOperators.ordering(e.type(), location);
            descending = sort.direction() == SortBy.Direction.DESC;
            operator = descending ? set.greater() : set.less();
            equality = set.equal();
            hashable = set.hashable();
        }
        boolean nullsFirst = switch (sort.nulls()) {
            case DEFAULT -> descending;
            case FIRST -> true;
            case LAST -> false;
        };
        int reference = targets.get(at).reference();
        if (reference == 0 || keys.stream().noneMatch(k -> k.reference() == reference)) {
            keys.add(new SortGroupClause(reference(targets, at), equality, operator, descending, nullsFirst, hashable));
        }
    }

    /** Adds a key for equality only, like one of {@code alike} if that has the same target. */
    void addGroupKey(List<SortGroupClause> keys, List<TargetEntry> targets, int at, List<SortGroupClause> alike, int location) {
        resolveUnknown(targets, at);
        int reference = targets.get(at).reference();
        if (reference != 0 && keys.stream().anyMatch(k -> k.reference() == reference)) {
            return;
        }
        Optional<SortGroupClause> like = alike.stream().filter(k -> reference != 0 && k.reference() == reference).findFirst();
        if (like.isPresent()) {
            keys.add(like.get());
            return;
        }
        SortOperators.Set set = a.sortOperators.equality(targets.get(at).expr().type(), location);
        keys.add(new SortGroupClause(reference(targets, at), set.equal(), set.less(), false, false, set.hashable()));
    }

    /** The target's sort-group reference; it gets one if it has none. */
    static int reference(List<TargetEntry> targets, int at) {
        TargetEntry t = targets.get(at);
        if (t.reference() != 0) {
            return t.reference();
        }
        int next = 1 + targets.stream().mapToInt(TargetEntry::reference).max().orElse(0);
        targets.set(at, t.withReference(next));
        return next;
    }

    /** SELECT DISTINCT, or DISTINCT in an aggregate: the sort keys first, then all other columns. */
    List<SortGroupClause> distinct(Scope scope, List<TargetEntry> targets, List<SortGroupClause> order, boolean aggregate) {
        List<SortGroupClause> keys = new ArrayList<>();
        for (SortGroupClause key : order) {
            TargetEntry t = targets.stream().filter(x -> x.reference() == key.reference()).findFirst().orElseThrow();
            if (t.junk()) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, aggregate
                        ? "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
                        : "for SELECT DISTINCT, ORDER BY expressions must appear in select list").at(Locations.of(t.expr()));
            }
            keys.add(key);
        }
        for (int i = 0; i < targets.size(); i++) {
            if (!targets.get(i).junk()) {
                addGroupKey(keys, targets, i, List.of(), Locations.of(targets.get(i).expr()));
            }
        }
        if (keys.isEmpty()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, aggregate ? "an aggregate with DISTINCT must have at least one argument"
                    : "SELECT DISTINCT must have at least one column");
        }
        return keys;
    }

    /** SELECT DISTINCT ON. */
    List<SortGroupClause> distinctOn(Scope scope, List<Expression> expressions, List<TargetEntry> targets, List<SortGroupClause> order) {
        List<Integer> references = new ArrayList<>();
        for (Expression e : expressions) {
            references.add(reference(targets, find(scope, e, targets, ExprKind.DISTINCT_ON)));
        }
        List<SortGroupClause> keys = new ArrayList<>();
        boolean skipped = false;
        for (SortGroupClause key : order) {
            if (!references.contains(key.reference())) {
                skipped = true;
            } else if (skipped) {
                throw mismatch(expressions.get(references.indexOf(key.reference())).location());
            } else {
                keys.add(key);
            }
        }
        for (int i = 0; i < references.size(); i++) {
            int reference = references.get(i);
            if (keys.stream().anyMatch(k -> k.reference() == reference)) {
                continue;
            }
            if (skipped) {
                throw mismatch(expressions.get(i).location());
            }
            for (int at = 0; at < targets.size(); at++) {
                if (targets.get(at).reference() == reference) {
                    addGroupKey(keys, targets, at, List.of(), expressions.get(i).location());
                }
            }
        }
        return keys;
    }

    private static SqlError mismatch(int location) {
        return new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions")
                .at(location);
    }
}
