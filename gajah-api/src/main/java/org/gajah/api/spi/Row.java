package org.gajah.api.spi;

/**
 * A row, or a value of a composite type. Columns count from 1. Immutable, so what C copies (SPI_copytuple, SPI_returntuple) is the row itself.
 *
 * <p>A column's natural Java value is Boolean, Short, Integer, Long, Float, Double, BigDecimal, String, byte[], UUID, LocalDate, LocalTime,
 * OffsetTime, LocalDateTime, OffsetDateTime, {@link SqlInterval}, an array of these, a {@code Row}, or for any other type its text.
 */
public interface Row {
    /** The columns. */
    TupleDescriptor descriptor();

    /** Whether the column is NULL. */
    boolean isNull(int column);

    /** The natural Java value, null for NULL. C: SPI_getbinval */
    Object get(int column);

    /** The value as one of this class, null for NULL; 42846 if it cannot be. */
    <T> T get(int column, Class<T> type);

    /** The text form, null for NULL. C: SPI_getvalue */
    String getText(int column);

    /** An integer of any size that fits; 22004 if it is NULL. */
    long getLong(int column);

    /** A floating point number or any number as one; 22004 if it is NULL. */
    double getDouble(int column);

    /** A boolean; 22004 if it is NULL. */
    boolean getBoolean(int column);

    /** This row with another value in a column. C: SPI_modifytuple */
    Row with(int column, Object value);

    /** An integer; 22003 if it does not fit, 22004 if it is NULL. */
    default int getInt(int column) {
        return Math.toIntExact(getLong(column));
    }

    /** Whether the column of this name is NULL. */
    default boolean isNull(String column) {
        return isNull(descriptor().require(column));
    }

    /** The natural Java value of the column of this name. */
    default Object get(String column) {
        return get(descriptor().require(column));
    }

    /** The value of the column of this name as one of this class. */
    default <T> T get(String column, Class<T> type) {
        return get(descriptor().require(column), type);
    }

    /** The text form of the column of this name. */
    default String getText(String column) {
        return getText(descriptor().require(column));
    }

    /** The integer in the column of this name. */
    default int getInt(String column) {
        return getInt(descriptor().require(column));
    }

    /** The integer in the column of this name. */
    default long getLong(String column) {
        return getLong(descriptor().require(column));
    }

    /** The number in the column of this name. */
    default double getDouble(String column) {
        return getDouble(descriptor().require(column));
    }

    /** The boolean in the column of this name. */
    default boolean getBoolean(String column) {
        return getBoolean(descriptor().require(column));
    }

    /** This row with another value in the column of this name. */
    default Row with(String column, Object value) {
        return with(descriptor().require(column), value);
    }
}
