package org.gajah.exec;

import org.gajah.analyze.Query.RowMark;
import org.gajah.table.RelationId;

/** Waiting for other transactions, and locks on rows: the lock manager as the executor uses it. */
public interface RowLocks {
    /** Returns when the transaction with this id has ended (or has undone a part); may throw 40P01, 55P03 or 57014. */
    void waitFor(long xid, RelationId relation, long tid);

    /**
     * Locks a row until the transaction ends. False only under SKIP LOCKED; NOWAIT raises 55P03. The row is to be read again
     * afterwards.
     */
    boolean lock(RelationId relation, String relationName, long tid, RowMark.Strength strength, RowMark.Wait wait, Writer writer);

    /**
     * Waits in order of arrival until the row can be changed: until transaction {@code xid}, which has changed it, has ended, or, if
     * that is 0, until nobody's row lock forbids it. The row is then locked against others, and to be tried again.
     *
     * @param keyChange whether the change deletes it or changes a key that foreign keys may refer to
     */
    void awaitRow(long xid, RelationId relation, long tid, boolean keyChange);

    /** How many locks the transaction has taken. */
    int mark();

    /** Gives back the locks taken since there were so many. */
    void release(int mark);

    /** Looks who is changing a row, in a way that conflicts with the lock wanted. */
    @FunctionalInterface
    interface Writer {
        /** The transaction's id, or 0; called several times, without anything held. */
        Change conflicting();
    }

    /** A change under way: {@code xid} 0 is none. */
    record Change(long xid, boolean ofKey) {
        public static final Change NONE = new Change(0, false);
    }
}
