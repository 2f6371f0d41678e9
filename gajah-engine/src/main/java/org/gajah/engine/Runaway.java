package org.gajah.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import org.gajah.api.SqlError;
import org.gajah.javaroutine.JavaLanguage;

/**
 * Looks after a session that has been asked to stop. If the same command still runs after {@code gajah.runaway_grace} milliseconds and its thread is in a
 * user's Java code that polls nothing, the session is closed without its thread, which is left behind and never gets into the engine again.
 */
final class Runaway {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.engine");
    private static final int LOOKS_A_GRACE = 10;

    private final SessionImpl session;
    /** Written before {@link SessionImpl#isRunning} is set, and read after that. */
    private Thread thread = Thread.currentThread();
    private long commands;

    Runaway(SessionImpl session) {
        this.session = session;
    }

    /** A command is about to begin on this thread. */
    void begin() {
        commands++;
        thread = Thread.currentThread();
    }

    /** From any thread: the running command was asked to stop. */
    void expectEnd() {
        long grace = session.instance().runawayGraceMillis();
        if (grace >= 0 && session.isRunning()) {
            long command = commands;
            session.instance().timers().after(grace, () -> look(command, Math.max(1, grace / LOOKS_A_GRACE)));
        }
    }

    private void look(long command, long againMillis) {
        if (session.isRunning() && command == commands && !disown()) {
            session.instance().timers().after(againMillis, () -> look(command, againMillis));
        }
    }

    /** Takes the session from its thread if that can be; what is left to do takes a thread of its own. */
    private boolean disown() {
        Optional<JavaLanguage> java = take();
        java.ifPresent(j -> session.instance().start("gajah disowned session", () -> close(j)));
        return java.isPresent();
    }

    /** The cluster closes: a session whose thread is in a user's code ends here and now. */
    void disownNow() {
        take().ifPresent(this::close);
    }

    private Optional<JavaLanguage> take() {
        if (!session.isRunning()) {
            return Optional.empty();
        }
        Thread runs = thread;
        Optional<JavaLanguage> java = session.routines().javaIfUsed().filter(j -> j.take(runs));
        java.ifPresent(j -> report(runs));
        return java;
    }

    private void report(Thread left) {
        LOGGER.log(System.Logger.Level.ERROR, "session " + session.processId() + " is closed because its Java routine does not stop; thread \""
                + left.getName() + "\" is left behind at\n" + Arrays.stream(left.getStackTrace()).map(f -> "    at " + f).collect(Collectors.joining("\n")));
    }

    private void close(JavaLanguage java) {
        SqlError reason = JavaLanguage.runaway();
        try {
            session.closeWithoutThread();
            session.client().disown(reason);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "a session that was taken from its thread did not close well", e);
        } finally {
            java.end();
        }
    }
}
