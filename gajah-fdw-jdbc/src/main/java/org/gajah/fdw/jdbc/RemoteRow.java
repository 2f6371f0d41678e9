package org.gajah.fdw.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.List;

/** The present row of a result set, and what its columns are there, which is looked up once. */
final class RemoteRow {
    /** Oracle's numbers of TIMESTAMP WITH [LOCAL] TIME ZONE. */
    static final int ORACLE_ZONED = -101;
    static final int ORACLE_LOCAL_ZONED = -102;
    /** Oracle's numbers of its intervals. */
    static final int ORACLE_MONTHS = -103;
    static final int ORACLE_SECONDS = -104;

    /** Oracle's numbers of BINARY_FLOAT and BINARY_DOUBLE. */
    static final int ORACLE_SINGLE = 100;
    static final int ORACLE_DOUBLE = 101;

    private final ResultSet rows;
    private int[] codes = new int[0];
    /** The driver cannot tell. */
    private boolean silent;

    RemoteRow(ResultSet rows) {
        this.rows = rows;
    }

    ResultSet rows() {
        return rows;
    }

    /** A row of which the driver does not tell the types. */
    RemoteRow(ResultSet rows, List<Integer> codes) {
        this.rows = rows;
        this.codes = codes.stream().mapToInt(c -> c).toArray();
    }

    /** JDBC's number, or the driver's own, of the type of column {@code index}, from 1. */
    int code(int index) throws SQLException {
        if (codes.length == 0 && !silent) {
            askCodes();
        }
        return silent ? Types.OTHER : codes[index - 1];
    }

    private void askCodes() throws SQLException {
        try {
            ResultSetMetaData about = rows.getMetaData();
            int[] found = new int[about.getColumnCount()];
            for (int i = 0; i < found.length; i++) {
                found[i] = about.getColumnType(i + 1);
            }
            codes = found;
        } catch (SQLFeatureNotSupportedException e) {
            silent = true;
        }
    }

    /** What the driver calls the column's type. */
    String typeName(int index) throws SQLException {
        if (code(index) == ORACLE_MONTHS || code(index) == ORACLE_SECONDS) {
            return code(index) == ORACLE_MONTHS ? "INTERVALYM" : "INTERVALDS";
        }
        if (silent) {
            return "";
        }
        String name = rows.getMetaData().getColumnTypeName(index);
        return name == null ? "" : name;
    }
}
