package org.gajah.txn;

/** Says whether somebody's row lock forbids a transaction to change a row. */
@FunctionalInterface
public interface WriteGuard {
    /** Nobody locks rows. */
    WriteGuard NONE = (database, relation, tid, keyChange) -> false;

    /**
     * Asked by the store under the row's page latch, right before the change; who locks a row locks first and looks at the row
     * after, so one of the two sees the other. Must not wait.
     *
     * @param keyChange whether the change deletes the row or changes what foreign keys may refer to
     */
    boolean forbids(int database, int relation, long tid, boolean keyChange);
}
