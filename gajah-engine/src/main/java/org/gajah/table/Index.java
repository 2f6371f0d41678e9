package org.gajah.table;

import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.txn.Transaction;

/**
 * An index within transactions. Entries are not versioned: there is an entry for the key of every version that somebody may still
 * see, and possibly stale ones; a reader fetches the row under its snapshot, encodes its key and drops the row unless it equals the
 * entry's key. (Without that a row whose key changed comes twice.)
 *
 * <p>The writer of a row keeps the index: INSERT inserts the key; UPDATE that changes the key inserts the new and removes the old
 * one; DELETE removes it.
 */
public interface Index {
    RelationId id();

    /** Adds the entry now (visible to scans at once); undone by rollback. Keys over {@link EntryTree#MAX_KEY_LENGTH} are 54000. */
    void insert(Transaction transaction, Slice key, long tid);

    /**
     * Adds some entries of a sorted batch, from number {@code from} on, faster than one by one; gives the number of the first that was not
     * added and needs {@link #insert}. As {@link EntryTree#insertSome}.
     */
    int insertSome(Transaction transaction, EntryBatch entries, int from, Optional<KeyGuard> guard);

    /** Says that {@code transaction} has made the entry obsolete: it disappears when nobody can see the old version any more. */
    void remove(Transaction transaction, Slice key, long tid);

    /** The tids of the entries with exactly {@code key}: see {@link EntryTree#find}. */
    int find(Slice key, long fromTid, long[] tids);

    /**
     * Adds entries in order to an index that this transaction has created and nobody else knows; returns how many. Much faster when
     * the index is empty; what does not fit into memory at once comes in several sorted runs.
     */
    long load(Transaction transaction, SortedEntries entries);

    /** The entries of a range. */
    IndexScan scan(KeyRange range);

    /** Pages now. */
    long pageCount();

    /** Entries, roughly. */
    long entryEstimate();

    /** Walks the whole structure and throws XX002 for the first thing that is wrong. */
    void verify();
}
