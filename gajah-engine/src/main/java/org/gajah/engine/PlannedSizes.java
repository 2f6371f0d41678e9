package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;

import org.gajah.catalog.CatalogView;
import org.gajah.exec.Relations;
import org.gajah.plan.PlannedStatement;
import org.gajah.plan.RelationUse;
import org.gajah.table.Table;

/** How large a plan's tables were when it was made: a plan for a small table is a bad one once the table has grown. */
final class PlannedSizes {
    /** So many pages are nothing to plan anew for. */
    private static final long SLACK_PAGES = 16;

    private final List<Table> tables = new ArrayList<>();
    private final List<Long> pages = new ArrayList<>();

    private PlannedSizes() {
    }

    static PlannedSizes of(PlannedStatement plan, CatalogView catalog, Relations relations) {
        PlannedSizes sizes = new PlannedSizes();
        for (RelationUse use : plan.relations()) {
            catalog.relation(use.oid()).filter(r -> r.storageId() != 0 && r.kind() != 'S').ifPresent(r -> {
                Table table = relations.table(r);
                sizes.tables.add(table);
                sizes.pages.add(table.pageCount());
            });
        }
        return sizes;
    }

    /** Whether a table has doubled or halved, small ones aside. */
    boolean haveChanged() {
        for (int i = 0; i < tables.size(); i++) {
            long before = pages.get(i);
            long now = tables.get(i).pageCount();
            if (now > before * 2 + SLACK_PAGES || before > now * 2 + SLACK_PAGES) {
                return true;
            }
        }
        return false;
    }
}
