package org.gajah.base;

/** Time and sleep, as the engine sees them: every wait goes through here, so that a simulated scheduler can drive it. */
public interface Parking {
    /** Nanoseconds on a clock that never goes back; its zero means nothing and it is never {@link Waiter#FOREVER}. */
    long nanoTime();

    /** Microseconds since 1970-01-01 00:00 UTC. */
    long epochMicros();

    /** A place to sleep. */
    Waiter newWaiter();
}
