package org.gajah.plan;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.api.foreign.ForeignQuery.From;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.foreign.ForeignCatalog;

/**
 * What a foreign server has for one item of FROM: a table, or a query that it does whole.
 *
 * @param outputs    its columns as those of the query level
 * @param query      present for a query
 * @param parameters that the query has, by number
 */
record ForeignItem(Plan.ForeignBase base, int server, List<Expr> outputs, Optional<From.Derived> query, List<Expr> parameters) {
    /** A table; nothing if it is not foreign. */
    static Optional<ForeignItem> of(BaseTable t, Catalog catalog) {
        return t.relation().kind() != 'f' ? Optional.empty() : Optional.of(new ForeignItem(new Plan.ForeignTableBase(t.range(), t.relation().oid(), t.alias(),
                t.asOwner()), ForeignCatalog.serverOf(catalog, t.relation()), t.outputs(), Optional.empty(), List.of()));
    }

    int range() {
        return base.range();
    }

    /** Whether all its tables have been analyzed. */
    boolean isKnown(Catalog catalog) {
        return base.tables().allMatch(t -> catalog.relation(t.relation()).orElseThrow().rowEstimate() >= 0);
    }

    /** Whether its rows come in an order. */
    boolean isOrdered() {
        return query.filter(q -> q.parts().size() == 1 && !q.parts().getFirst().order().isEmpty()).isPresent();
    }

    /** Enters it with its parameters; gives what stands in FROM for it. */
    From enter(ForeignExprs exprs, StatementPlan statement) {
        if (query.isPresent()) {
            int number = exprs.add(base.range(), query.get().columns());
            From.Derived own = query.get();
            return ForeignParameters.moved(new From.Derived(number, own.parts(), own.kind(), own.all(), own.columns()), exprs.adopt(parameters));
        }
        Plan.ForeignTableBase table = base.tables().findFirst().orElseThrow();
        Relation relation = statement.catalog().relation(table.relation()).orElseThrow();
        return new From.Table(exprs.add(base.range(), statement.foreignTable(relation, base.role())), statement.foreignTable(relation, base.role()));
    }
}
