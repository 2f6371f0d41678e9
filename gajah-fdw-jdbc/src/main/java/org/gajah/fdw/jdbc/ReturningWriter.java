package org.gajah.fdw.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.api.foreign.RowTarget;

/** Changes rows one by one and gives each as the server has it then, of DELETE as it was; see {@link Returning}. */
final class ReturningWriter implements ForeignWriter {
    private static final String ORACLE = "oracle.jdbc.OraclePreparedStatement";

    private final RemoteSql remote;
    private final Returning how;
    private final JdbcValues values;
    private final JdbcSession session;
    private final boolean oracle;
    private final Connection connection;
    /** One that has the server make keys, or not. */
    private final Map<Boolean, PreparedStatement> changes = new HashMap<>();
    private final Optional<PreparedStatement> reading;
    private long changed;

    ReturningWriter(Connection connection, RemoteSql remote, JdbcValues values, JdbcSession session) throws SQLException {
        this.remote = remote;
        this.values = values;
        this.session = session;
        how = remote.returning().orElseThrow();
        oracle = !how.into().isEmpty() && SessionZone.isOracle(connection);
        this.connection = connection;
        reading = oracle ? Optional.empty() : Optional.of(session.running(connection.prepareStatement(how.reading().sql())));
    }

    @Override
    public void add(List<Optional<String>> row) {
        throw new IllegalStateException("rows that are wanted back are changed one by one");
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public long changed() {
        return changed;
    }

    @Override
    public int returned(RowTarget target, List<Optional<String>> row) {
        try {
            boolean generated = !oracle && how.kind() == ForeignChange.Kind.INSERT && how.reading().parameters().stream().anyMatch(p -> isUnknown(p, row));
            requireKept();
            PreparedStatement change = change(generated);
            bind(change, remote, row);
            boolean found = oracle ? into(change, target) : how.kind() == ForeignChange.Kind.DELETE ? read(target, row, List.of()) && changesOne(change)
                    : changesOne(change) && again(target, row, generated ? made(change, how.keys().size()) : List.of());
            if (found) {
                target.endRow();
                changed++;
            }
            return found ? 1 : 0;
        } catch (SQLException e) {
            throw session.failure(e, remote);
        }
    }

    /** A row is read before it is deleted: nobody may change it in between. */
    private void requireKept() throws SQLException {
        boolean may = oracle || how.kept() || how.kind() != ForeignChange.Kind.DELETE || connection.getTransactionIsolation() >= Connection.TRANSACTION_REPEATABLE_READ;
        if (!may) {
            throw SqlError.notSupported("RETURNING of rows that are deleted on this server is not supported at isolation level READ COMMITTED");
        }
    }

    private boolean changesOne(PreparedStatement change) throws SQLException {
        int count = change.executeUpdate();
        if (count > 1) {
            throw severalOfAKey();
        }
        return count == 1;
    }

    private SqlError severalOfAKey() {
        return new SqlError(SqlState.FDW_ERROR, "there are several rows with the same key").context("remote SQL command: " + how.reading().text());
    }

    private void bind(PreparedStatement statement, RemoteSql sql, List<Optional<String>> row) throws SQLException {
        for (int i = 0; i < sql.parameters().size(); i++) {
            RemoteSql.Bound bound = sql.parameters().get(i);
            values.bind(statement, i + 1, bound.type(), row.get(bound.number()));
        }
    }

    private PreparedStatement change(boolean generated) throws SQLException {
        PreparedStatement known = changes.get(generated);
        if (known != null) {
            return known;
        }
        PreparedStatement made = session.running(generated ? connection.prepareStatement(remote.sql(), how.keys().toArray(String[]::new))
                : connection.prepareStatement(oracle ? remote.sql() + how.into() : remote.sql()));
        changes.put(generated, made);
        return made;
    }

    /** The row behind the change; {@code made} is the key if the server has made it. */
    private boolean again(RowTarget target, List<Optional<String>> row, List<Object> made) throws SQLException {
        if (!read(target, row, made)) {
            throw new SqlError(SqlState.FDW_ERROR, "the row that was changed is not found again by its key").context("remote SQL command: " + how.reading().text());
        }
        return true;
    }

    private boolean read(RowTarget target, List<Optional<String>> row, List<Object> made) throws SQLException {
        PreparedStatement by = reading.orElseThrow();
        for (int i = 0; i < how.reading().parameters().size(); i++) {
            RemoteSql.Bound bound = how.reading().parameters().get(i);
            if (!made.isEmpty() && isUnknown(bound, row)) {
                by.setObject(i + 1, made.get(i));
            } else {
                values.bind(by, i + 1, bound.type(), row.get(bound.number()));
            }
        }
        try (ResultSet rows = by.executeQuery()) {
            boolean there = rows.next() && take(new RemoteRow(rows), target);
            if (there && rows.next()) {
                throw severalOfAKey();
            }
            return there;
        }
    }

    private static boolean isUnknown(RemoteSql.Bound bound, List<Optional<String>> row) {
        return bound.number() < 0 || row.get(bound.number()).isEmpty();
    }

    /** The key that the server has made. */
    private static List<Object> made(PreparedStatement change, int count) throws SQLException {
        List<Object> made = new ArrayList<>();
        try (ResultSet keys = change.getGeneratedKeys()) {
            boolean all = keys.next() && keys.getMetaData().getColumnCount() >= count;
            for (int i = 1; all && i <= count; i++) {
                made.add(keys.getObject(i));
            }
        }
        if (made.isEmpty()) {
            throw SqlError.notSupported("RETURNING of rows whose keys this server makes is not supported");
        }
        return made;
    }

    private boolean take(RemoteRow row, RowTarget target) throws SQLException {
        List<RemoteSql.Output> outputs = how.reading().outputs();
        for (int i = 1; i <= outputs.size(); i++) {
            values.read(row, i, outputs.get(i - 1), target);
        }
        return true;
    }

    /** By the methods of Oracle's driver, against which nothing here is compiled. */
    private boolean into(PreparedStatement change, RowTarget target) throws SQLException {
        try {
            Class<?> driver = Class.forName(ORACLE, false, change.getClass().getClassLoader());
            for (int i = 0; i < how.codes().size(); i++) {
                driver.getMethod("registerReturnParameter", int.class, int.class).invoke(change, remote.parameters().size() + i + 1, how.codes().get(i));
            }
            if (change.executeUpdate() == 0) {
                return false;
            }
            try (ResultSet rows = (ResultSet) driver.getMethod("getReturnResultSet").invoke(change)) {
                return rows.next() && take(new RemoteRow(rows, how.codes()), target);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException s ? s : new SQLException("the driver does not give changed rows", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new SQLException("the driver does not give changed rows", e);
        }
    }

    @Override
    public void close() {
        changes.values().forEach(session::done);
        reading.ifPresent(session::done);
    }
}
