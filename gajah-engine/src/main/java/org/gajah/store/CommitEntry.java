package org.gajah.store;

import java.util.Optional;
import java.util.function.LongConsumer;

import org.gajah.log.LogEntry;
import org.gajah.log.LogFrame;

/** A transaction's commit on its way through the log. */
final class CommitEntry extends LogEntry {
    private final ClusterStorage storage;
    private final StoreTransaction transaction;
    private final Optional<LongConsumer> hook;

    CommitEntry(ClusterStorage storage, StoreTransaction transaction, boolean synchronous, Optional<LongConsumer> hook) {
        super(LogFrame.COMMIT, transaction.xid(), synchronous && transaction.hasLogged(), transaction.redo().finish());
        this.storage = storage;
        this.transaction = transaction;
        this.hook = hook;
    }

    @Override
    protected void published() {
        storage.publish(transaction, csn(), hook);
    }
}
