package org.gajah.api.spi.host;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.gajah.api.spi.jdbc.DefaultDriver;

/** What the running thread's routine belongs to, and how many sessions are asked to stop. Threads that user code starts have no host. */
public final class SpiThread {
    private static final ThreadLocal<SpiHost> HOST = new ThreadLocal<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static volatile boolean someAsked;

    static {
        DefaultDriver.register();
    }

    private SpiThread() {
    }

    /** The host, if this thread runs a routine. */
    public static Optional<SpiHost> host() {
        return Optional.ofNullable(HOST.get());
    }

    /** A routine of this host begins on this thread; gives what {@link #leave} is to put back. */
    public static Optional<SpiHost> enter(SpiHost host) {
        SpiHost before = HOST.get();
        if (before == host) {
            return Optional.of(host);
        }
        HOST.set(host);
        return Optional.ofNullable(before);
    }

    /** The routine is over. */
    public static void leave(Optional<SpiHost> before) {
        if (before.isEmpty()) {
            HOST.remove();
        } else {
            HOST.set(before.get());
        }
    }

    /** A session has been asked to stop. */
    public static void asked() {
        COUNT.incrementAndGet();
        someAsked = true;
    }

    /** It has seen it. */
    public static void answered() {
        if (COUNT.decrementAndGet() == 0) {
            someAsked = false;
            if (COUNT.get() > 0) {
                someAsked = true;
            }
        }
    }

    /** Whether any session of the process is asked to stop: what polls read. */
    public static boolean someAsked() {
        return someAsked;
    }
}
