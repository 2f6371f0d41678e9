package org.gajah.javaroutine;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * What a routine has left to be done at its transaction's end. That stands when the action runs, and nothing it throws changes it. It has no SPI; a
 * cancel is seen at its polls, and if it does not stop the session is taken from it as from a routine.
 */
final class EndAction implements Runnable {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.javaroutine");

    private final JavaCall call;
    private final Runnable action;

    EndAction(JavaCall call, Runnable action) {
        this.call = call;
        this.action = action;
    }

    @Override
    public void run() {
        if (call.host().session().isOver()) {
            runAlone();
            return;
        }
        JavaSession.Running running = call.host().beginAction(call);
        try (running) {
            Theirs.run(action);
        } catch (RuntimeException | Error e) {
            call.host().custody().check();
            call.host().session().message("WARNING", failure(e));
        } finally {
            running.call().end();
        }
        call.host().custody().check();
    }

    /** The session is gone: there is nobody to tell but the log. */
    private void runAlone() {
        try {
            Theirs.run(action);
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.WARNING, failure(e).getMessage(), e);
        }
    }

    private static SqlError failure(Throwable e) {
        return new SqlError(SqlState.EXTERNAL_ROUTINE_EXCEPTION, "an action at the end of a transaction failed: "
                + (e instanceof SqlError error ? error.getMessage() : e.toString()), e);
    }
}
