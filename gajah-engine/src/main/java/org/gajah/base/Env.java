package org.gajah.base;

/**
 * Everything outside the engine: files, clocks, randomness, threads. There is a production and a simulated implementation, and
 * nothing else in the engine touches any of it.
 */
public interface Env {
    /** The files of one data directory. */
    Disk disk();

    /** The machine's other files and programs. */
    HostFiles hostFiles();

    /** Nanoseconds of a clock that only goes forward. */
    long nanoTime();

    /** Microseconds since 1970-01-01 00:00 UTC. */
    long currentTimeMicros();

    /** Fills {@code target} with unpredictable bytes. */
    void randomBytes(byte[] target);

    /** Starts a platform thread. */
    Thread start(String name, Runnable body);

    /** Blocks the calling thread until someone unparks it, at most so long; it may return early for no reason. */
    void park(Object blocker, long nanos);

    /** Ends the {@link #park} of a thread, or its next one. */
    void unpark(Thread thread);
}
