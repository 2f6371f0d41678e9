package org.gajah.analyze;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import org.gajah.ast.Expression;
import org.gajah.ast.RowExpr;
import org.gajah.ast.SelectBody;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** GROUP BY with its ROLLUP, CUBE and GROUPING SETS. */
final class GroupBy {
    private static final int MAX_SETS = 4096;
    private static final int MAX_CUBE = 12;

    private final Analysis a;

    /** The keys, and the sets over them if any were written. */
    record Grouping(List<SortGroupClause> keys, List<List<Integer>> sets) {
    }

    GroupBy(Analysis analysis) {
        a = analysis;
    }

    Grouping analyze(Scope scope, SelectBody.GroupBy written, List<TargetEntry> targets, List<SortGroupClause> order) {
        List<SortGroupClause> keys = new ArrayList<>();
        boolean sets = written.elements().stream().anyMatch(e -> !(e instanceof SelectBody.GroupElement.Item));
        List<List<Integer>> product = new ArrayList<>();
        product.add(List.of());
        for (SelectBody.GroupElement element : written.elements()) {
            List<List<Integer>> alternatives = expand(scope, element, targets, order, keys);
            List<List<Integer>> next = new ArrayList<>();
            for (List<Integer> left : product) {
                for (List<Integer> right : alternatives) {
                    LinkedHashSet<Integer> both = new LinkedHashSet<>(left);
                    both.addAll(right);
                    next.add(List.copyOf(both));
                }
            }
            product = next;
            if (product.size() > MAX_SETS) {
                throw new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "too many grouping sets present (maximum " + MAX_SETS + ")");
            }
        }
        if (!sets) {
            return new Grouping(keys, List.of());
        }
        return new Grouping(keys, written.distinct() ? List.copyOf(new LinkedHashSet<>(product)) : product);
    }

    private List<List<Integer>> expand(Scope scope, SelectBody.GroupElement element, List<TargetEntry> targets, List<SortGroupClause> order,
            List<SortGroupClause> keys) {
        return switch (element) {
            case SelectBody.GroupElement.Empty ignored -> List.of(List.of());
            case SelectBody.GroupElement.Item item -> List.of(references(scope, item.expression(), targets, order, keys));
            case SelectBody.GroupElement.Sets s -> switch (s.kind()) {
                case GROUPING_SETS -> {
                    List<List<Integer>> all = new ArrayList<>();
                    s.elements().forEach(e -> all.addAll(expand(scope, e, targets, order, keys)));
                    yield all;
                }
                case ROLLUP -> rollup(parts(scope, s, targets, order, keys));
                case CUBE -> cube(parts(scope, s, targets, order, keys), s.location());
            };
        };
    }

    private List<List<Integer>> parts(Scope scope, SelectBody.GroupElement.Sets s, List<TargetEntry> targets, List<SortGroupClause> order,
            List<SortGroupClause> keys) {
        List<List<Integer>> parts = new ArrayList<>();
        s.elements().forEach(e -> parts.addAll(expand(scope, e, targets, order, keys)));
        return parts;
    }

    private static List<List<Integer>> rollup(List<List<Integer>> parts) {
        List<List<Integer>> sets = new ArrayList<>();
        for (int length = parts.size(); length >= 0; length--) {
            sets.add(joined(parts.subList(0, length)));
        }
        return sets;
    }

    private static List<List<Integer>> cube(List<List<Integer>> parts, int location) {
        if (parts.size() > MAX_CUBE) {
            throw new SqlError(SqlState.TOO_MANY_COLUMNS, "CUBE is limited to " + MAX_CUBE + " elements").at(location);
        }
        List<List<Integer>> sets = new ArrayList<>();
        for (int mask = (1 << parts.size()) - 1; mask >= 0; mask--) {
            List<List<Integer>> chosen = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if ((mask & 1 << parts.size() - 1 - i) != 0) {
                    chosen.add(parts.get(i));
                }
            }
            sets.add(joined(chosen));
        }
        return sets;
    }

    private static List<Integer> joined(List<List<Integer>> parts) {
        LinkedHashSet<Integer> all = new LinkedHashSet<>();
        parts.forEach(all::addAll);
        return List.copyOf(all);
    }

    /** An output column named in GROUP BY must not be an aggregate or window function. */
    private static void refuse(Expr e) {
        ExprFacts.any(e, x -> {
            if (x instanceof Expr.AggregateCall c && c.levelsUp() == 0) {
                throw new SqlError(SqlState.GROUPING_ERROR, "aggregate functions are not allowed in GROUP BY").at(c.location());
            }
            if (x instanceof Expr.WindowCall w) {
                throw new SqlError(SqlState.WINDOWING_ERROR, "window functions are not allowed in GROUP BY").at(w.location());
            }
            return false;
        });
    }

    private List<Integer> references(Scope scope, Expression e, List<TargetEntry> targets, List<SortGroupClause> order,
            List<SortGroupClause> keys) {
        if (e instanceof RowExpr row && !row.explicitRow()) {
            List<Integer> all = new ArrayList<>();
            row.fields().forEach(f -> all.addAll(references(scope, f, targets, order, keys)));
            return all;
        }
        int at = a.sortClauses.find(scope, e, targets, ExprKind.GROUP_BY);
        refuse(targets.get(at).expr());
        a.sortClauses.addGroupKey(keys, targets, at, order, AstLocations.of(e));
        return List.of(targets.get(at).reference());
    }
}
