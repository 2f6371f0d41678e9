package org.gajah.plan;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.catalog.Catalog;

/** From typed query to plan. The plan stands as long as the catalogs it was made under. */
public final class Planner {
    private Planner() {
    }

    /** An expression that stands alone, with all computed in it that parameters cannot change. */
    public static Expr fold(Expr expr, Catalog catalog, TableSizes sizes) {
        return new ConstantFolding(catalog, sizes, true).fold(expr);
    }

    /** Plans a query; {@code parameterTypes} are those of $1, $2, ... */
    public static PlannedStatement plan(Query query, List<Integer> parameterTypes, Catalog catalog, TableSizes sizes) {
        StatementPlan statement = new StatementPlan(catalog, sizes);
        Plan root = new QueryPlanner(statement, SetInlining.of(query, catalog, sizes), Optional.empty()).planTop();
        List<ResultColumn> results = QueryPlanner.results(query.command() == Query.Command.SELECT ? query.targets() : query.returning());
        return statement.finish(query.command(), root, results, parameterTypes);
    }
}
