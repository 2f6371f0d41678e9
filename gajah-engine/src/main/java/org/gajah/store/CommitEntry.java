package org.gajah.store;

import java.util.List;

import org.gajah.base.Slice;
import org.gajah.log.LogEntry;
import org.gajah.log.LogFrame;

/** A transaction's commit on its way through the log. */
final class CommitEntry extends LogEntry {
    private final ClusterStorage storage;
    private final StoreTransaction transaction;
    private final List<Slice> notifications;

    CommitEntry(ClusterStorage storage, StoreTransaction transaction, boolean synchronous, List<Slice> notifications) {
        super(LogFrame.COMMIT, transaction.xid(), synchronous && !transaction.redo().isEmpty(), transaction.redo().finish());
        this.storage = storage;
        this.transaction = transaction;
        this.notifications = notifications;
    }

    @Override
    protected void published() {
        storage.publish(transaction, csn(), notifications);
    }
}
