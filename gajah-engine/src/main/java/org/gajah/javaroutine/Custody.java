package org.gajah.javaroutine;

import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Whose a session is: its own thread's or, once that runs code of a user's that does not stop, nobody's. The thread asks at every way from the
 * user's code into the engine, and never gets there again. Whoever takes the session away first closes the ways and then looks where the thread
 * is: if it is in the engine it stays the thread's.
 */
final class Custody {
    /** The classes of the engine from which user code is called, and into which it returns. */
    private static final Set<String> CALLERS = Set.of("JavaBody", "BatchLoop", "SetRows", "Theirs");
    private static final String OURS = "org.gajah.";
    private static final String HERE = OURS + "javaroutine.";
    private static final Set<String> ENGINE = Set.of("api", "base", "vector", "catalog", "type", "func", "log", "page", "txn", "notify", "table", "store",
            "btree", "settings", "foreign", "ast", "parse", "analyze", "plan", "sysfunc", "exec", "command", "spi", "sqlroutine", "plpgsql", "javaroutine",
            "engine");

    private enum State { THREADS, TAKEN, ENDED }

    private volatile State state = State.THREADS;

    /** Called by the session's thread on its way into the engine: raises what has happened if it is not to get there. */
    void check() {
        if (state != State.THREADS) {
            refuse();
        }
    }

    boolean isTaken() {
        return state != State.THREADS;
    }

    private synchronized void refuse() {
        boolean interrupted = false;
        while (state == State.TAKEN) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (state == State.ENDED) {
            throw error();
        }
    }

    /** What the client of a session is told that is taken from its thread. */
    static SqlError error() {
        return new SqlError(SqlState.ADMIN_SHUTDOWN, "terminating connection because a Java routine does not stop")
                .hint("Long computations call CancelPoint.check() from time to time.");
    }

    /** From another thread: takes the session if its thread is in the user's code; what was found on its stack says so. */
    synchronized boolean take(Thread thread) {
        if (state != State.THREADS) {
            return false;
        }
        state = State.TAKEN;
        boolean taken = isInUserCode(thread.getStackTrace());
        if (!taken) {
            state = State.THREADS;
            notifyAll();
        }
        return taken;
    }

    /** Whoever has taken it is through with it. */
    synchronized void end() {
        state = State.ENDED;
        notifyAll();
    }

    private static boolean isInUserCode(StackTraceElement[] stack) {
        for (int i = 0; i < stack.length; i++) {
            String type = stack[i].getClassName();
            if (type.startsWith(OURS) && ENGINE.contains(type.substring(OURS.length()).split("\\.", 2)[0])) {
                return i > 0 && type.startsWith(HERE) && CALLERS.contains(type.substring(HERE.length())) && !stack[i - 1].getClassName().startsWith("java.lang.invoke.");
            }
        }
        return false;
    }
}
