package org.gajah.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.gajah.txn.TransactionState;

/**
 * How much memory undo takes, and where it goes when that is too much: versions of a page's rows, steps of transactions and index entries
 * are then written to the {@link SpillFile}, and read back when somebody needs them.
 *
 * <p>Versions in the file name their writers by id; what becomes of a writer that was running is looked up here.
 */
final class UndoMemory {
    private final long budget;
    private final SpillFile file;
    private final LongAdder used = new LongAdder();
    /** Writers that were running when a version of theirs went to the file, until nothing of them can be left there. */
    private final Map<Long, TransactionState> writers = new ConcurrentHashMap<>();

    UndoMemory(long budget, SpillFile file) {
        this.budget = budget;
        this.file = file;
    }

    long budget() {
        return budget;
    }

    SpillFile file() {
        return file;
    }

    /** Counts bytes that came (or, if negative, went). */
    void count(long bytes) {
        used.add(bytes);
    }

    long used() {
        return used.sum();
    }

    /** Whether something should go to the file. */
    boolean isTight() {
        return used.sum() > budget;
    }

    /** Whether what has gone to the file so far was not enough. */
    boolean isVeryTight() {
        return used.sum() > 2 * budget;
    }

    /** Notes who wrote a version that goes to the file. */
    void keep(TransactionState writer) {
        if (writer.csn() >= TransactionState.ROLLED_BACK) {
            writers.putIfAbsent(writer.xid(), writer);
        }
    }

    /** The writer of a version that comes from the file. */
    TransactionState writer(long xid, long csn) {
        if (csn < TransactionState.ROLLED_BACK) {
            TransactionState state = new TransactionState(xid);
            state.end(csn);
            return state;
        }
        TransactionState state = writers.get(xid);
        if (state == null) {
            throw new IllegalStateException("nobody knows transaction " + xid);
        }
        return state;
    }

    /** What transactions up to {@code csn} have left behind is purged. */
    void forgetWriters(long csn) {
        if (!writers.isEmpty()) {
            writers.values().removeIf(state -> state.csn() <= csn || state.csn() == TransactionState.ROLLED_BACK);
        }
    }
}
