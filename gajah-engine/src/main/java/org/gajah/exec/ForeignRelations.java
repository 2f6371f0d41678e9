package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

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
        String from = from(p.query().from(), p.bases(), catalog);
        return p.query().grouped() ? "Aggregate on (" + from + ")" : from;
    }

    private static String from(ForeignQuery.From from, List<Plan.ForeignBase> bases, Catalog catalog) {
        return switch (from) {
            case ForeignQuery.From.Table t -> {
                Plan.ForeignBase base = bases.get(t.number());
                Relation r = catalog.relation(base.relation()).orElseThrow();
                String schema = catalog.schema(r.namespace()).map(s -> Identifiers.quote(s.name()) + ".").orElse("");
                yield schema + Identifiers.quote(r.name()) + (base.alias().equals(r.name()) ? "" : " " + Identifiers.quote(base.alias()));
            }
            case ForeignQuery.From.Join j -> "(" + from(j.left(), bases, catalog) + ") " + j.kind() + " JOIN (" + from(j.right(), bases, catalog) + ")";
            case ForeignQuery.From.Combined c -> combined(c, bases, catalog);
        };
    }

    /** The queries one after the other, each with as many of the tables as it reads. */
    private static String combined(ForeignQuery.From.Combined c, List<Plan.ForeignBase> bases, Catalog catalog) {
        List<String> parts = new ArrayList<>();
        int first = 0;
        for (ForeignQuery part : c.parts()) {
            int count = tables(part.from());
            String from = from(part.from(), bases.subList(first, first + count), catalog);
            parts.add("(" + (part.grouped() ? "Aggregate on (" + from + ")" : from) + ")");
            first += count;
        }
        return String.join(" " + c.kind() + (c.all() ? " ALL " : " "), parts);
    }

    private static int tables(ForeignQuery.From from) {
        return switch (from) {
            case ForeignQuery.From.Table t -> 1;
            case ForeignQuery.From.Join j -> tables(j.left()) + tables(j.right());
            case ForeignQuery.From.Combined c -> c.parts().stream().mapToInt(p -> tables(p.from())).sum();
        };
    }
}
