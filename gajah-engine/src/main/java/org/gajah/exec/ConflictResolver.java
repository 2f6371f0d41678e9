package org.gajah.exec;

import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** ON CONFLICT. */
interface ConflictResolver {
    void begin();

    void insert(Batch child, Batch rows);

    Selection affected();

    Batch newRows();

    LongVector tids();

    Batch oldRows();

    LongVector oldTids();
}
