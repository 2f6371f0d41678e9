package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FuncCall;
import org.gajah.ast.GroupingFunc;
import org.gajah.catalog.AggregateRow;
import org.gajah.catalog.ProcRow;

/** Aggregate calls: which query level they belong to, and what may not be in them. */
final class Aggregates {
    private static final int MAX_GROUPING_ARGUMENTS = 31;

    private final Analysis a;

    Aggregates(Analysis analysis) {
        a = analysis;
    }

    void checkKind(FuncCall f, ProcRow function, String name, List<Integer> types) {
        AggregateRow row = a.catalog.aggregate(function.oid()).orElseThrow();
        if (row.kind() == 'n' && f.withinGroup()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, name + " is not an ordered-set aggregate, so it cannot have WITHIN GROUP")
                    .at(f.location());
        }
        if (row.kind() != 'n' && !f.withinGroup()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "WITHIN GROUP is required for ordered-set aggregate " + name).at(f.location());
        }
        if (row.kind() != 'n') {
            checkDirect(f, row, function, name, types);
        }
    }

    private SqlError undefined(FuncCall f, List<Integer> types, String hint) {
        return new SqlError(SqlState.UNDEFINED_FUNCTION, "function " + a.functions.signature(f.name(), types, List.of()) + " does not exist")
                .hint(hint).at(f.location());
    }

    /** Whether as many direct arguments were given as the aggregate and its ordering want. */
    private void checkDirect(FuncCall f, AggregateRow row, ProcRow function, String name, List<Integer> types) {
        int direct = f.arguments().size();
        if (row.kind() == 'h' && function.variadic() != 0 && direct != f.order().size()) {
            throw undefined(f, types, "To use the hypothetical-set aggregate " + name + ", the number of hypothetical direct arguments (here "
                    + direct + ") must match the number of ordering columns (here " + f.order().size() + ").");
        }
        if (function.variadic() == 0 && direct != row.directArgs()) {
            throw undefined(f, types, "There is an ordered-set aggregate " + name + ", but it requires " + row.directArgs() + " direct argument"
                    + (row.directArgs() == 1 ? "" : "s") + ", not " + direct + ".");
        }
    }

    /** The direct arguments of a hypothetical-set aggregate and the ordering columns meet in common types. */
    private void unify(List<Expr> direct, List<Expr> ordered) {
        int hypothetical = ordered.size();
        int first = direct.size() - hypothetical;
        for (int i = 0; i < hypothetical; i++) {
            int type = a.common.select(List.of(direct.get(first + i), ordered.get(i)), "WITHIN GROUP");
            direct.set(first + i, a.common.coerce(direct.get(first + i), type, "WITHIN GROUP"));
            ordered.set(i, a.common.coerce(ordered.get(i), type, "WITHIN GROUP"));
        }
    }

    Expr call(Scope scope, FunctionCalls.Call call, Optional<Expr> filter) {
        FuncCall f = call.written();
        AggregateRow row = a.catalog.aggregate(call.function().oid()).orElseThrow();
        String name = String.join(".", f.name());
        checkForm(call, name);
        List<TargetEntry> args = new ArrayList<>();
        List<Expr> direct = List.of();
        List<SortGroupClause> order = List.of();
        List<SortGroupClause> distinct = List.of();
        if (row.kind() == 'n') {
            for (Expr arg : call.args()) {
                args.add(TargetEntry.of(arg, "", args.size() + 1));
            }
            order = a.sortClauses.orderBy(scope, f.order(), args, ExprKind.ORDER_BY, true);
            distinct = f.distinct() ? a.sortClauses.distinct(scope, args, order, true) : List.of();
        } else {
            int aggregated = f.order().size();
            int split = call.args().size() - aggregated;
            List<Expr> ordered = new ArrayList<>(call.args().subList(split, call.args().size()));
            direct = new ArrayList<>(call.args().subList(0, split));
            if (row.kind() == 'h') {
                unify(direct, ordered);
            }
            List<SortGroupClause> keys = new ArrayList<>();
            for (int i = 0; i < aggregated; i++) {
                args.add(TargetEntry.of(ordered.get(i), "", i + 1));
                a.sortClauses.addSortKey(keys, args, i, f.order().get(i));
            }
            order = keys;
        }
        int level = level(scope, args, direct, filter, f.location());
        return new Expr.AggregateCall(call.function().oid(), call.type(), 0, 0, direct, args, order, distinct, filter, f.star(),
                call.variadic(), row.kind(), level, f.location());
    }

    static void checkForm(FunctionCalls.Call call, String name) {
        FuncCall f = call.written();
        if (call.writtenArgs() == 0 && !f.star() && !f.withinGroup()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, name + "(*) must be used to call a parameterless aggregate function")
                    .at(f.location());
        }
        if (call.function().returnsSet()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "aggregates cannot return sets").at(f.location());
        }
    }

    /** The level of the innermost column in the arguments is the aggregate's own; checks what PostgreSQL checks on the way. */
    private int level(Scope scope, List<TargetEntry> args, List<Expr> direct, Optional<Expr> filter, int location) {
        List<Expr> all = new ArrayList<>(args.stream().map(TargetEntry::expr).toList());
        filter.ifPresent(all::add);
        LevelScan scan = new LevelScan();
        all.forEach(scan::rewrite);
        LevelScan directScan = new LevelScan();
        direct.forEach(directScan::rewrite);
        int level = scan.level(directScan);
        if (scan.aggregate == level) {
            throw new SqlError(SqlState.GROUPING_ERROR, "aggregate function calls cannot be nested").at(scan.aggregateLocation);
        }
        if (!direct.isEmpty() && directScan.column != LevelScan.NONE && directScan.column < level) {
            throw new SqlError(SqlState.GROUPING_ERROR, "outer-level aggregate cannot contain a lower-level variable in its direct arguments")
                    .at(location);
        }
        refuseInside(all);
        mark(scope.up(level), "aggregate functions", location);
        return level;
    }

    private static void refuseInside(List<Expr> args) {
        for (Expr arg : args) {
            ExprFacts.any(arg, e -> {
                if (e instanceof Expr.WindowCall w) {
                    throw new SqlError(SqlState.GROUPING_ERROR, "aggregate function calls cannot contain window function calls")
                            .at(w.location());
                }
                if (e instanceof Expr.FunctionCall f && f.returnsSet()) {
                    throw SqlError.notSupported("aggregate function calls cannot contain set-returning function calls")
                            .hint("You might be able to move the set-returning function into a LATERAL FROM item.").at(Locations.of(f));
                }
                return false;
            });
        }
    }

    private static void mark(Scope at, String what, int location) {
        ExprKind kind = at.kind;
        if (!kind.aggregates) {
            throw new SqlError(SqlState.GROUPING_ERROR, what + " are not allowed in " + kind.text).at(location);
        }
        if (kind == ExprKind.FROM_SUBSELECT && at.lateralActive) {
            throw new SqlError(SqlState.GROUPING_ERROR, what + " are not allowed in FROM clause of their own query level").at(location);
        }
        at.hasAggregates = true;
    }

    /** GROUPING(...): the arguments are matched with GROUP BY when that is known. */
    Expr grouping(Scope scope, GroupingFunc g) {
        if (g.arguments().size() > MAX_GROUPING_ARGUMENTS) {
            throw new SqlError(SqlState.TOO_MANY_ARGUMENTS, "GROUPING must have fewer than 32 arguments").at(g.location());
        }
        List<Expr> args = a.expressions.analyzeEach(scope, g.arguments());
        LevelScan scan = new LevelScan();
        args.forEach(scan::rewrite);
        int level = scan.level(new LevelScan());
        if (!scope.up(level).kind.aggregates) {
            throw new SqlError(SqlState.GROUPING_ERROR, "grouping operations are not allowed in " + scope.up(level).kind.text)
                    .at(g.location());
        }
        scope.up(level).hasAggregates = true;
        return new Expr.GroupingCall(args, List.of(), level, g.location());
    }

    /** Finds the least level, counted from outside any subquery, of columns and of aggregates. */
    private static final class LevelScan extends ExprRewriter {
        static final int NONE = Integer.MAX_VALUE;
        int column = NONE;
        int aggregate = NONE;
        int aggregateLocation;
        private int depth;

        int level(LevelScan other) {
            int columns = Math.min(column, other.column);
            int aggregates = Math.min(aggregate, other.aggregate);
            int least = Math.min(columns, aggregates);
            return least == NONE ? 0 : least;
        }

        @Override
        public Expr rewrite(Expr e) {
            if (e instanceof Expr.Var v && v.levelsUp() >= depth) {
                column = Math.min(column, v.levelsUp() - depth);
                return e;
            }
            int level = e instanceof Expr.AggregateCall c ? c.levelsUp() : e instanceof Expr.GroupingCall g ? g.levelsUp() : -1;
            if (level >= depth) {
                if (level - depth < aggregate) {
                    aggregate = level - depth;
                    aggregateLocation = e.location();
                }
                return e instanceof Expr.AggregateCall ? e : rewriteChildren(e);
            }
            return rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            rewriteChildren(query);
            depth--;
            return query;
        }
    }
}
