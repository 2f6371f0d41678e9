package org.gajah.store;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;

/** Entries that one transaction has added to one index: as one step, for taking back. */
final class InsertedRun extends UndoRecord {
    private static final int FULL = 1 << 20;
    private static final int REVIVED = 0x8000;

    /** Receives the entries of a run. */
    @FunctionalInterface
    interface Visitor {
        void entry(Slice key, long tid, boolean revived);
    }

    private final StoredIndex index;
    private final ByteSink bytes = new ByteSink(64);

    InsertedRun(StoredIndex index) {
        this.index = index;
    }

    StoredIndex index() {
        return index;
    }

    boolean isFull() {
        return bytes.size() > FULL;
    }

    void append(Slice key, long tid, boolean revived) {
        bytes.putShort(key.length() | (revived ? REVIVED : 0)).put(key).putLong(tid);
    }

    /** Goes through the entries; the keys are not to be kept. */
    void visit(Visitor visitor) {
        ByteSource in = new ByteSource(bytes.view());
        while (in.remaining() > 0) {
            int length = in.getShort();
            Slice key = in.getSlice(length & ~REVIVED & 0xffff);
            visitor.entry(key, in.getLong(), (length & REVIVED) != 0);
        }
    }

    @Override
    void undo() {
        visit((key, tid, revived) -> index.take(key, tid));
    }

    @Override
    void purge() {
        // the entries are there to stay
    }
}
