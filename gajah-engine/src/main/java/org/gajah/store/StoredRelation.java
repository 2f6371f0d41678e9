package org.gajah.store;

import org.gajah.table.RelationId;

/** A relation that exists: a table, an index or a sequence. */
abstract sealed class StoredRelation permits HeapTable, StoredIndex, StoredSequence {
    private final RelationId id;
    private volatile boolean dropped;

    StoredRelation(RelationId id) {
        this.id = id;
    }

    public final RelationId id() {
        return id;
    }

    final boolean isDropped() {
        return dropped;
    }

    final void markDropped() {
        dropped = true;
    }
}
