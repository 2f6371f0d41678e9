package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FromItem;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.WithClause;

/** What a recursive WITH query must look like: a term that is not recursive, UNION [ALL], one that refers to itself once. */
final class RecursionCheck {
    private RecursionCheck() {
    }

    static void check(WithClause.CommonTableExpr table) {
        String name = table.name();
        if (!(table.query() instanceof Select s)) {
            throw invalid("recursive query \"" + name + "\" must not contain data-modifying statements", table.location());
        }
        if (!(s.body() instanceof SelectBody.SetOperation set) || set.operator() != SelectBody.SetOperator.UNION) {
            throw invalid("recursive query \"" + name
                    + "\" does not have the form non-recursive-term UNION [ALL] recursive-term", table.location());
        }
        if (RecursiveOrder.mentions(set.left(), name)) {
            throw reference(name, "within its non-recursive term", locationIn(set.left(), name));
        }
        if (!s.order().isEmpty()) {
            throw SqlError.notSupported("ORDER BY in a recursive query is not implemented").at(s.order().getFirst().expression().location());
        }
        if (s.limit().isPresent() && s.limit().get().offset().isPresent()) {
            throw SqlError.notSupported("OFFSET in a recursive query is not implemented").at(s.limit().get().offset().get().location());
        }
        if (s.limit().isPresent() && s.limit().get().count().isPresent()) {
            throw SqlError.notSupported("LIMIT in a recursive query is not implemented").at(s.limit().get().count().get().location());
        }
        if (!s.locking().isEmpty()) {
            throw SqlError.notSupported("FOR UPDATE/SHARE in a recursive query is not implemented");
        }
        if (RecursiveOrder.count(set.right(), name) > 1) {
            throw reference(name, "more than once", locationIn(set.right(), name));
        }
        checkTerm(set.right(), name);
    }

    private static void checkTerm(Select term, String name) {
        switch (term.body()) {
            case SelectBody.Simple simple -> {
                boolean inFrom = simple.from().stream().anyMatch(f -> plainly(f, name, false));
                if (!inFrom && RecursiveOrder.mentions(simple.from(), name)) {
                    return;
                }
                if (!inFrom) {
                    throw reference(name, "within a subquery", locationIn(simple, name));
                }
            }
            case SelectBody.SetOperation set -> {
                if (set.operator() == SelectBody.SetOperator.EXCEPT && RecursiveOrder.mentions(set.right(), name)) {
                    throw reference(name, "within EXCEPT", locationIn(set.right(), name));
                }
            }
            case SelectBody.Values ignored -> { }
        }
    }

    /** Whether the name stands in FROM itself; an outer join must not pad its side. */
    private static boolean plainly(FromItem item, String name, boolean padded) {
        return switch (item) {
            case org.gajah.ast.RangeVar v -> {
                boolean self = v.schema().isEmpty() && v.relation().equals(name);
                if (self && padded) {
                    throw reference(name, "within an outer join", v.location());
                }
                yield self;
            }
            case FromItem.JoinExpr j -> {
                boolean left = j.type() == FromItem.JoinType.RIGHT || j.type() == FromItem.JoinType.FULL;
                boolean right = j.type() == FromItem.JoinType.LEFT || j.type() == FromItem.JoinType.FULL;
                yield plainly(j.left(), name, padded || left) | plainly(j.right(), name, padded || right);
            }
            case FromItem.RangeSubselect ignored -> false;
            case FromItem.RangeFunction ignored -> false;
            case FromItem.RangeTableSample ignored -> false;
            case FromItem.RangeTableFunc ignored -> false;
        };
    }

    private static SqlError reference(String name, String where, int location) {
        return invalid("recursive reference to query \"" + name + "\" must not appear " + where, location);
    }

    private static SqlError invalid(String message, int location) {
        return new SqlError(SqlState.INVALID_RECURSION, message).at(location);
    }

    /** Where the last mention stands. */
    private static int locationIn(Object node, String name) {
        int[] found = {0};
        find(node, name, found);
        return found[0];
    }

    private static void find(Object node, String name, int[] found) {
        switch (node) {
            case org.gajah.ast.RangeVar v -> {
                if (v.schema().isEmpty() && v.relation().equals(name)) {
                    found[0] = v.location();
                }
            }
            case Optional<?> o -> o.ifPresent(x -> find(x, name, found));
            case List<?> l -> l.forEach(x -> find(x, name, found));
            case org.gajah.base.Slice ignored -> { }
            case Record r -> {
                try {
                    for (java.lang.reflect.RecordComponent c : r.getClass().getRecordComponents()) {
                        if (!c.getType().isPrimitive()) {
                            find(c.getAccessor().invoke(r), name, found);
                        }
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
            default -> { }
        }
    }
}
