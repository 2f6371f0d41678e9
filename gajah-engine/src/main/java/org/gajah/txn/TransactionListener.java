package org.gajah.txn;

import java.util.List;

import org.gajah.base.Slice;

/**
 * Told about every end of a transaction that had an id, for releasing locks, waking waiters and delivering notifications.
 * Commits are told by the log writer in commit order, after they are visible and before the committing session goes on:
 * implementations are short and wait for nobody.
 */
public interface TransactionListener {
    /** Ignores everything. */
    TransactionListener NONE = (transaction, committed, notifications) -> { };

    /** {@code transaction} has ended; {@code notifications} are those handed to commit, empty after a rollback. */
    void ended(Transaction transaction, boolean committed, List<Slice> notifications);
}
