package org.gajah.server;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The server's log, in PostgreSQL's format, a line an event. Control characters are escaped, so that no client can forge a
 * line. Passwords and parameter values never reach it.
 */
public final class ServerLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final boolean DEBUG = Boolean.getBoolean("gajah.debug");

    private final Sink sink;

    /** Takes events; {@code cause} is a failure inside the server. */
    @FunctionalInterface
    private interface Sink {
        void write(String severity, String message, Optional<Throwable> cause);
    }

    private ServerLog(Sink sink) {
        this.sink = sink;
    }

    /** A log of lines. */
    public ServerLog(PrintStream out) {
        this((severity, message, cause) -> {
            synchronized (out) {
                out.println(TIME.format(Instant.now()) + " [" + ProcessHandle.current().pid() + "] " + severity + ":  " + escape(message));
                cause.ifPresent(c -> c.printStackTrace(out));
            }
        });
    }

    /** The log of a server inside a program: failures go to the program's own log as errors, the rest as debug messages. */
    public static ServerLog toPlatformLog() {
        System.Logger platform = System.getLogger("org.gajah.server");
        return new ServerLog((severity, message, cause) -> {
            System.Logger.Level level = cause.isPresent() ? System.Logger.Level.ERROR : System.Logger.Level.DEBUG;
            platform.log(level, severity + ": " + escape(message), cause.orElse(null));
        });
    }

    /** A log on standard error. */
    public static ServerLog toStandardError() {
        return new ServerLog(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }

    /** Writes an event; severity is LOG, WARNING, ERROR, FATAL or PANIC. */
    public void log(String severity, String message) {
        sink.write(severity, message, Optional.empty());
    }

    /** Writes an event of interest to developers only, if {@code -Dgajah.debug=true}. */
    public void debug(String message) {
        if (DEBUG) {
            log("DEBUG", message);
        }
    }

    /** Writes an event that a failure inside the server caused, with where it happened. */
    public void log(String severity, String message, Throwable cause) {
        sink.write(severity, message + ": " + cause, Optional.of(cause));
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
