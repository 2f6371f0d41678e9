package org.gajah.plan;

import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.api.SqlError;
import org.gajah.catalog.Catalog;
import org.gajah.foreign.ForeignCatalog;

/** Plans the WITH queries of a level: in place where they are used once and only read, else as subplans that run once. */
final class CtePlanner {
    private final Scope scope;
    private final StatementPlan statement;

    CtePlanner(Scope scope) {
        this.scope = scope;
        this.statement = scope.statement();
    }

    void plan() {
        for (Query.CommonTable table : scope.query().ctes()) {
            boolean changes = table.query().command() != Query.Command.SELECT;
            if (table.recursive()) {
                recursive(table);
            } else if (changes || !isInlined(table, statement.catalog())) {
                materialized(table, changes);
            } else {
                scope.defineCte(table.name(), new Scope.Cte(table, Optional.empty(), Optional.empty()));
            }
        }
    }

    /** Whether a WITH query is planned where it is used. */
    static boolean isInlined(Query.CommonTable table, Catalog catalog) {
        if (table.recursive() || table.query().command() != Query.Command.SELECT) {
            return false;
        }
        return switch (table.materialize()) {
            case ALWAYS -> false;
            case NEVER -> true;
            case DEFAULT -> table.references() <= 1 && table.query().rowMarks().isEmpty() && !hasVolatile(table.query(), catalog)
                    && !isFenced(table.query(), catalog);
        };
    }

    /** Users of routine mappings write what is to be computed here outside a WITH query. */
    private static boolean isFenced(Query query, Catalog catalog) {
        return query.rangeTable().stream().anyMatch(e -> e instanceof RangeEntry.Relation r && r.kind() == 'f' && catalog.relation(r.oid())
                .map(t -> ForeignCatalog.requireHandled(catalog, t).fences()).orElse(false));
    }

    private static boolean hasVolatile(Query query, Catalog catalog) {
        return query.targets().stream().anyMatch(t -> Exprs.any(t.expr(), e -> IndexMatch.isVolatile(e, catalog)));
    }

    private void materialized(Query.CommonTable table, boolean changes) {
        if (!changes && table.references() == 0) {
            return;
        }
        Plan plan = uncorrelated(table, () -> new QueryPlanner(statement, table.query(), Optional.of(scope)).planTop());
        int number = statement.addSubplan(plan);
        if (changes) {
            statement.addModifyingCte(number);
        }
        scope.defineCte(table.name(), new Scope.Cte(table, Optional.of(number), Optional.empty()));
    }

    /** A plan that runs once for the whole statement must not depend on a row of a query around it. */
    private Plan uncorrelated(Query.CommonTable table, Supplier<Plan> make) {
        Plan[] plan = new Plan[1];
        int outermost = statement.outermostUse(() -> plan[0] = make.get());
        if (outermost <= scope.depth()) {
            throw SqlError.notSupported("WITH query \"" + table.name() + "\" that refers to an outer query is not supported");
        }
        return plan[0];
    }

    private void recursive(Query.CommonTable table) {
        int number = statement.reserveSubplan();
        int workTable = statement.newWorkTable();
        scope.defineCte(table.name(), new Scope.Cte(table, Optional.of(number), Optional.of(workTable)));
        Plan plan = uncorrelated(table, () -> new SetOperationPlanner(new QueryPlanner(statement, table.query(), Optional.of(scope)))
                .planRecursive(workTable));
        statement.setSubplan(number, plan);
    }
}
