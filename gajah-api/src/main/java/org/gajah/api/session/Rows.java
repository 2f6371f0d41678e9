package org.gajah.api.session;

/** The rows of a query, one at a time, in the order they come. Columns count from 1 and are read while their row is the present one. */
public interface Rows extends AutoCloseable {
    /** Goes to the first or next row; false at the end, where the query is over. */
    boolean next();

    int columnCount();

    String columnName(int column);

    /** Oid of the column's type. */
    int columnType(int column);

    boolean isNull(int column);

    /** An integer of any size that fits; 22003 if it does not, 22004 if it is NULL. */
    int getInt(int column);

    /** An integer of any size; 22004 if it is NULL. */
    long getLong(int column);

    /** Any number; 22004 if it is NULL. */
    double getDouble(int column);

    /** A boolean; 22004 if it is NULL. */
    boolean getBoolean(int column);

    /** The text form, null for NULL. */
    String getText(int column);

    /** The bytes of a bytea, or of the text form in UTF-8; null for NULL. */
    byte[] getBytes(int column);

    /** Ends the query; also outside of a transaction what it has done stays. */
    @Override
    void close();
}
