package org.gajah.server.auth;

/** A {@code pg_hba.conf} cannot be used; the message names the file, the line and what is wrong there. */
public final class HbaError extends Exception {
    private static final long serialVersionUID = 1L;

    HbaError(String file, int line, String message) {
        super(message + " (line " + line + " of configuration file \"" + file + "\")");
    }

    HbaError(String message) {
        super(message);
    }
}
