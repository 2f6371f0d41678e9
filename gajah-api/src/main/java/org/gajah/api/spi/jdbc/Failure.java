package org.gajah.api.spi.jdbc;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Errors as JDBC has them; the {@link SqlError} is the cause, and is what leaves the routine if nobody catches it. */
final class Failure {
    private Failure() {
    }

    static SQLException of(SqlError e) {
        String code = e.code();
        return switch (code.substring(0, 2)) {
            case "0A" -> new SQLFeatureNotSupportedException(e.getMessage(), code, e);
            case "23" -> new SQLIntegrityConstraintViolationException(e.getMessage(), code, e);
            case "42" -> new SQLSyntaxErrorException(e.getMessage(), code, e);
            default -> code.equals(SqlState.QUERY_CANCELED.code()) ? new SQLTimeoutException(e.getMessage(), code, e)
                    : new SQLException(e.getMessage(), code, e);
        };
    }
}
