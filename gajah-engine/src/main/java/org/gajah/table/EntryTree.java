package org.gajah.table;

import org.gajah.base.Slice;

/**
 * A set of (key, tid) entries in key order, unversioned: what an index method implements, over a {@code PageSpace}. Safe for any
 * number of threads; each call is atomic towards the others. The caller is inside the
 * change gate ({@link org.gajah.page.ChangeGate}) during {@link #insert} and {@link #remove}, so that checkpoints see whole calls.
 */
public interface EntryTree {
    /** The longest key. */
    int MAX_KEY_LENGTH = 2700;

    /** Adds an entry; false if it was there. */
    boolean insert(Slice key, long tid);

    /** Takes an entry away; false if it was not there. */
    boolean remove(Slice key, long tid);

    /** The entries of a range. */
    IndexScan scan(KeyRange range);

    /** Entries, roughly. */
    long entryEstimate();

    /** Walks the whole structure and throws XX002 for the first thing that is wrong; for tests and gajah_check. */
    void verify();
}
