package org.gajah.table;

import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

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

    /**
     * Adds entries of a sorted batch from number {@code from} on and gives the number of the first that was not added, which may be
     * {@code from}: it was there already, too long, another entry of its key was there though a {@code guard} asks for none, the guard
     * said no, or the tree saw fit to stop. Nothing is thrown once an entry was added.
     */
    default int insertSome(EntryBatch entries, int from, Optional<KeyGuard> guard) {
        return from;
    }

    /** Takes an entry away; false if it was not there. */
    boolean remove(Slice key, long tid);

    /**
     * The tids of the entries with exactly {@code key}, in order, from {@code fromTid} on: a point lookup without a scan's cost.
     *
     * @return how many were put into {@code tids}; fewer than its length means that there are no more
     */
    default int find(Slice key, long fromTid, long[] tids) {
        BytesVector keys = new BytesVector(64);
        LongVector batch = new LongVector(64);
        int found = 0;
        try (IndexScan scan = scan(KeyRange.exactly(key))) {
            for (int n = scan.next(keys, batch, 64); n > 0 && found < tids.length; n = scan.next(keys, batch, 64)) {
                for (int i = 0; i < n && found < tids.length; i++) {
                    if (batch.values[i] >= fromTid) {
                        tids[found++] = batch.values[i];
                    }
                }
            }
        }
        return found;
    }

    /**
     * Adds entries in order to a tree that nobody uses yet; returns how many. Much faster when the tree is empty. Unlike the others
     * it must be called outside the change gate, which it passes step by step.
     */
    default long load(SortedEntries entries) {
        long count = 0;
        while (entries.next()) {
            count += insert(entries.key(), entries.tid()) ? 1 : 0;
        }
        return count;
    }

    /** The entries of a range. */
    IndexScan scan(KeyRange range);

    /** Entries, roughly. */
    long entryEstimate();

    /** Walks the whole structure and throws XX002 for the first thing that is wrong; for tests and gajah_check. */
    void verify();
}
