package org.gajah.api.spi.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

import org.gajah.api.SqlState;
import org.gajah.api.spi.Row;
import org.gajah.api.spi.TupleDescriptor;
import org.gajah.api.spi.TupleTable;

/** What stands behind a result set: all rows are there, so it goes in all directions. */
public final class DefaultRows extends Values implements Labelled {
    private final Statement statement;
    private final TupleTable rows;
    private long at = -1;
    private Row current;
    private boolean closed;

    DefaultRows(Statement statement, TupleTable rows) {
        this.statement = statement;
        this.rows = rows;
    }

    @Override
    Row row() throws SQLException {
        if (closed || current == null) {
            throw new SQLException(closed ? "the result set is closed" : "the result set is on no row", SqlState.INVALID_CURSOR_STATE.code());
        }
        return current;
    }

    @Override
    int place(int column) {
        return column;
    }

    private boolean go(long row) {
        at = Math.clamp(row, -1, rows.size());
        current = at >= 0 && at < rows.size() ? rows.row(at) : null;
        return current != null;
    }

    public boolean next() throws SQLException {
        if (closed) {
            throw new SQLException("the result set is closed", SqlState.INVALID_CURSOR_STATE.code());
        }
        return go(at + 1);
    }

    public boolean previous() {
        return go(at - 1);
    }

    public boolean first() {
        return go(0);
    }

    public boolean last() {
        return go(rows.size() - 1);
    }

    public boolean absolute(int row) {
        return go(row < 0 ? rows.size() + row : row - 1L);
    }

    public boolean relative(int by) {
        return go(at + by);
    }

    public void beforeFirst() {
        go(-1);
    }

    public void afterLast() {
        go(rows.size());
    }

    public boolean isBeforeFirst() {
        return at < 0 && rows.size() > 0;
    }

    public boolean isAfterLast() {
        return at >= rows.size() && rows.size() > 0;
    }

    public boolean isFirst() {
        return at == 0 && current != null;
    }

    public boolean isLast() {
        return at == rows.size() - 1 && current != null;
    }

    public int getRow() {
        return current == null ? 0 : (int) at + 1;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        TupleDescriptor columns = rows.descriptor();
        int exact = columns.number(label);
        if (exact > 0) {
            return exact;
        }
        for (int i = 1; i <= columns.size(); i++) {
            if (columns.name(i).equalsIgnoreCase(label)) {
                return i;
            }
        }
        throw new SQLException("column \"" + label + "\" does not exist", SqlState.UNDEFINED_COLUMN.code());
    }

    public ResultSetMetaData getMetaData() {
        return Face.of(ResultSetMetaData.class, new ColumnFacts(rows.descriptor()));
    }

    public Statement getStatement() {
        return statement;
    }

    public int getType() {
        return ResultSet.TYPE_SCROLL_INSENSITIVE;
    }

    public int getConcurrency() {
        return ResultSet.CONCUR_READ_ONLY;
    }

    public int getHoldability() {
        return ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }

    public int getFetchSize() {
        return 0;
    }

    public void setFetchSize(int size) {
        // all rows are there
    }

    public int getFetchDirection() {
        return ResultSet.FETCH_FORWARD;
    }

    public java.sql.SQLWarning getWarnings() {
        return null;
    }

    public void close() {
        closed = true;
        rows.free();
    }

    public boolean isClosed() {
        return closed;
    }
}
