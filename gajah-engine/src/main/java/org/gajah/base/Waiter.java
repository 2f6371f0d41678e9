package org.gajah.base;

/**
 * Where one thread at a time sleeps until somebody wakes it. A wake that comes before the sleep is remembered, so that
 * "check, then sleep" never misses one.
 */
public interface Waiter {
    /** No deadline. */
    long FOREVER = Long.MAX_VALUE;

    /**
     * Sleeps until {@link #wake} was called since the last return, or {@link Parking#nanoTime} has reached
     * {@code deadlineNanos}. It may also return early: callers look again at what they wait for.
     */
    void await(long deadlineNanos);

    /** Ends the present or the next {@link #await}. Never blocks; callable from any thread. */
    void wake();
}
