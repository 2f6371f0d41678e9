package org.gajah.api.spi.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.SpiResult;
import org.gajah.api.spi.TupleTable;

/** What stands behind a statement. */
public class DefaultStatement extends Values {
    private final DefaultConnection connection;
    private final List<Supplier<SpiResult>> batch = new ArrayList<>(0);
    private Optional<TupleTable> rows = Optional.empty();
    private Optional<TupleTable> keys = Optional.empty();
    private long changed = -1;
    private long maxRows;
    private boolean closed;

    DefaultStatement(DefaultConnection connection) {
        this.connection = connection;
    }

    DefaultConnection connection() {
        return connection;
    }

    @Override
    org.gajah.api.spi.Row row() throws SQLException {
        throw new SQLException("a statement has no values", SqlState.INVALID_CURSOR_STATE.code());
    }

    @Override
    int place(int column) throws SQLException {
        return column;
    }

    void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLException("the statement is closed", SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE.code());
        }
    }

    /** Takes what a command gave; whether the first of it are rows. */
    boolean took(SpiResult result, boolean asKeys) {
        SpiResult sound = result.orThrow();
        rows = asKeys ? Optional.empty() : sound.tuples();
        keys = asKeys ? sound.tuples() : Optional.empty();
        boolean counts = switch (sound.code()) {
            case OK_INSERT, OK_UPDATE, OK_DELETE, OK_MERGE, OK_SELINTO, OK_UTILITY -> true;
            default -> asKeys;
        };
        changed = rows.isPresent() ? -1 : counts ? sound.processed() : sound.code() == SpiCode.OK_REWRITTEN ? -1 : 0;
        return rows.isPresent();
    }

    private SpiResult run(String sql) {
        return connection.spi().execute(SqlText.of(sql).with(n -> "?"), false, maxRows);
    }

    public boolean execute(String sql) throws SQLException {
        requireOpen();
        return took(run(sql), false);
    }

    public boolean execute(String sql, int generated) throws SQLException {
        requireOpen();
        boolean returns = generated == Statement.RETURN_GENERATED_KEYS;
        return took(run(returns ? DefaultConnection.returningText(sql, "*") : sql), returns);
    }

    public ResultSet executeQuery(String sql) throws SQLException {
        execute(sql);
        return result();
    }

    /** The rows of the last command; null if it gave none. */
    TupleTable tuples() {
        return rows.orElse(null);
    }

    ResultSet result() throws SQLException {
        if (rows.isEmpty()) {
            throw new SQLException("the statement gave no rows", SqlState.INVALID_CURSOR_STATE.code());
        }
        return getResultSet();
    }

    public long executeLargeUpdate(String sql) throws SQLException {
        execute(sql);
        return count();
    }

    long count() throws SQLException {
        if (rows.isPresent()) {
            throw new SQLException("the statement gave rows", SqlState.INVALID_CURSOR_STATE.code());
        }
        return Math.max(0, changed);
    }

    public int executeUpdate(String sql) throws SQLException {
        return (int) executeLargeUpdate(sql);
    }

    public int executeUpdate(String sql, int generated) throws SQLException {
        execute(sql, generated);
        return (int) count();
    }

    public ResultSet getResultSet() {
        return rows.map(r -> Face.of(ResultSet.class, new DefaultRows(Face.of(Statement.class, this), r))).orElse(null);
    }

    public ResultSet getGeneratedKeys() {
        TupleTable given = keys.orElseGet(() -> connection.spi().execute("SELECT WHERE false").rows());
        return Face.of(ResultSet.class, new DefaultRows(Face.of(Statement.class, this), given));
    }

    public long getLargeUpdateCount() {
        return changed;
    }

    public int getUpdateCount() {
        return (int) changed;
    }

    /** There is never a second result. */
    public boolean getMoreResults() {
        rows = Optional.empty();
        changed = -1;
        return false;
    }

    public boolean getMoreResults(int current) {
        return getMoreResults();
    }

    /** Adds to the batch. */
    void add(Supplier<SpiResult> command) {
        batch.add(command);
    }

    public void addBatch(String sql) {
        add(() -> run(sql));
    }

    public void clearBatch() {
        batch.clear();
    }

    public long[] executeLargeBatch() throws SQLException {
        requireOpen();
        List<Supplier<SpiResult>> commands = List.copyOf(batch);
        batch.clear();
        long[] counts = new long[commands.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                took(commands.get(i).get(), false);
                counts[i] = rows.isPresent() ? Statement.SUCCESS_NO_INFO : changed;
            } catch (SqlError e) {
                throw new BatchUpdateException(e.getMessage(), e.code(), 0, Arrays.copyOf(counts, i), e);
            }
        }
        return counts;
    }

    public int[] executeBatch() throws SQLException {
        return Arrays.stream(executeLargeBatch()).mapToInt(n -> (int) n).toArray();
    }

    public void setMaxRows(int rows) {
        maxRows = rows;
    }

    public void setLargeMaxRows(long rows) {
        maxRows = rows;
    }

    long maxRows() {
        return maxRows;
    }

    public int getMaxRows() {
        return (int) maxRows;
    }

    public long getLargeMaxRows() {
        return maxRows;
    }

    /** A hint, of no use here. */
    public void setFetchSize(int rows) {
        // all rows are there when the command is done
    }

    public int getFetchSize() {
        return 0;
    }

    public int getFetchDirection() {
        return ResultSet.FETCH_FORWARD;
    }

    public void setFetchDirection(int direction) {
        // a hint too
    }

    public void setEscapeProcessing(boolean on) {
        // the only escapes are those of prepareCall
    }

    public void setPoolable(boolean on) {
        // a hint too
    }

    public boolean isPoolable() {
        return false;
    }

    public int getQueryTimeout() {
        return 0;
    }

    public int getResultSetType() {
        return ResultSet.TYPE_SCROLL_INSENSITIVE;
    }

    public int getResultSetConcurrency() {
        return ResultSet.CONCUR_READ_ONLY;
    }

    public int getResultSetHoldability() {
        return ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }

    public java.sql.SQLWarning getWarnings() {
        return null;
    }

    public Connection getConnection() {
        return Face.of(Connection.class, connection);
    }

    public void close() {
        closed = true;
        rows.ifPresent(TupleTable::free);
        keys.ifPresent(TupleTable::free);
        rows = Optional.empty();
        keys = Optional.empty();
    }

    public boolean isClosed() {
        return closed;
    }

    public boolean isCloseOnCompletion() {
        return false;
    }
}
