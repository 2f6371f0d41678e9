package org.gajah.server.embed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees to clients that send a command and then do something else than wait for its answer: their connections get a thread after
 * a few milliseconds. There is one for the process, which ends when nothing has been sent for a while.
 */
final class Attendant {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final int QUIET_TICKS = 250;
    private static final Set<MemoryLink> LINKS = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean PRESENT = new AtomicBoolean();
    private static volatile boolean sent;

    private Attendant() {
    }

    static void add(MemoryLink link) {
        LINKS.add(link);
    }

    static void remove(MemoryLink link) {
        LINKS.remove(link);
    }

    /** Called when something was sent. */
    static void call() {
        if (!sent) {
            sent = true;
        }
        if (!PRESENT.get() && PRESENT.compareAndSet(false, true)) {
            Thread.ofVirtual().start(Attendant::attend);
        }
    }

    private static void attend() {
        int quiet = 0;
        while (quiet < QUIET_TICKS) {
            LockSupport.parkNanos(TICK_NANOS);
            quiet = sent ? 0 : quiet + 1;
            sent = false;
            LINKS.forEach(MemoryLink::attend);
        }
        PRESENT.set(false);
        if (sent) {
            call();
        }
    }
}
