package org.gajah.plan;

import org.gajah.catalog.Relation;

/** How large tables are right now, roughly. */
public interface TableSizes {
    /** Rows. */
    double rows(Relation relation);

    /** Pages. */
    double pages(Relation relation);
}
