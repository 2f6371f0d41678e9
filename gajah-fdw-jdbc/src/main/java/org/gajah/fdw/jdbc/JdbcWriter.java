package org.gajah.fdw.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.api.foreign.RowTarget;

/** Changes rows by a prepared statement, in batches unless the rows changed are wanted back. */
final class JdbcWriter implements ForeignWriter {
    private final PreparedStatement statement;
    private final RemoteSql remote;
    private final JdbcValues values;
    private final JdbcSession session;
    private int waiting;
    private long changed;

    JdbcWriter(PreparedStatement statement, RemoteSql remote, JdbcValues values, JdbcSession session) {
        this.statement = statement;
        this.remote = remote;
        this.values = values;
        this.session = session;
    }

    @Override
    public void add(List<Optional<String>> row) {
        try {
            for (int i = 0; i < remote.parameters().size(); i++) {
                RemoteSql.Bound bound = remote.parameters().get(i);
                values.bind(statement, i + 1, bound.type(), row.get(bound.number()));
            }
            statement.addBatch();
            waiting++;
            if (waiting >= remote.fetchSize()) {
                flush();
            }
        } catch (SQLException e) {
            throw session.failure(e, remote);
        }
    }

    @Override
    public void flush() {
        if (waiting == 0) {
            return;
        }
        try {
            waiting = 0;
            for (int count : executed()) {
                changed += count == Statement.SUCCESS_NO_INFO ? 1 : Math.max(0, count);
            }
        } catch (SQLException e) {
            SQLException first = e.getNextException() == null ? e : e.getNextException();
            throw session.failure(first, remote);
        }
    }

    /** pgjdbc throws what is no exception when it finds its connection gone in the middle of a batch. */
    private int[] executed() throws SQLException {
        try {
            return statement.executeBatch();
        } catch (AssertionError e) {
            throw new SQLException("the driver failed: " + e.getMessage(), SqlState.CONNECTION_FAILURE.code(), e);
        }
    }

    @Override
    public long changed() {
        return changed;
    }

    @Override
    public int returned(RowTarget target, List<Optional<String>> given) {
        try {
            for (int i = 0; i < remote.parameters().size(); i++) {
                RemoteSql.Bound bound = remote.parameters().get(i);
                values.bind(statement, i + 1, bound.type(), given.get(bound.number()));
            }
            int count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                RemoteRow row = new RemoteRow(rows);
                while (rows.next()) {
                    for (int i = 1; i <= remote.outputs().size(); i++) {
                        values.read(row, i, remote.outputs().get(i - 1), target);
                    }
                    target.endRow();
                    count++;
                }
            }
            changed += count;
            return count;
        } catch (SQLException e) {
            throw session.failure(e, remote);
        }
    }

    @Override
    public void close() {
        session.done(statement);
    }
}
