package org.gajah.exec;

import org.gajah.api.SqlError;
import org.gajah.table.Tid;

/** What a statement was doing when it had to wait for somebody, for the CONTEXT of an error that ended the wait. */
final class WaitContext {
    private WaitContext() {
    }

    /** Waits; an error is said to have come while {@code doing} something to a tuple of a relation. */
    static void await(String doing, String relation, long tid, Runnable wait) {
        try {
            wait.run();
        } catch (SqlError e) {
            throw e.context("while " + doing + " tuple " + Tid.toString(tid) + " in relation \"" + relation + "\"");
        }
    }
}
