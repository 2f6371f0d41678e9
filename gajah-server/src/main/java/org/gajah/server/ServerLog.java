package org.gajah.server;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The server's log, in PostgreSQL's format, a line an event. Control characters are escaped, so that no client can forge a
 * line. Passwords and parameter values never reach it.
 */
public final class ServerLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final boolean DEBUG = Boolean.getBoolean("gajah.debug");

    private final PrintStream out;

    public ServerLog(PrintStream out) {
        this.out = out;
    }

    /** A log on standard error. */
    public static ServerLog toStandardError() {
        return new ServerLog(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }

    /** Writes an event; severity is LOG, WARNING, ERROR, FATAL or PANIC. */
    public void log(String severity, String message) {
        out.println(TIME.format(Instant.now()) + " [" + ProcessHandle.current().pid() + "] " + severity + ":  "
                + escape(message));
    }

    /** Writes an event of interest to developers only, if {@code -Dgajah.debug=true}. */
    public void debug(String message) {
        if (DEBUG) {
            log("DEBUG", message);
        }
    }

    /** Writes an event that a failure inside the server caused, with where it happened. */
    public void log(String severity, String message, Throwable cause) {
        synchronized (out) {
            log(severity, message + ": " + cause);
            cause.printStackTrace(out);
        }
    }

    private static String escape(String text) {
        if (text.chars().noneMatch(c -> c < 0x20 || c == 0x7f)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c < 0x20 || c == 0x7f ? String.format("\\x%02x", c) : Character.toString(c)));
        return escaped.toString();
    }
}
