package org.gajah.table;

import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** The rows of one relation. Safe for any number of sessions. */
public interface Table {
    RelationId id();

    /** The layout this handle was asked for with. */
    RowLayout layout();

    /**
     * Inserts all selected rows; {@code rows} has one column for every attribute of the layout (what stands in dropped ones is
     * ignored). {@code tids[i]} becomes the tid of the i-th selected row.
     */
    void insert(Transaction transaction, Batch rows, long[] tids);

    /**
     * Replaces the row at {@code tid}, all attributes, by one row of {@code rows}. What {@code snapshot} does not see is a
     * conflict; a READ COMMITTED retry passes a newer snapshot.
     *
     * @param keyChange whether a column changes that foreign keys may refer to: FOR KEY SHARE protects from that only
     */
    TupleOutcome update(Transaction transaction, Snapshot snapshot, long tid, Batch rows, int row, boolean keyChange);

    /** As above, for whoever does not know whether a key changes. */
    default TupleOutcome update(Transaction transaction, Snapshot snapshot, long tid, Batch rows, int row) {
        return update(transaction, snapshot, tid, rows, row, true);
    }

    /**
     * Deletes the row at {@code tid}.
     *
     * @param moves whether that is because it goes to another partition: {@link TupleOutcome.Deleted} says so to others, as long as they may ask
     */
    TupleOutcome delete(Transaction transaction, Snapshot snapshot, long tid, boolean moves);

    /** As above, for a row that goes nowhere. */
    default TupleOutcome delete(Transaction transaction, Snapshot snapshot, long tid) {
        return delete(transaction, snapshot, tid, false);
    }

    /** What {@link #delete} or {@link #update} would answer now, changing nothing: for row locks. */
    TupleOutcome check(Transaction transaction, Snapshot snapshot, long tid);

    /** Reads the version that {@code snapshot} sees into row {@code row} of {@code out}; false if there is none. */
    boolean fetch(Snapshot snapshot, long tid, int[] attributes, Batch out, int row);

    /**
     * Reads the newest version, whoever wrote it, into row {@code row} of {@code out} (undefined if the state is Dead; the last
     * values if it is being deleted), seen by {@code transaction}.
     */
    RowState fetchNewest(Transaction transaction, long tid, int[] attributes, Batch out, int row);

    /** The xid that wrote the visible version ({@code xmin}), for each of the tids, into a LONG vector at the same rows. */
    void writers(Snapshot snapshot, long[] tids, int count, Vector out);

    /** Scans {@code pages} for what {@code snapshot} sees. */
    TableScan scan(Snapshot snapshot, int[] attributes, PageRange pages);

    /** Pages now. */
    long pageCount();

    /** Live rows, roughly. */
    long rowEstimate();

    /** Rows inserted, updated and deleted since {@link #analyzed}, or since the cluster was opened, roughly. */
    long changesSinceAnalyzed();

    /** Counts changes from now on. */
    void analyzed();
}
