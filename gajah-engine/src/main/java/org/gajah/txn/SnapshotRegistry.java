package org.gajah.txn;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which snapshots are held, so that purge knows what nobody can see any more.
 *
 * <p>A holder first marks its slot as pending and only then reads the clock: a purger that saw the slot empty had read the clock
 * earlier, so its horizon is not after the snapshot.
 */
public final class SnapshotRegistry {
    private static final long EMPTY = Long.MAX_VALUE;
    private static final long PENDING = -1;

    /** The oldest snapshot that one transaction holds. */
    public static final class Slot {
        private volatile long oldest = EMPTY;

        private Slot() {
        }
    }

    private final CommitClock clock;
    private final CopyOnWriteArrayList<Slot> all = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<Slot> free = new ConcurrentLinkedDeque<>();

    public SnapshotRegistry(CommitClock clock) {
        this.clock = clock;
    }

    /** A slot for a transaction; to be given back by {@link #leave}. */
    public Slot join() {
        Slot slot = free.pollFirst();
        if (slot == null) {
            slot = new Slot();
            all.add(slot);
        }
        return slot;
    }

    public void leave(Slot slot) {
        slot.oldest = EMPTY;
        free.addFirst(slot);
    }

    /** The newest csn, held by the slot if the slot was empty (else something older is held already). */
    public long acquire(Slot slot) {
        if (slot.oldest != EMPTY) {
            return clock.last();
        }
        slot.oldest = PENDING;
        long csn = clock.last();
        slot.oldest = csn;
        return csn;
    }

    /** Says that {@code oldest} is now the oldest snapshot of the slot; {@link Long#MAX_VALUE} for none. */
    public void hold(Slot slot, long oldest) {
        slot.oldest = oldest;
    }

    /** The newest csn that every holder, present or future, sees; {@code previous} while a holder is just deciding. */
    public long horizon(long previous) {
        long horizon = clock.last();
        for (Slot slot : all) {
            long oldest = slot.oldest;
            if (oldest == PENDING) {
                return previous;
            }
            horizon = Math.min(horizon, oldest);
        }
        return horizon;
    }
}
