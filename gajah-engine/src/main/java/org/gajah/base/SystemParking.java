package org.gajah.base;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The machine's own clock, and threads that really sleep. */
public final class SystemParking implements Parking {
    /** The one instance. */
    public static final Parking INSTANCE = new SystemParking();

    private final long origin = System.nanoTime();

    private SystemParking() {}

    @Override
    public long nanoTime() {
        return System.nanoTime() - origin;
    }

    @Override
    public long epochMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    @Override
    public Waiter newWaiter() {
        return new ThreadWaiter();
    }

    private final class ThreadWaiter implements Waiter {
        private volatile boolean woken;
        private volatile Thread sleeper;

        @Override
        public void await(long deadlineNanos) {
            boolean interrupted = false;
            sleeper = Thread.currentThread();
            while (!woken) {
                if (deadlineNanos == FOREVER) {
                    LockSupport.park(this);
                } else {
                    long left = deadlineNanos - nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    LockSupport.parkNanos(this, left);
                }
                // An interrupt makes every park return at once; it is the thread's own affair and waits till it is back.
                interrupted |= Thread.interrupted();
            }
            sleeper = null;
            woken = false;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wake() {
            woken = true;
            Thread thread = sleeper;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }
}
