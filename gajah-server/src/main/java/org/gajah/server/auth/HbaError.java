package org.gajah.server.auth;

/** A {@code pg_hba.conf} cannot be used; the message names the file, the line and what is wrong there. */
public final class HbaError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    HbaError(String file, int line, String reason) {
        super(reason + " (line " + line + " of configuration file \"" + file + "\")");
        this.reason = reason;
    }

    HbaError(String message) {
        super(message);
        this.reason = message;
    }

    /** What is wrong, without the place. */
    String reason() {
        return reason;
    }
}
