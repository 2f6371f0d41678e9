package org.gajah.txn.lock;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.CancelReason;
import org.gajah.base.Parking;
import org.gajah.base.Waiter;

/** Sleeps until a request is settled, the owner is asked to stop, {@code lock_timeout} has passed, or a deadlock is found. */
final class LockWait {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LockTable table;
    private final Parking parking;
    private final DeadlockCheck deadlocks;

    LockWait(LockTable table, Parking parking, DeadlockCheck deadlocks) {
        this.table = table;
        this.parking = parking;
        this.deadlocks = deadlocks;
    }

    /** How the wait ended: granted, or to be tried again. Every other end is thrown. */
    Request.State await(Request request) {
        try {
            return sleep(request);
        } catch (Throwable failure) {
            // Whatever happened, the queue must not keep a place for somebody who has left.
            table.withdraw(request);
            throw failure;
        }
    }

    private Request.State sleep(Request request) {
        LockOwner owner = request.owner;
        long start = parking.nanoTime();
        long giveUpAt = after(start, owner.lockTimeoutMillis());
        long checkAfter = owner.deadlockTimeoutMillis() * NANOS_PER_MILLI;
        long checkAt = start + checkAfter;
        while (true) {
            Request.State state = request.state;
            switch (state) {
                case GRANTED, RETRY -> {
                    return state;
                }
                case DEADLOCK, WITHDRAWN -> throw new IllegalStateException("request ended as " + state);
                case WAITING -> { }
            }
            CancelReason reason = owner.cancel().reason().orElse(null);
            if (reason != null && table.withdraw(request)) {
                owner.cancel().check();
                throw reason.error();
            }
            long now = parking.nanoTime();
            if (now >= giveUpAt) {
                if (table.withdraw(request)) {
                    throw new SqlError(SqlState.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
                }
            } else if (now >= checkAt) {
                deadlocks.check(request);
                checkAfter = Math.max(2 * checkAfter, NANOS_PER_MILLI);
                checkAt = now + checkAfter;
            } else {
                owner.waiter().await(Math.min(giveUpAt, checkAt));
            }
        }
    }

    private static long after(long start, int millis) {
        return millis == 0 ? Waiter.FOREVER : start + millis * NANOS_PER_MILLI;
    }
}
