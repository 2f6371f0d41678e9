package org.gajah.store;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.gajah.base.FailureLatch;
import org.gajah.txn.SnapshotRegistry;

/** Clears away what committed transactions have left for older snapshots, in commit order, as soon as there are none. */
final class Purger {
    private record Work(long csn, List<UndoRecord> records) {
    }

    private final SnapshotRegistry snapshots;
    private final FailureLatch failures;
    private final ConcurrentLinkedQueue<Work> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final ReentrantLock running = new ReentrantLock();
    private long horizon;

    Purger(SnapshotRegistry snapshots, FailureLatch failures) {
        this.snapshots = snapshots;
        this.failures = failures;
    }

    /** Takes over a committed transaction's steps; called in commit order. */
    void add(long csn, List<UndoRecord> records) {
        if (!records.isEmpty()) {
            queue.add(new Work(csn, records));
            length.incrementAndGet();
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Transactions that wait to be purged. */
    int backlog() {
        return length.get();
    }

    /** Shows the steps of every transaction that waits to be purged, in commit order; some may be purged already. */
    void forEach(Consumer<List<UndoRecord>> visitor) {
        queue.forEach(work -> visitor.accept(work.records()));
    }

    /** A session's help: purges what can be, at most so many steps, unless somebody else is at it. */
    void help(int steps) {
        run(steps, false);
    }

    /** Purges all that can be, unless somebody else is at it. */
    void run() {
        run(Integer.MAX_VALUE, true);
    }

    private void run(int steps, boolean thorough) {
        if (queue.isEmpty() || failures.isSet() || !running.tryLock()) {
            return;
        }
        try {
            horizon = snapshots.horizon(horizon);
            int left = steps;
            for (Work work = queue.peek(); work != null && work.csn() <= horizon && left > 0; work = queue.peek()) {
                if (work.records().size() > left && !thorough) {
                    return;
                }
                for (UndoRecord record : work.records()) {
                    record.purge();
                }
                left -= work.records().size();
                queue.poll();
                length.decrementAndGet();
            }
        } catch (RuntimeException | Error e) {
            failures.fail(e);
        } finally {
            running.unlock();
        }
    }
}
