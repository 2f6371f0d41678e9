package org.gajah.api.foreign;

/**
 * Takes the rows of a foreign query. Each row: a value for each column, in any order, then {@link #endRow}; a column without one is
 * null. Numbers fit columns of any number type, text fits every type in PostgreSQL's text form; what does not fit its column's type
 * is an error.
 */
public interface RowTarget {
    void setLong(int column, long value);

    void setDouble(int column, double value);

    void setBoolean(int column, boolean value);

    void setText(int column, String value);

    /** Text in UTF-8. */
    void setText(int column, byte[] utf8, int offset, int length);

    /** A value of type bytea. */
    void setBytes(int column, byte[] value);

    /** A value in PostgreSQL's binary form. */
    default void setBinary(int column, byte[] array, int offset, int length) {
        throw org.gajah.api.SqlError.notSupported("values in binary form cannot be given here");
    }

    void endRow();

    /** Begins the present row anew. */
    default void dropRow() {
        throw org.gajah.api.SqlError.notSupported("rows that are begun cannot be dropped here");
    }
}
