package org.gajah.txn.lock;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Parking;

/** The shared table of locks: taking and giving back a mode, under the mutex of one stripe each. */
final class LockTable {
    static final int STRIPES = 64;
    private static final int STRONG_COUNTERS = 1024;

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final AtomicIntegerArray strong = new AtomicIntegerArray(STRONG_COUNTERS);
    private final AtomicInteger objectLocks = new AtomicInteger();
    private final Owners owners;
    private final Parking parking;
    private final int maxObjectLocks;
    private final int maxRowLocksPerStripe;

    LockTable(Owners owners, Parking parking, int maxObjectLocks, int maxRowLocks) {
        this.owners = owners;
        this.parking = parking;
        this.maxObjectLocks = maxObjectLocks;
        this.maxRowLocksPerStripe = Math.max(1, maxRowLocks / STRIPES);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    Stripe stripe(LockTag tag) {
        return stripes[tag.hashCode() & STRIPES - 1];
    }

    Stripe stripe(int index) {
        return stripes[index];
    }

    int objectLocks() {
        return objectLocks.get();
    }

    int rowLocks() {
        int count = 0;
        for (Stripe stripe : stripes) {
            count += stripe.rowLocks();
        }
        return count;
    }

    /** How many strong modes are held or wanted in all. */
    int strongCount() {
        int sum = 0;
        for (int i = 0; i < STRONG_COUNTERS; i++) {
            sum += strong.get(i);
        }
        return sum;
    }

    /** Whether a strong mode on {@code tag}, or on something that shares its counter, is held or wanted. */
    boolean strongWanted(LockTag tag) {
        return strong.get(strongCounter(tag)) != 0;
    }

    private static int strongCounter(LockTag tag) {
        return tag.hashCode() >>> 6 & STRONG_COUNTERS - 1;
    }

    /** What is asked for: whose hold is implied first (0: nobody's), and how the mode is kept. */
    record Wanted(LockOwner owner, LockTag tag, LockMode mode, Hold.Duration duration, boolean onlyAwaits,
            long writerXid, LockMode writerMode) {
        static Wanted of(LockOwner owner, LockTag tag, LockMode mode, Hold.Duration duration) {
            return new Wanted(owner, tag, mode, duration, false, 0, mode);
        }
    }

    /**
     * Takes a mode if it can be had at once, or else joins the queue if {@code mayWait}. The request returned is granted,
     * waiting, or withdrawn (not to be had).
     */
    Request request(Wanted w, boolean mayWait) {
        Stripe stripe = stripe(w.tag);
        stripe.mutex.lock();
        try {
            Lock lock = findOrAdd(stripe, w.tag);
            Request request = new Request(w.owner, lock, w.mode, w.duration, w.onlyAwaits, parking.epochMicros());
            enterImplied(lock, w);
            request.state = decide(lock, request, mayWait);
            removeIfUnused(stripe, lock);
            return request;
        } finally {
            stripe.mutex.unlock();
        }
    }

    private Request.State decide(Lock lock, Request request, boolean mayWait) {
        LockOwner owner = request.owner;
        LockMode mode = request.mode;
        Hold mine = lock.holdOf(owner);
        request.repeated = mine != null && mine.hasForTransaction(mode);
        // With a writer entered as a holder, having the mode already does not settle it: both would have it.
        if (mine != null && mine.has(mode) && !(lock.tag.kind() == LockTag.Kind.TUPLE && lock.conflicts(owner, mode))) {
            mine.add(mode, request.duration);
            return Request.State.GRANTED;
        }
        boolean strongMode = countsAsStrong(lock.tag, mode);
        if (strongMode) {
            strong.incrementAndGet(strongCounter(lock.tag));
            moveFastModes(lock);
        }
        int place = lock.placeFor(owner, mode);
        if (place == Lock.AT_ONCE) {
            if (!request.onlyAwaits) {
                lock.holdToAdd(owner).add(mode, request.duration);
            }
            return Request.State.GRANTED;
        }
        Request opponent = mayWait ? lock.certainDeadlock(owner, mode) : Request.NOTHING;
        if (!mayWait || opponent != Request.NOTHING) {
            if (strongMode) {
                strong.decrementAndGet(strongCounter(lock.tag));
            }
            if (opponent != Request.NOTHING) {
                throw DeadlockCheck.error(List.of(new DeadlockSearch.Edge(request, opponent.owner), new DeadlockSearch.Edge(opponent, owner)));
            }
            return Request.State.WITHDRAWN;
        }
        lock.enqueue(place, request);
        return Request.State.WAITING;
    }

    private static boolean countsAsStrong(LockTag tag, LockMode mode) {
        return tag.kind() == LockTag.Kind.RELATION && mode.isStrong();
    }

    private void moveFastModes(Lock lock) {
        for (LockOwner owner : owners.all()) {
            for (int i = 0; i < FastSlots.CAPACITY; i++) {
                FastSlots.Slot slot = owner.slots.published(i);
                if (slot == null) {
                    break;
                }
                if (slot.tag.equals(lock.tag)) {
                    int modes = slot.moveOut();
                    if (modes != 0) {
                        lock.holdToAdd(owner).addTransactionModes(modes);
                    }
                }
            }
        }
    }

    /** Enters the hold that a transaction has by having written, so that the request queues behind it. */
    private void enterImplied(Lock lock, Wanted w) {
        if (w.writerXid == 0) {
            return;
        }
        Optional<LockOwner> writer = owners.running(w.writerXid);
        if (writer.isPresent() && writer.get() != w.owner) {
            Hold hold = lock.holdOf(writer.get());
            boolean there = hold != null && hold.has(w.writerMode);
            if (!there && writer.get().noteImplied(lock.tag, w.writerXid)) {
                lock.holdToAdd(writer.get()).add(w.writerMode, Hold.Duration.IMPLIED);
            }
        }
    }

    private Lock findOrAdd(Stripe stripe, LockTag tag) {
        Lock lock = stripe.find(tag);
        if (lock != null) {
            return lock;
        }
        if (tag.kind() == LockTag.Kind.TUPLE) {
            if (stripe.rowLocks() >= maxRowLocksPerStripe) {
                throw new SqlError(SqlState.OUT_OF_MEMORY, "out of shared memory")
                        .hint("You might need to increase \"max_row_locks\".");
            }
        } else if (objectLocks.incrementAndGet() > maxObjectLocks) {
            objectLocks.decrementAndGet();
            throw new SqlError(SqlState.OUT_OF_MEMORY, "out of shared memory")
                    .hint("You might need to increase \"max_locks_per_transaction\".");
        }
        return stripe.add(tag);
    }

    void removeIfUnused(Stripe stripe, Lock lock) {
        if (stripe.removeIfUnused(lock) && lock.tag.kind() != LockTag.Kind.TUPLE) {
            objectLocks.decrementAndGet();
        }
    }

    /** Takes a waiting request out of its queue; false if it has been settled meanwhile. */
    boolean withdraw(Request request) {
        Stripe stripe = stripe(request.lock.tag);
        stripe.mutex.lock();
        try {
            if (request.state != Request.State.WAITING) {
                return false;
            }
            leaveQueue(request, Request.State.WITHDRAWN);
            removeIfUnused(stripe, request.lock);
            return true;
        } finally {
            stripe.mutex.unlock();
        }
    }

    /** Under the mutex: the request gives up, and those behind it may go on. */
    void leaveQueue(Request request, Request.State how) {
        request.lock.remove(request);
        if (countsAsStrong(request.lock.tag, request.mode)) {
            strong.decrementAndGet(strongCounter(request.lock.tag));
        }
        request.finish(how);
        request.lock.grantWaiting();
    }

    /** Gives back one mode that was taken for the transaction. Nothing happens if it is not there. */
    void releaseTransactionMode(LockOwner owner, LockTag tag, LockMode mode) {
        release(owner, tag, hold -> hold.removeTransactionMode(mode));
    }

    /** Gives back what the owner had by having written. */
    void releaseImplied(LockOwner owner, LockTag tag, boolean retry) {
        Stripe stripe = stripe(tag);
        stripe.mutex.lock();
        try {
            Lock lock = stripe.find(tag);
            Hold hold = lock == null ? null : lock.holdOf(owner);
            if (hold != null) {
                hold.removeImplied();
                lock.dropIfEmpty(hold);
                if (retry) {
                    lock.retryWaiting();
                } else {
                    lock.grantWaiting();
                }
                removeIfUnused(stripe, lock);
            }
        } finally {
            stripe.mutex.unlock();
        }
    }

    /** Gives back a mode once that was taken for the session; false if the owner does not have it so. */
    boolean releaseSessionMode(LockOwner owner, LockTag tag, LockMode mode) {
        boolean[] had = new boolean[1];
        release(owner, tag, hold -> {
            had[0] = hold.isForSession(mode);
            if (had[0]) {
                hold.removeSession(mode);
            }
        });
        return had[0];
    }

    void releaseSessionModes(LockOwner owner, LockTag tag) {
        release(owner, tag, Hold::removeSession);
    }

    private void release(LockOwner owner, LockTag tag, Consumer<Hold> change) {
        Stripe stripe = stripe(tag);
        stripe.mutex.lock();
        try {
            Lock lock = stripe.find(tag);
            Hold hold = lock == null ? null : lock.holdOf(owner);
            if (hold == null) {
                return;
            }
            int before = hold.modes();
            change.accept(hold);
            int gone = before & ~hold.modes();
            if (tag.kind() == LockTag.Kind.RELATION) {
                uncountStrong(tag, gone);
            }
            lock.dropIfEmpty(hold);
            if (gone != 0) {
                lock.grantWaiting();
            }
            removeIfUnused(stripe, lock);
        } finally {
            stripe.mutex.unlock();
        }
    }

    private void uncountStrong(LockTag tag, int modes) {
        for (int number = LockMode.SHARE.number(); number <= LockMode.ACCESS_EXCLUSIVE.number(); number++) {
            if ((modes & 1 << number) != 0) {
                strong.decrementAndGet(strongCounter(tag));
            }
        }
    }

    /** Whether somebody else has a mode on {@code tag} that conflicts. */
    boolean conflicts(LockOwner owner, LockTag tag, LockMode mode) {
        Stripe stripe = stripe(tag);
        stripe.mutex.lock();
        try {
            Lock lock = stripe.find(tag);
            return lock != null && lock.conflicts(owner, mode);
        } finally {
            stripe.mutex.unlock();
        }
    }

    /** Stops everything, for who must see all locks at one moment; pair with {@link #unlockAll}. */
    void lockAll() {
        for (Stripe stripe : stripes) {
            stripe.mutex.lock();
        }
    }

    void unlockAll() {
        for (int i = STRIPES - 1; i >= 0; i--) {
            stripes[i].mutex.unlock();
        }
    }
}
