package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.api.foreign.RemoteNote;
import org.gajah.api.foreign.RemoteStatement;

/** One transaction on one connection at a time. The connection comes from the pool when a transaction begins and goes back at its end. */
class JdbcSession implements ForeignSession {
    private final Target target;
    private final JdbcValues values;
    private final Isolations isolations;
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private final Map<String, List<RemoteColumn>> described = new HashMap<>();
    private Optional<Connection> connection = Optional.empty();
    private boolean broken;
    private boolean charsetAsked;
    private Optional<String> charset = Optional.empty();
    private boolean dead;
    private boolean kept;
    private boolean lost;

    /** What isolation a local one asks for there, as JDBC's number. */
    @FunctionalInterface
    interface Isolations {
        int of(Isolation local);
    }

    JdbcSession(Target target, JdbcValues values, Isolations isolations) {
        this.target = target;
        this.values = values;
        this.isolations = isolations;
    }

    @Override
    public void begin(Isolation isolation, int depth) {
        requireKnown();
        try {
            if (connection.isEmpty()) {
                Connection taken = ConnectionPool.SHARED.take(target);
                connection = Optional.of(taken);
                broken = false;
                dead = false;
                kept = false;
                if (target.readOnly() && SessionZone.isOracle(taken)) {
                    execute("SET TRANSACTION READ ONLY");
                } else {
                    ConnectionPool.SHARED.isolate(taken, isolations.of(isolation));
                }
            }
            while (savepoints.size() < depth) {
                savepoints.push(connection.get().setSavepoint("s" + (savepoints.size() + 1)));
            }
        } catch (SQLException e) {
            throw failed(e, "");
        }
    }

    /** What the transaction there is after a ROLLBACK TO that failed, nobody knows: it can only end. */
    private void requireKnown() {
        if (lost) {
            throw new SqlError(SqlState.CONNECTION_EXCEPTION, "connection to server \"" + target.server() + "\" cannot be used due to abort cleanup failure");
        }
    }

    private SqlError failed(SQLException e, String sql) {
        String state = e.getSQLState();
        boolean ended = state != null && (state.startsWith("08") || state.startsWith("57P"));
        dead |= ended;
        broken |= state == null || ended;
        return RemoteErrors.of(e, sql);
    }

    private PreparedStatement prepare(RemoteSql remote, List<Optional<String>> parameters) throws SQLException {
        return prepare(remote, parameters, ResultSet.TYPE_FORWARD_ONLY);
    }

    private PreparedStatement prepare(RemoteSql remote, List<Optional<String>> parameters, int resultType) throws SQLException {
        ListedValues listed = ListedValues.of(remote, parameters, values);
        PreparedStatement s = connection.orElseThrow().prepareStatement(listed.sql(), resultType, ResultSet.CONCUR_READ_ONLY);
        try {
            for (int i = 0; i < listed.values().size(); i++) {
                values.bind(s, i + 1, listed.values().get(i).type(), listed.values().get(i).text());
            }
            return s;
        } catch (SQLException e) {
            s.close();
            throw e;
        }
    }

    @Override
    public ForeignRows query(RemoteStatement query, List<Optional<String>> parameters) {
        RemoteSql remote = (RemoteSql) query;
        try {
            PreparedStatement s = prepare(remote, parameters);
            running.add(s);
            try {
                s.setFetchSize(remote.fetchSize());
                return new JdbcRows(s, s.executeQuery(), remote, values, this);
            } catch (SQLException e) {
                done(s);
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e, remote.text());
        }
    }

    @Override
    public List<RemoteNote> notes(RemoteStatement query) {
        RemoteSql remote = (RemoteSql) query;
        try {
            return List.of(new RemoteNote.Lines(remote.label().equals(OracleWrapper.LABEL) ? "Oracle plan" : "Remote plan", remote.plan().lines(connection.orElseThrow(), remote)));
        } catch (SQLException e) {
            throw failed(e, remote.text());
        }
    }

    /** The rows of a query that are fetched all together, if there are no more than so many. */
    final Optional<ForeignRows> atMost(int most, RemoteSql remote, List<Optional<String>> parameters) {
        try {
            PreparedStatement s = running(prepare(remote, parameters, ResultSet.TYPE_SCROLL_INSENSITIVE));
            try {
                ResultSet rows = s.executeQuery();
                if (rows.absolute(most + 1)) {
                    done(s);
                    return Optional.empty();
                }
                rows.beforeFirst();
                return Optional.of(new JdbcRows(s, rows, remote, values, this));
            } catch (SQLException e) {
                done(s);
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e, remote.text());
        }
    }

    /** A statement is at work, until {@link #done}. */
    PreparedStatement running(PreparedStatement s) {
        running.add(s);
        return s;
    }

    /** A statement is finished with. */
    void done(Statement s) {
        running.remove(s);
        try {
            s.close();
        } catch (SQLException e) {
            broken = true;
        }
    }

    SqlError failure(SQLException e, RemoteSql remote) {
        return failed(e, remote.text());
    }

    @Override
    public ForeignWriter write(RemoteStatement change) {
        RemoteSql remote = (RemoteSql) change;
        try {
            Connection c = connection.orElseThrow();
            return remote.returning().isPresent() ? new ReturningWriter(c, remote, values, this) : new JdbcWriter(running(c.prepareStatement(remote.sql())), remote, values, this);
        } catch (SQLException e) {
            throw failed(e, remote.text());
        }
    }

    @Override
    public long change(RemoteStatement change, List<Optional<String>> parameters) {
        RemoteSql remote = (RemoteSql) change;
        try {
            PreparedStatement s = prepare(remote, parameters);
            running.add(s);
            try {
                return s.executeLargeUpdate();
            } finally {
                done(s);
            }
        } catch (SQLException e) {
            throw failed(e, remote.text());
        }
    }

    @Override
    public void release(int depth) {
        if (lost) {
            return;
        }
        try {
            while (savepoints.size() > depth) {
                Savepoint gone = savepoints.pop();
                if (savepoints.size() == depth) {
                    connection.orElseThrow().releaseSavepoint(gone);
                }
            }
        } catch (SQLException e) {
            throw failed(e, "");
        }
    }

    @Override
    public void rollbackTo(int depth) {
        lost |= dead;
        if (savepoints.size() < depth || connection.isEmpty() || lost) {
            return;
        }
        try {
            while (savepoints.size() > depth) {
                savepoints.pop();
            }
            connection.get().rollback(savepoints.peek());
        } catch (SQLException e) {
            broken = true;
            lost = true;
        }
    }

    @Override
    public void commit() {
        requireKnown();
        if (connection.isPresent()) {
            try {
                finishStatements();
                connection.get().commit();
                savepoints.clear();
            } catch (SQLException e) {
                throw failed(e, "COMMIT TRANSACTION");
            }
        }
    }

    private void finishStatements() {
        new ArrayList<>(running).forEach(this::done);
    }

    @Override
    public void rollback() {
        if (connection.isPresent()) {
            try {
                finishStatements();
                if (!broken) {
                    connection.get().rollback();
                }
            } catch (SQLException e) {
                broken = true;
            }
            savepoints.clear();
        }
    }

    @Override
    public void cancel() {
        for (Statement s : running) {
            try {
                s.cancel();
            } catch (SQLException e) {
                System.getLogger("org.gajah.fdw").log(System.Logger.Level.DEBUG, "cancelling failed", e);
            }
        }
    }

    @Override
    public void close() {
        described.clear();
        connection.ifPresent(c -> {
            if (broken || kept) {
                ConnectionPool.discard(c);
            } else {
                ConnectionPool.SHARED.give(target, c);
            }
        });
        connection = Optional.empty();
        lost = false;
    }

    /** SQL of a user's own runs on the connection, which may leave settings behind: nobody gets it later. */
    void keepToOneself() {
        kept = true;
    }

    @Override
    public void execute(String sql) {
        keepToOneself();
        try (Statement s = connection.orElseThrow().createStatement()) {
            running.add(s);
            s.setEscapeProcessing(false);
            s.execute(sql);
            running.remove(s);
        } catch (SQLException e) {
            throw failed(e, sql);
        }
    }

    /** The columns of a table or query; asked for once a transaction. None if the driver cannot tell. */
    List<RemoteColumn> columns(String table) {
        List<RemoteColumn> known = described.get(table);
        if (known != null) {
            return known;
        }
        String sql = "SELECT * FROM " + table + " WHERE 1 = 0";
        try (Statement s = connection.orElseThrow().createStatement(); ResultSet r = s.executeQuery(sql)) {
            List<RemoteColumn> columns = new ArrayList<>();
            for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                columns.add(RemoteColumn.of(r.getMetaData(), i));
            }
            described.put(table, List.copyOf(columns));
            return columns;
        } catch (SQLFeatureNotSupportedException e) {
            described.put(table, List.of());
            return List.of();
        } catch (SQLException e) {
            throw failed(e, sql);
        }
    }

    /** What the database calls itself. */
    String product() {
        try {
            return connection.orElseThrow().getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw failed(e, "");
        }
    }

    /** The character set of an Oracle; nothing of others, or if it does not tell. */
    Optional<String> charset() {
        if (!charsetAsked) {
            charsetAsked = true;
            Connection c = connection.orElseThrow();
            try (Statement s = c.createStatement();
                    ResultSet r = SessionZone.isOracle(c) ? s.executeQuery("SELECT value FROM nls_database_parameters WHERE parameter = 'NLS_CHARACTERSET'") : null) {
                charset = r != null && r.next() ? Optional.ofNullable(r.getString(1)) : Optional.empty();
            } catch (SQLException e) {
                System.getLogger("org.gajah.fdw").log(System.Logger.Level.DEBUG, "no character set", e);
            }
        }
        return charset;
    }

    /** The tables of a schema. */
    Map<String, String> imported(JdbcImport schema) {
        try {
            return schema.statements(connection.orElseThrow());
        } catch (SQLException e) {
            throw failed(e, "");
        }
    }

    /** The process that serves the connection, if it is a PostgreSQL's. */
    Optional<String> backendProcess() {
        try (Statement s = connection.orElseThrow().createStatement(); ResultSet r = s.executeQuery("SELECT pg_backend_pid()")) {
            return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(e, "SELECT pg_backend_pid()");
        }
    }

    /** What is there: product, driver, place, isolation, connections kept. */
    String diagnosis() {
        try {
            Connection c = connection.orElseThrow();
            DatabaseMetaData about = c.getMetaData();
            String isolation = switch (c.getTransactionIsolation()) {
                case Connection.TRANSACTION_SERIALIZABLE -> "serializable";
                case Connection.TRANSACTION_REPEATABLE_READ -> "repeatable read";
                case Connection.TRANSACTION_READ_COMMITTED -> "read committed";
                default -> "other";
            };
            return ", server " + about.getDatabaseProductName() + " " + about.getDatabaseProductVersion().replaceAll("\\s+", " ") + ", driver "
                    + about.getDriverName() + " " + about.getDriverVersion() + ", URL " + target.url() + ", isolation " + isolation + ", idle connections "
                    + ConnectionPool.SHARED.idle(target);
        } catch (SQLException e) {
            throw failed(e, "");
        }
    }
}
