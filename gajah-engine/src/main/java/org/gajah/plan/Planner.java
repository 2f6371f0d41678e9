package org.gajah.plan;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query;
import org.gajah.catalog.Catalog;

/** From typed query to plan. The plan stands as long as the catalogs it was made under. */
public final class Planner {
    private Planner() {
    }

    /** Plans a query; {@code parameterTypes} are those of $1, $2, ... */
    public static PlannedStatement plan(Query query, List<Integer> parameterTypes, Catalog catalog, TableSizes sizes) {
        StatementPlan statement = new StatementPlan(catalog, sizes);
        Plan root = new QueryPlanner(statement, query, Optional.empty()).planTop();
        List<ResultColumn> results = QueryPlanner.results(query.command() == Query.Command.SELECT ? query.targets() : query.returning());
        return statement.finish(query.command(), root, results, parameterTypes);
    }
}
