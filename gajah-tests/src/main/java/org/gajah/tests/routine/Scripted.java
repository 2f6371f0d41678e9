package org.gajah.tests.routine;

import java.util.concurrent.atomic.AtomicReference;

import org.gajah.api.spi.Spi;

/** Routines whose body is whatever a test has put there. */
public final class Scripted {
    private static final AtomicReference<Body> BODY = new AtomicReference<>();

    /** What a routine does. */
    @FunctionalInterface
    public interface Body {
        /** Runs it. */
        Object run(Spi spi) throws Exception;
    }

    private Scripted() {
    }

    /** What the routines do from now on. */
    public static void does(Body body) {
        BODY.set(body);
    }

    /** What they do now. */
    public static Body body() {
        return BODY.get();
    }

    /** A function. */
    public static String function() throws Exception {
        Object result = BODY.get().run(Spi.current());
        return result == null ? null : result.toString();
    }

    /** A procedure. */
    public static void procedure() throws Exception {
        BODY.get().run(Spi.current());
    }
}
