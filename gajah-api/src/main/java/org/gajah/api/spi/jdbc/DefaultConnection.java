package org.gajah.api.spi.jdbc;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Spi;
import org.gajah.api.spi.SpiSavepoint;

/** What stands behind the connection: the routine's, which it neither opens nor closes. */
public final class DefaultConnection {
    private final Spi spi;
    private final List<Mark> marks = new ArrayList<>(0);
    private int marked;

    DefaultConnection(Spi spi) {
        this.spi = spi;
    }

    Spi spi() {
        return spi;
    }

    private Connection face() {
        return Face.of(Connection.class, this);
    }

    public Statement createStatement() {
        return Face.of(Statement.class, new DefaultStatement(this));
    }

    public Statement createStatement(int type, int concurrency) throws SQLException {
        requirePlain(type, concurrency);
        return createStatement();
    }

    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return createStatement(type, concurrency);
    }

    public PreparedStatement prepareStatement(String sql) {
        return Face.of(PreparedStatement.class, new DefaultPrepared(this, SqlText.of(sql).numbered(), false));
    }

    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        requirePlain(type, concurrency);
        return prepareStatement(sql);
    }

    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability) throws SQLException {
        return prepareStatement(sql, type, concurrency);
    }

    public PreparedStatement prepareStatement(String sql, int keys) {
        return keys == Statement.RETURN_GENERATED_KEYS ? returning(sql, "*") : prepareStatement(sql);
    }

    public PreparedStatement prepareStatement(String sql, String[] columns) {
        return columns.length == 0 ? prepareStatement(sql)
                : returning(sql, Arrays.stream(columns).map(c -> '"' + c.replace("\"", "\"\"") + '"').collect(Collectors.joining(", ")));
    }

    private PreparedStatement returning(String sql, String columns) {
        return Face.of(PreparedStatement.class, new DefaultPrepared(this, returningText(SqlText.of(sql).numbered(), columns), true));
    }

    static String returningText(String sql, String columns) {
        return sql + "\nRETURNING " + columns;
    }

    public CallableStatement prepareCall(String sql) throws SQLException {
        return Face.of(CallableStatement.class, DefaultCall.of(this, sql));
    }

    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        requirePlain(type, concurrency);
        return prepareCall(sql);
    }

    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return prepareCall(sql, type, concurrency);
    }

    private static void requirePlain(int type, int concurrency) throws SQLException {
        if (type == ResultSet.TYPE_SCROLL_SENSITIVE || concurrency != ResultSet.CONCUR_READ_ONLY) {
            throw new SQLFeatureNotSupportedException("results of jdbc:default:connection do not follow changes and cannot be updated", "0A000");
        }
    }

    public String nativeSQL(String sql) {
        return SqlText.of(sql).numbered();
    }

    public boolean getAutoCommit() {
        return false;
    }

    public void setAutoCommit(boolean on) throws SQLException {
        if (on) {
            throw new SQLFeatureNotSupportedException("a routine runs in its caller's transaction: jdbc:default:connection has no autocommit", "0A000");
        }
    }

    /** 2D000 unless the routine is a procedure that may. The transaction's savepoints end with it. */
    public void commit() {
        if (!marks.isEmpty()) {
            marks.getFirst().begun.release();
            marks.clear();
        }
        spi.commit();
    }

    public void rollback() {
        if (!marks.isEmpty()) {
            marks.getFirst().begun.rollback();
            marks.clear();
        }
        spi.rollback();
    }

    /** A savepoint; JDBC's stays when it is rolled back to, SPI's ends. */
    private static final class Mark implements Savepoint {
        private final int id;
        private final String name;
        private SpiSavepoint begun;

        Mark(int id, String name, SpiSavepoint begun) {
            this.id = id;
            this.name = name;
            this.begun = begun;
        }

        @Override
        public int getSavepointId() throws SQLException {
            if (name != null) {
                throw new SQLException("the savepoint has a name", SqlState.INVALID_SAVEPOINT_SPECIFICATION.code());
            }
            return id;
        }

        @Override
        public String getSavepointName() throws SQLException {
            if (name == null) {
                throw new SQLException("the savepoint has no name", SqlState.INVALID_SAVEPOINT_SPECIFICATION.code());
            }
            return name;
        }
    }

    public Savepoint setSavepoint() {
        return setSavepoint(null);
    }

    public Savepoint setSavepoint(String name) {
        Mark mark = new Mark(++marked, name, spi.savepoint());
        marks.add(mark);
        return mark;
    }

    public void releaseSavepoint(Savepoint savepoint) {
        Mark mark = known(savepoint);
        mark.begun.release();
        marks.subList(marks.indexOf(mark), marks.size()).clear();
    }

    public void rollback(Savepoint savepoint) {
        Mark mark = known(savepoint);
        mark.begun.rollback();
        marks.subList(marks.indexOf(mark) + 1, marks.size()).clear();
        mark.begun = spi.savepoint();
    }

    private Mark known(Savepoint savepoint) {
        if (savepoint instanceof Mark mark && marks.contains(mark) && mark.begun.isActive()) {
            return mark;
        }
        throw new SqlError(SqlState.INVALID_SAVEPOINT_SPECIFICATION, "no such savepoint");
    }

    /** Does nothing: the connection is the routine's. */
    public void close() {
        // nor does it end what was begun
    }

    public boolean isClosed() {
        return !Spi.isConnected();
    }

    public boolean isValid(int seconds) {
        return Spi.isConnected();
    }

    public DatabaseMetaData getMetaData() {
        return Face.of(DatabaseMetaData.class, new ServerFacts(this, face()));
    }

    String setting(String name) {
        return spi.execute("SELECT current_setting($1)", name).rows().row(0).getText(1);
    }

    public boolean isReadOnly() {
        return setting("transaction_read_only").equals("on");
    }

    public void setReadOnly(boolean readOnly) {
        if (readOnly != isReadOnly()) {
            spi.execute("SET TRANSACTION READ " + (readOnly ? "ONLY" : "WRITE"));
        }
    }

    public int getTransactionIsolation() {
        return switch (setting("transaction_isolation")) {
            case "serializable" -> Connection.TRANSACTION_SERIALIZABLE;
            case "repeatable read" -> Connection.TRANSACTION_REPEATABLE_READ;
            case "read uncommitted" -> Connection.TRANSACTION_READ_UNCOMMITTED;
            default -> Connection.TRANSACTION_READ_COMMITTED;
        };
    }

    public void setTransactionIsolation(int level) {
        if (level != getTransactionIsolation()) {
            spi.execute("SET TRANSACTION ISOLATION LEVEL " + switch (level) {
                case Connection.TRANSACTION_SERIALIZABLE -> "SERIALIZABLE";
                case Connection.TRANSACTION_REPEATABLE_READ -> "REPEATABLE READ";
                case Connection.TRANSACTION_READ_UNCOMMITTED -> "READ UNCOMMITTED";
                default -> "READ COMMITTED";
            });
        }
    }

    public String getCatalog() {
        return spi.execute("SELECT current_database()").rows().row(0).getText(1);
    }

    public String getSchema() {
        return spi.execute("SELECT current_schema()").rows().row(0).getText(1);
    }

    public void setSchema(String schema) {
        spi.execute("SELECT set_config('search_path', quote_ident($1), false)", schema);
    }

    public int getHoldability() {
        return ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }

    public java.sql.SQLWarning getWarnings() {
        return null;
    }

    public Map<String, Class<?>> getTypeMap() {
        return Map.of();
    }

    public java.sql.Array createArrayOf(String type, Object[] elements) {
        return SqlArray.of(type, elements);
    }
}
