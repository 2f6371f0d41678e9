package org.gajah.base;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Why a statement or a session is asked to stop. A later constant wins over an earlier one. */
public enum CancelReason {
    /** {@code pg_cancel_backend}, or a client's CancelRequest. */
    USER_REQUEST(SqlState.QUERY_CANCELED, "canceling statement due to user request"),
    /** {@code statement_timeout} has passed. */
    STATEMENT_TIMEOUT(SqlState.QUERY_CANCELED, "canceling statement due to statement timeout"),
    /** {@code transaction_timeout} has passed; the session ends. */
    TRANSACTION_TIMEOUT(SqlState.TRANSACTION_TIMEOUT, "terminating connection due to transaction timeout"),
    /** The client has gone; the session ends. */
    CONNECTION_LOST(SqlState.CONNECTION_FAILURE, "connection to client lost"),
    /** {@code pg_terminate_backend}, or the server stops; the session ends. */
    TERMINATE(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command");

    private final SqlState state;
    private final String message;

    CancelReason(SqlState state, String message) {
        this.state = state;
        this.message = message;
    }

    /** Whether the session is over, not only its statement. */
    public boolean endsSession() {
        return compareTo(TRANSACTION_TIMEOUT) >= 0;
    }

    /** The error that the statement fails with. */
    public SqlError error() {
        return new SqlError(state, message);
    }
}
