package org.gajah.base;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Set once by the first failure after which memory and disk may disagree (a failed force or log write, anything thrown out of a
 * critical section) and never reset: from then on nothing is written and nothing acknowledged. Opening the directory again recovers.
 */
public final class FailureLatch {
    private volatile Throwable cause;

    public FailureLatch() {
        cause = null;
    }

    /** Sets the latch; the first cause stays. Returns the error for the caller to throw. */
    public SqlError fail(Throwable failure) {
        synchronized (this) {
            if (cause == null) {
                cause = failure;
            }
        }
        return error();
    }

    public boolean isSet() {
        return cause != null;
    }

    /** Throws if the latch is set; to be called before every write and every acknowledgement. */
    public void check() {
        if (cause != null) {
            throw error();
        }
    }

    private SqlError error() {
        return new SqlError(SqlState.IO_ERROR, "the database has stopped because it could not write its files", cause)
                .detail(cause.getMessage() == null ? cause.toString() : cause.getMessage())
                .hint("Restart the database; it recovers everything that was committed.");
    }
}
