package org.gajah.server.connection;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.NoticeResponse;
import org.gajah.wire.Report;

/** Errors and notices in the protocol's form. */
final class Reports {
    private Reports() {
    }

    static ErrorResponse error(SqlError error) {
        return new ErrorResponse(report("ERROR", error));
    }

    /** An error after which the connection ends. */
    static ErrorResponse fatal(SqlError error) {
        return new ErrorResponse(report("FATAL", error));
    }

    static NoticeResponse notice(String severity, SqlError message) {
        return new NoticeResponse(report(severity, message));
    }

    /** What a message that does not fit its type means to the client. */
    static SqlError malformed(MalformedMessage message) {
        SqlState state = message.sqlState().equals("22021") ? SqlState.CHARACTER_NOT_IN_REPERTOIRE
                : SqlState.PROTOCOL_VIOLATION;
        return new SqlError(state, message.getMessage());
    }

    private static Report report(String severity, SqlError error) {
        String message = error.getMessage() == null ? "" : error.getMessage();
        return Report.of(severity, error.code(), message)
                .with('D', error.detail().orElse(""))
                .with('H', error.hint().orElse(""))
                .with('P', number(error.position()))
                .with('p', number(error.internalPosition()))
                .with('q', error.internalQuery().orElse(""))
                .with('W', error.context().orElse(""))
                .with('s', error.schemaName().orElse(""))
                .with('t', error.tableName().orElse(""))
                .with('c', error.columnName().orElse(""))
                .with('d', error.dataTypeName().orElse(""))
                .with('n', error.constraintName().orElse(""))
                .with('R', error.routine().orElse(""));
    }

    private static String number(int position) {
        return position > 0 ? Integer.toString(position) : "";
    }
}
