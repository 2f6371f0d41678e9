package org.gajah.exec;

import org.gajah.analyze.Query.RowMark;
import org.gajah.table.RelationId;

/** Waiting for other transactions, and locks on rows: the lock manager as the executor uses it. */
public interface RowLocks {
    /** Returns when the transaction with this id has ended; may throw 40P01, 55P03 or 57014. */
    void waitFor(long xid, RelationId relation, long tid);

    /** Whether the lock was got; false only under SKIP LOCKED. NOWAIT raises 55P03. Held to the transaction's end. */
    boolean lock(RelationId relation, String relationName, long tid, RowMark.Strength strength, RowMark.Wait wait);

    /**
     * Whether another transaction holds a lock on the row that conflicts with changing it: {@code keyChange} if the change
     * deletes the row or changes a key that foreign keys may refer to. Waits until none does, then holds the row.
     */
    void beforeChange(RelationId relation, long tid, boolean keyChange);
}
