package org.gajah.store;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.FailureLatch;
import org.gajah.page.ChangeGate;
import org.gajah.txn.SnapshotRegistry;

/**
 * Clears away what committed transactions have left for older snapshots, in commit order, as soon as there are none; sends it to the file
 * of {@link UndoMemory} if that takes long.
 */
final class Purger {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.store");
    /** Steps between two looks at the memory. */
    private static final int STRETCH = 1024;
    /** What a transaction's work takes in memory, roughly, and a run of index entries. */
    private static final int WORK_BYTES = 500;
    private static final int RUN_BYTES = 300;
    /** How long somebody who makes more of it waits for the purge when memory is very short. */
    private static final int SLOWED_MILLIS = 20;
    /** Works that wait are put together up to this many steps. */
    private static final int MERGED_STEPS = 1 << 20;

    /**
     * What one transaction, or several that followed each other, have left.
     *
     * @param obsolete the entries that end, also read by checkpoints: changed inside the gate
     */
    private record Work(long csn, UndoLog log, List<EntryRun> obsolete) {
    }

    private final SnapshotRegistry snapshots;
    private final FailureLatch failures;
    private final UndoMemory memory;
    private final ChangeGate gate;
    /** What commits have added. */
    private final ConcurrentLinkedDeque<Work> fresh = new ConcurrentLinkedDeque<>();
    /** What waits for longer, before {@link #fresh}; its works have gone to the file as far as that was needed. */
    private final ConcurrentLinkedDeque<Work> waiting = new ConcurrentLinkedDeque<>();
    private final ReentrantLock running = new ReentrantLock();
    private long horizon;

    Purger(SnapshotRegistry snapshots, FailureLatch failures, UndoMemory memory, ChangeGate gate) {
        this.snapshots = snapshots;
        this.failures = failures;
        this.memory = memory;
        this.gate = gate;
    }

    /** Takes over a committed transaction's steps; called in commit order. */
    void add(long csn, UndoLog log, List<EntryRun> obsolete) {
        if (!log.isEmpty()) {
            Work work = new Work(csn, log, obsolete);
            memory.count(cost(work));
            fresh.add(work);
        }
    }

    private static long cost(Work work) {
        return WORK_BYTES + (long) work.obsolete().size() * RUN_BYTES;
    }

    boolean isEmpty() {
        return fresh.isEmpty() && waiting.isEmpty();
    }

    /** Shows the entries that will end with what waits to be purged; some may be gone already. The gate is closed. */
    void forEachObsolete(Consumer<EntryRun> visitor) {
        waiting.forEach(work -> work.obsolete().forEach(visitor));
        fresh.forEach(work -> work.obsolete().forEach(visitor));
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
        if (isEmpty() || failures.isSet() || !running.tryLock()) {
            return;
        }
        try {
            horizon = snapshots.horizon(horizon);
            long left = steps;
            for (Work work = first(); work != null && work.csn() <= horizon && left > 0; work = first()) {
                long weight = work.log().left();
                if (weight > left && !thorough) {
                    return;
                }
                purge(work);
                left -= weight;
            }
        } catch (RuntimeException | Error e) {
            if (!(e instanceof SqlError known && known.state() == SqlState.DISK_FULL)) {
                failures.fail(e);
            }
            // else what was not reached is tried again
        } finally {
            running.unlock();
        }
    }

    private Work first() {
        Work work = waiting.peekFirst();
        return work == null ? fresh.peekFirst() : work;
    }

    private void purge(Work work) {
        while (work.log().left() > 0) {
            work.log().purge(horizon, STRETCH);
            if (memory.isTight()) {
                work.log().spillAgain();
            }
        }
        memory.count(-cost(work));
        if (!waiting.remove(work)) {
            fresh.remove(work);
        }
        memory.forgetWriters(work.csn());
    }

    /** Sends what was fetched back for a purge or a rollback to the file again. */
    static void spillAgain(UndoLog log) {
        try {
            log.spillAgain();
        } catch (SqlError e) {
            LOGGER.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    /** Sends what waits to the file if memory is short, unless somebody is purging: then callers go slower when it is very short. */
    void relieve() {
        if (!memory.isTight() || failures.isSet() || !mayRun()) {
            return;
        }
        try {
            for (Work work = fresh.peekFirst(); work != null && memory.isTight(); work = fresh.peekFirst()) {
                Work grown = moveToWaiting(work);
                grown.log().spill(false);
            }
        } catch (SqlError e) {
            // nobody's statement fails for this: what is not in the file is still in memory
            LOGGER.log(System.Logger.Level.WARNING, e.getMessage());
        } finally {
            running.unlock();
        }
    }

    private boolean mayRun() {
        try {
            return running.tryLock() || memory.isVeryTight() && running.tryLock(SLOWED_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Moves a work, which the last one that waits takes in if both are small. */
    private Work moveToWaiting(Work work) {
        long ticket = gate.enter();
        try {
            Work last = waiting.peekLast();
            Work moved = work;
            if (last != null && last.log().left() + work.log().left() <= MERGED_STEPS) {
                memory.count(-cost(last));
                last.log().append(work.log(), last.obsolete());
                memory.count(-cost(work));
                moved = new Work(work.csn(), last.log(), last.obsolete());
                memory.count(cost(moved));
                waiting.pollLast();
            }
            fresh.pollFirst();
            waiting.addLast(moved);
            return moved;
        } finally {
            gate.leave(ticket);
        }
    }
}
