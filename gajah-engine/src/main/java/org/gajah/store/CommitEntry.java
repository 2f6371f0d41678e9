package org.gajah.store;

import org.gajah.log.LogEntry;
import org.gajah.log.LogFrame;
import org.gajah.table.CommitOptions;

/** A transaction's commit on its way through the log. */
final class CommitEntry extends LogEntry {
    private final ClusterStorage storage;
    private final StoreTransaction transaction;
    private final CommitOptions how;

    CommitEntry(ClusterStorage storage, StoreTransaction transaction, boolean synchronous, CommitOptions how) {
        super(LogFrame.COMMIT, transaction.xid(), synchronous && transaction.hasLogged(), transaction.redo().finish());
        this.storage = storage;
        this.transaction = transaction;
        this.how = how;
    }

    @Override
    protected void ordered() {
        how.ordered().run();
    }

    @Override
    protected void written() {
        storage.written(transaction, csn());
    }

    @Override
    protected void published() {
        storage.publish(transaction, csn(), how.published());
    }
}
