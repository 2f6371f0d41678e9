package org.gajah.javaroutine;

import java.util.concurrent.Callable;

/** Calls code of the user's and does nothing else: whose stack ends here is in it ({@link Custody}). */
final class Theirs {
    private Theirs() {
    }

    static void run(Runnable action) {
        action.run();
    }

    static <T> T call(Callable<T> block) throws Exception {
        return block.call();
    }
}
