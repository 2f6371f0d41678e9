package org.gajah.txn;

import java.util.Arrays;
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

    /** The oldest and the newest snapshot that one transaction holds. */
    public static final class Slot {
        private volatile long oldest = EMPTY;
        private volatile long newest;

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

    /** The newest csn, or {@code least} if that is beyond; held by the slot if the slot was empty (else something older is held already). */
    public long acquire(Slot slot, long least) {
        if (slot.oldest != EMPTY) {
            slot.newest = Long.MAX_VALUE;
            long csn = Math.max(clock.last(), least);
            slot.newest = csn;
            return csn;
        }
        slot.oldest = PENDING;
        long csn = Math.max(clock.last(), least);
        slot.newest = csn;
        slot.oldest = csn;
        return csn;
    }

    /** Says which are now the oldest and the newest snapshot of the slot; {@link Long#MAX_VALUE} as the oldest for none. */
    public void hold(Slot slot, long oldest, long newest) {
        slot.newest = newest;
        slot.oldest = oldest;
    }

    /**
     * Which snapshots were held at a moment; later ones are not older than {@code last}.
     *
     * @param ranges oldest and newest of each holder
     */
    public record Held(long last, long[] ranges) {
        /** Whether nobody sees a commit and does not see a later one (or the same). */
        public boolean areSame(long earlier, long later) {
            if (later > last) {
                return false;
            }
            for (int i = 0; i < ranges.length; i += 2) {
                if (ranges[i] < later && ranges[i + 1] >= earlier) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The snapshots held now. A holder that is just deciding counts as one that may hold any. */
    public Held held() {
        long last = clock.last();
        long[] ranges = new long[16];
        int n = 0;
        for (Slot slot : all) {
            long newest = slot.newest;
            long oldest = slot.oldest;
            if (oldest == EMPTY) {
                continue;
            }
            if (n == ranges.length) {
                ranges = Arrays.copyOf(ranges, n * 2);
            }
            ranges[n++] = oldest;
            ranges[n++] = oldest == PENDING ? Long.MAX_VALUE : Math.max(newest, slot.newest);
        }
        return new Held(last, Arrays.copyOf(ranges, n));
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
