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
        if (message.startsWith("ORA-")) {
            error = error.code(oracle(e.getErrorCode()));
        } else if (known) {
            error = error.code(state.startsWith(THERE_ENDED) ? SqlState.CONNECTION_FAILURE.code() : state);
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
    /** How a PostgreSQL's codes begin when it ends a connection: to our client they would mean its own. */
    private static final String THERE_ENDED = "57P";

    /** PostgreSQL's code for a number of Oracle's; what has none is an execution that could not be made. */
    private static String oracle(int number) {
        return switch (number) {
            case 8177 -> "40001";
            case 60 -> "40P01";
            case 1013 -> "57014";
            case 1 -> "23505";
            case 1400, 1407 -> "23502";
            case 2290 -> "23514";
            case 2291, 2292 -> "23503";
            case 54, 30006 -> "55P03";
            case 1017, 1005, 28000 -> "28000";
            case 12154, 12505, 12514, 12541, 17002, 17410 -> "HV00N";
            case 942 -> "HV00R";
            case 904 -> "HV005";
            default -> "HV00L";
        };
    }
}
