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
        return query(p.query(), p.bases(), catalog);
    }

    private static String query(ForeignQuery q, List<Plan.ForeignBase> bases, Catalog catalog) {
        String from = from(q.from(), bases, catalog);
        return q.grouped() ? "Aggregate on (" + from + ")" : from;
    }

    private static String from(ForeignQuery.From from, List<Plan.ForeignBase> bases, Catalog catalog) {
        return switch (from) {
            case ForeignQuery.From.Table t -> {
                Plan.ForeignTableBase base = bases.get(t.number()).tables().findFirst().orElseThrow();
                Relation r = catalog.relation(base.relation()).orElseThrow();
                String schema = catalog.schema(r.namespace()).map(s -> Identifiers.quote(s.name()) + ".").orElse("");
                yield schema + Identifiers.quote(r.name()) + (base.alias().equals(r.name()) ? "" : " " + Identifiers.quote(base.alias()));
            }
            case ForeignQuery.From.Join j -> "(" + from(j.left(), bases, catalog) + ") " + j.kind() + " JOIN (" + from(j.right(), bases, catalog) + ")";
            case ForeignQuery.From.Derived d -> derived(d, (Plan.ForeignDerivedBase) bases.get(d.number()), catalog);
        };
    }

    private static String derived(ForeignQuery.From.Derived d, Plan.ForeignDerivedBase base, Catalog catalog) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < d.parts().size(); i++) {
            String part = query(d.parts().get(i), base.parts().get(i), catalog);
            parts.add(d.parts().size() == 1 ? part : "(" + part + ")");
        }
        return String.join(" " + d.kind() + (d.all() ? " ALL " : " "), parts);
    }
}
