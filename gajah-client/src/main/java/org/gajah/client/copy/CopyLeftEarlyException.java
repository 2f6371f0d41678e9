package org.gajah.client.copy;

import java.sql.SQLException;

/** A COPY was closed before its end. The connection is usable; if it was within a transaction, that has failed. */
public final class CopyLeftEarlyException extends SQLException {
    private static final long serialVersionUID = 1;

    CopyLeftEarlyException(String message) {
        super(message, "57014");
    }
}
