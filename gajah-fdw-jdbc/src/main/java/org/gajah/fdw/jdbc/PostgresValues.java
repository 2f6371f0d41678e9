package org.gajah.fdw.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.RowTarget;

/** PostgreSQL's text form in both directions: the connection has binary transfer off, so what a column's bytes are is its text. */
final class PostgresValues implements JdbcValues {
    @Override
    public void bind(PreparedStatement statement, int index, ForeignType type, Optional<String> value) throws SQLException {
        if (value.isEmpty()) {
            statement.setNull(index, Types.OTHER);
        } else {
            statement.setObject(index, value.get(), Types.OTHER);
        }
    }

    @Override
    public void read(RemoteRow row, int index, RemoteSql.Output output, RowTarget target) throws SQLException {
        byte[] value = row.rows().getBytes(index);
        if (value == null) {
            return;
        }
        if (output.type().name().equals("bytea")) {
            target.setBytes(index - 1, value);
        } else {
            target.setText(index - 1, value, 0, value.length);
        }
    }
}
