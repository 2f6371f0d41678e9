package org.gajah.txn;

/**
 * Told about every end of a transaction that had an id, for releasing locks and waking waiters.
 * Commits are told in commit order, as soon as they have their place in the log: before they are durable and visible, but sure unless the
 * disk fails and the cluster is shut. Implementations are short and wait for nobody.
 */
public interface TransactionListener {
    /** Ignores everything. */
    TransactionListener NONE = (transaction, committed) -> { };

    /** {@code transaction} has ended. */
    void ended(Transaction transaction, boolean committed);
}
