package org.gajah.store;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;

/** Entries that one transaction has added to one index: as one step, for taking back. */
final class InsertedRun extends UndoRecord {
    private static final int FULL = 1 << 20;

    /** Receives the entries of a run. */
    @FunctionalInterface
    interface Visitor {
        void entry(Slice key, long tid);
    }

    private final StoredIndex index;
    private final ByteSink bytes = new ByteSink(64);
    /** Bytes of entries that rollback has taken back already; changed inside the gate. */
    private int takenBack;

    InsertedRun(StoredIndex index) {
        this.index = index;
    }

    StoredIndex index() {
        return index;
    }

    boolean isFull() {
        return bytes.size() > FULL;
    }

    void append(Slice key, long tid) {
        bytes.putShort(key.length()).put(key).putLong(tid);
    }

    /** Goes through the entries that have not been taken back; the keys are not to be kept. */
    void visit(Visitor visitor) {
        ByteSource in = new ByteSource(bytes.view(takenBack));
        while (in.remaining() > 0) {
            Slice key = in.getSlice(in.getShort() & 0xffff);
            visitor.entry(key, in.getLong());
        }
    }

    @Override
    void undo() {
        visit((key, tid) -> index.take(key, tid, () -> takenBack += 2 + key.length() + 8));
    }

    @Override
    void purge() {
        // the entries are there to stay
    }
}
