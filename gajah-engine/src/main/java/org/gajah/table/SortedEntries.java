package org.gajah.table;

import org.gajah.base.Slice;

/** Index entries in order, by key and then tid, for building an index; one that comes twice counts once. */
public interface SortedEntries {
    /** Goes to the next entry; false if there are no more. */
    boolean next();

    /** The entry's key; valid until {@link #next}. */
    Slice key();

    long tid();
}
