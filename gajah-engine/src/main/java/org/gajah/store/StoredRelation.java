package org.gajah.store;

import java.util.Optional;

import org.gajah.table.RelationId;
import org.gajah.txn.TransactionState;

/** A relation that exists: a table, an index or a sequence. */
abstract sealed class StoredRelation permits HeapTable, StoredIndex, StoredSequence {
    private final RelationId id;
    private volatile boolean dropped;
    private volatile Optional<TransactionState> maker = Optional.empty();
    private volatile long madeAt;

    StoredRelation(RelationId id) {
        this.id = id;
    }

    public final RelationId id() {
        return id;
    }

    /** Says which transaction makes it, and how many steps that has done before. */
    final void madeBy(TransactionState transaction, long steps) {
        maker = Optional.of(transaction);
        madeAt = steps;
    }

    final long madeAt() {
        return madeAt;
    }

    /** Whether the transaction that makes it has not committed. */
    final boolean isBeingMade() {
        return maker.isPresent() && maker.get().csn() >= TransactionState.ROLLED_BACK;
    }

    /** Whether this transaction, still running, makes it. */
    final boolean isMadeBy(StoreTransaction transaction) {
        return maker.isPresent() && maker.get().xid() == transaction.xid();
    }

    final boolean isDropped() {
        return dropped;
    }

    final void markDropped() {
        dropped = true;
    }
}
