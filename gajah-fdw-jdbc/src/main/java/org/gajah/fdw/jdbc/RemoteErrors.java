package org.gajah.fdw.jdbc;

import java.sql.SQLException;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Makes of a driver's exception the error that the client gets: the server's SQLSTATE and text, and the SQL that failed. */
final class RemoteErrors {
    private RemoteErrors() {
    }

    static SqlError of(SQLException e, String sql) {
        String state = e.getSQLState();
        boolean known = state != null && state.length() == SQLSTATE_LENGTH && !state.startsWith("00");
        String[] parts = String.valueOf(e.getMessage()).split("\n  (?=[A-Z][a-z ]*: )");
        String message = parts[0];
        for (String severity : new String[] {"ERROR: ", "FATAL: ", "PANIC: "}) {
            message = message.startsWith(severity) ? message.substring(severity.length()) : message;
        }
        SqlError error = new SqlError(SqlState.FDW_UNABLE_TO_CREATE_EXECUTION, message, e);
        if (known) {
            error = error.code(serialization(e) ? "40001" : state);
        }
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].indexOf(": ");
            String value = parts[i].substring(colon + 2);
            switch (parts[i].substring(0, colon)) {
                case "Detail" -> error = error.detail(value);
                case "Hint" -> error = error.hint(value);
                case "Where" -> error = error.context(value);
                default -> { }
            }
        }
        return sql.isEmpty() ? error : error.context("remote SQL command: " + sql);
    }

    private static final int SQLSTATE_LENGTH = 5;
    private static final int ORACLE_CANNOT_SERIALIZE = 8177;

    private static boolean serialization(SQLException e) {
        return e.getErrorCode() == ORACLE_CANNOT_SERIALIZE && String.valueOf(e.getMessage()).startsWith("ORA-");
    }
}
