package org.gajah.txn;

/**
 * Told about every end of a transaction that had an id, for releasing locks and waking waiters.
 * Commits are told by the log writer in commit order, after they are visible and before the committing session goes on:
 * implementations are short and wait for nobody.
 */
public interface TransactionListener {
    /** Ignores everything. */
    TransactionListener NONE = (transaction, committed) -> { };

    /** {@code transaction} has ended. */
    void ended(Transaction transaction, boolean committed);
}
