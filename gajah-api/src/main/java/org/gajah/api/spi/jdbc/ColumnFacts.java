package org.gajah.api.spi.jdbc;

import java.sql.ResultSetMetaData;

import org.gajah.api.spi.TupleDescriptor;

/** What stands behind a result set's metadata. */
public final class ColumnFacts {
    private final TupleDescriptor columns;

    ColumnFacts(TupleDescriptor columns) {
        this.columns = columns;
    }

    public int getColumnCount() {
        return columns.size();
    }

    public String getColumnName(int column) {
        return columns.name(column);
    }

    public String getColumnLabel(int column) {
        return columns.name(column);
    }

    public int getColumnType(int column) {
        return SqlTypes.of(columns.type(column));
    }

    public String getColumnTypeName(int column) {
        return columns.type(column);
    }

    public String getColumnClassName(int column) {
        return SqlTypes.type(columns.type(column)).getName();
    }

    public int isNullable(int column) {
        return ResultSetMetaData.columnNullableUnknown;
    }

    public boolean isSearchable(int column) {
        return true;
    }

    public boolean isReadOnly(int column) {
        return true;
    }

    public boolean isWritable(int column) {
        return false;
    }

    public boolean isDefinitelyWritable(int column) {
        return false;
    }

    public boolean isSigned(int column) {
        return Number.class.isAssignableFrom(SqlTypes.type(columns.type(column)));
    }
}
