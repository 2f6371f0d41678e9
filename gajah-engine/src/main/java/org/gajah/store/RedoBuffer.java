package org.gajah.store;

import java.util.ArrayList;
import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.log.LogEntry;
import org.gajah.log.LogFrame;
import org.gajah.table.RelationId;

/**
 * A transaction's changes on their way to the log. What exceeds {@link #FRAGMENT_BYTES} goes there before the commit, as fragments; what a
 * savepoint takes back of that is named in the commit frame's trailer as a dead range.
 *
 * <p>Positions count the bytes of the transaction's whole redo stream.
 */
final class RedoBuffer {
    private static final int FRAGMENT_BYTES = 1 << 20;

    private record Range(long from, long to) {
    }

    private final ClusterStorage storage;
    private final StoreTransaction transaction;
    private final ByteSink bytes;
    private final List<Range> dead = new ArrayList<>();
    private long flushed;
    private int database;
    private int relation;
    private boolean relationKnown;

    /** Gathers in {@code bytes}, which are empty. */
    RedoBuffer(ClusterStorage storage, StoreTransaction transaction, ByteSink bytes) {
        this.bytes = bytes;
        this.storage = storage;
        this.transaction = transaction;
    }

    /** Begins a change of a relation; the caller appends the rest to the result. */
    ByteSink begin(Redo kind, RelationId id) {
        if (!relationKnown || database != id.database() || relation != id.relation()) {
            database = id.database();
            relation = id.relation();
            relationKnown = true;
            bytes.putByte(Redo.RELATION.ordinal()).putInt(database).putInt(relation);
        }
        return bytes.putByte(kind.ordinal());
    }

    /** Sends what has gathered to the log if it is much; between changes, outside of latches and gate. */
    void flushIfLarge() {
        if (bytes.size() >= FRAGMENT_BYTES) {
            LogEntry fragment = new LogEntry(LogFrame.FRAGMENT, transaction.xid(), false, Slice.of(bytes.toBytes())) {
                @Override
                protected void published() {
                    storage.noteFragment(transaction.xid(), position());
                }
            };
            storage.log().append(fragment);
            storage.log().await(fragment);
            flushed += bytes.size();
            bytes.clear();
            relationKnown = false;
        }
    }

    long position() {
        return flushed + bytes.size();
    }

    boolean isEmpty() {
        return position() == 0;
    }

    boolean hasFragments() {
        return flushed > 0;
    }

    /** Forgets what was written from {@code position} on. */
    void cutBack(long position) {
        if (position >= flushed) {
            bytes.truncate((int) (position - flushed));
        } else {
            dead.add(new Range(position, flushed));
            bytes.clear();
        }
        relationKnown = false;
    }

    /** The last part and the trailer: dead ranges, and their number in the last four bytes. */
    Slice finish() {
        for (Range range : dead) {
            bytes.putLong(range.from()).putLong(range.to());
        }
        bytes.putInt(dead.size());
        return bytes.view();
    }
}
