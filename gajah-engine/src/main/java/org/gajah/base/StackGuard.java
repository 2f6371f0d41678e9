package org.gajah.base;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Counts the depth of a recursion and raises 54001 long before the thread's stack ends. Everything recursive that input
 * can drive deeper carries one (parser, analyzer, planner, JSON, nested values). Not shared between threads.
 */
public final class StackGuard {
    /** Deep enough for any query a person or tool writes, shallow enough for the smallest statement stack. */
    public static final int MAX_DEPTH = 2000;

    private int depth;

    public StackGuard() {
        depth = 0;
    }

    /** One level deeper; pair with {@link #leave}. */
    public void enter() {
        if (++depth > MAX_DEPTH) {
            depth = 0;
            throw new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded")
                    .hint("Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring "
                            + "the platform's stack depth limit is adequate.");
        }
    }

    public void leave() {
        depth--;
    }

    /**
     * Whether the calling thread's stack has room for a statement without much recursion: asked before a statement begins on a
     * thread that is not the server's, so that no stack ends in the middle of a change.
     */
    public static boolean hasRoom() {
        try {
            return StackProbe.ROOMY.enter(1);
        } catch (StackOverflowError e) {
            return false;
        }
    }
}
