package org.gajah.javaroutine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** What user code throws, as errors of SQL with the user's part of the Java stack in their context. */
final class Failures {
    private static final int MOST_FRAMES = 20;
    private static final String OURS = "org.gajah.";

    private Failures() {
    }

    static SqlError of(Throwable thrown, String method) {
        SqlError error = switch (thrown) {
            case SqlError e -> e;
            case SQLException e when e.getCause() instanceof SqlError cause -> cause;
            case SQLException e when e.getSQLState() != null && e.getSQLState().matches("[0-9A-Z]{5}") ->
                new SqlError(SqlState.EXTERNAL_ROUTINE_EXCEPTION, String.valueOf(e.getMessage()), e).code(e.getSQLState());
            case StackOverflowError e -> new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", e);
            case OutOfMemoryError e -> new SqlError(SqlState.OUT_OF_MEMORY, "out of memory", e).detail(String.valueOf(e.getMessage()));
            case LinkageError e -> unlinked(method, e);
            default -> new SqlError(SqlState.EXTERNAL_ROUTINE_EXCEPTION, thrown.toString(), thrown);
        };
        for (String line : frames(thrown)) {
            error = error.context(line);
        }
        return error.context("Java method " + method);
    }

    static SqlError unlinked(String what, LinkageError e) {
        Throwable cause = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
        return new SqlError(SqlState.EXTERNAL_ROUTINE_EXCEPTION, "a Java class that \"" + what + "\" needs cannot be used: " + cause, e);
    }

    /** The stack's innermost frames that are the user's, and what they called of the JDK's. */
    private static List<String> frames(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        boolean skipsOurs = thrown instanceof SqlError;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            boolean ours = frame.getClassName().startsWith(OURS + "javaroutine.") || frame.getClassName().startsWith(OURS + "engine.");
            if (ours && !lines.isEmpty() || lines.size() == MOST_FRAMES) {
                break;
            }
            boolean isView = lines.isEmpty() && (frame.getClassName().startsWith(OURS + "api.spi.jdbc.") || frame.getClassName().startsWith("jdk.proxy"));
            if (!isView && !(skipsOurs && isEngine(frame.getClassName()))) {
                lines.add("at " + frame);
                skipsOurs = false;
            }
        }
        return lines;
    }

    private static boolean isEngine(String type) {
        return type.startsWith(OURS) || type.startsWith("java.");
    }
}
