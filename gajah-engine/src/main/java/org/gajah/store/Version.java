package org.gajah.store;

import java.util.stream.LongStream;

import org.gajah.txn.Snapshot;
import org.gajah.txn.TransactionState;

/**
 * One change of a row (or, for inserts, of neighbouring rows of a page) that somebody may not see yet, with what undoes it. The versions
 * of a row hang together from the newest to the oldest; a row without any is visible to all. Guarded by the page's latch.
 */
final class Version {
    static final byte[] NOTHING = new byte[0];
    /** What an object takes, roughly. */
    private static final int OBJECT_BYTES = 88;

    /** What was done. */
    enum Kind {
        INSERT, UPDATE, DELETE
    }

    final TransactionState writer;
    final int commandId;
    final Kind kind;
    /** The position among the writer's steps. */
    final long index;
    final int firstSlot;
    int lastSlot;
    /** For updates: the replaced values, a {@link TupleImage}, and the replaced version word. */
    final byte[] before;
    final long beforeWord;
    /** Bytes of the page's heap kept free so that {@link #before} can come back. */
    final int reserved;
    /** Whether the writer has, with this or before, deleted the row or changed what foreign keys may refer to. */
    boolean ofKey;
    /** Whether a deleted row is in another partition now. */
    boolean moved;
    /** Length of the chain from here on. */
    int depth;
    /** The version before this one; null if that is visible to all. */
    Version older;

    Version(TransactionState writer, int commandId, Kind kind, long index, int slot, byte[] before, long beforeWord, int reserved,
            Version older) {
        this.writer = writer;
        this.commandId = commandId;
        this.kind = kind;
        this.index = index;
        this.firstSlot = slot;
        this.lastSlot = slot;
        this.before = before;
        this.beforeWord = beforeWord;
        this.reserved = reserved;
        this.older = older;
        this.depth = older == null ? 1 : older.depth + 1;
        this.ofKey = kind == Kind.DELETE;
    }

    void setKeyChange(boolean keyChange) {
        ofKey = keyChange || older != null && older.writer == writer && older.ofKey;
    }

    boolean covers(int slot) {
        return slot >= firstSlot && slot <= lastSlot;
    }

    boolean isSeenBy(Snapshot snapshot) {
        return snapshot.sees(writer.xid(), writer.csn(), commandId);
    }

    /** The overflow values that an update has replaced. */
    LongStream pointers(RowFormat format) {
        LongStream.Builder found = LongStream.builder();
        if (kind == Kind.UPDATE) {
            TupleReader values = new TupleReader().reset(before, 0, format);
            while (values.next()) {
                if (values.isPointer()) {
                    found.add(TupleReader.getLong(values.bytes(), values.offset()));
                }
            }
            if (Extension.isIn(beforeWord)) {
                found.add(Extension.pointer(beforeWord));
            }
        }
        return found.build();
    }

    /** Bytes of memory, roughly. */
    int cost() {
        return OBJECT_BYTES + before.length;
    }
}
