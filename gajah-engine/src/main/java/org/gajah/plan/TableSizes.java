package org.gajah.plan;

import org.gajah.catalog.Relation;

/** What a plan depends on besides the catalogs: how large tables are right now, roughly, and the session's settings. */
public interface TableSizes {
    /** Rows. */
    double rows(Relation relation);

    /** Pages. */
    double pages(Relation relation);

    /** The settings that choose between plans. */
    default PlanSettings settings() {
        return PlanSettings.DEFAULT;
    }
}
