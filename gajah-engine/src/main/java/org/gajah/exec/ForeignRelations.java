package org.gajah.exec;

import org.gajah.api.foreign.ForeignQuery;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.sysfunc.Identifiers;

/** What EXPLAIN says of the tables that a foreign scan joins or groups. */
final class ForeignRelations {
    private ForeignRelations() {
    }

    static String text(Plan.ForeignScan p, Catalog catalog) {
        String from = from(p.query().from(), p, catalog);
        return p.query().grouped() ? "Aggregate on (" + from + ")" : from;
    }

    private static String from(ForeignQuery.From from, Plan.ForeignScan p, Catalog catalog) {
        return switch (from) {
            case ForeignQuery.From.Table t -> {
                Plan.ForeignBase base = p.bases().get(t.number());
                Relation r = catalog.relation(base.relation()).orElseThrow();
                String schema = catalog.schema(r.namespace()).map(s -> Identifiers.quote(s.name()) + ".").orElse("");
                yield schema + Identifiers.quote(r.name()) + (base.alias().equals(r.name()) ? "" : " " + Identifiers.quote(base.alias()));
            }
            case ForeignQuery.From.Join j -> "(" + from(j.left(), p, catalog) + ") " + j.kind() + " JOIN (" + from(j.right(), p, catalog) + ")";
        };
    }
}
