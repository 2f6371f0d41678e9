package org.gajah.fdw.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.RowTarget;

/** The rows of a result set. */
final class JdbcRows implements ForeignRows {
    private final Statement statement;
    private final ResultSet rows;
    private final RemoteRow row;
    private final RemoteSql remote;
    private final JdbcValues values;
    private final JdbcSession session;

    JdbcRows(Statement statement, ResultSet rows, RemoteSql remote, JdbcValues values, JdbcSession session) {
        this.statement = statement;
        this.rows = rows;
        this.row = new RemoteRow(rows);
        this.remote = remote;
        this.values = values;
        this.session = session;
    }

    @Override
    public int fetch(RowTarget target, int most) {
        int count = 0;
        int columns = remote.outputs().size();
        try {
            while (count < most && rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    values.read(row, i, remote.outputs().get(i - 1), target);
                }
                target.endRow();
                count++;
            }
        } catch (SQLException e) {
            throw session.failure(e, remote);
        }
        return count;
    }

    @Override
    public void close() {
        session.done(statement);
    }
}
