package org.gajah.api.spi.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Row;

/** JDBC's getters over a row of SPI's. */
abstract class Values {
    private boolean wasNull;

    /** The row that getters read. */
    abstract Row row() throws SQLException;

    /** Where in it a getter's column is. */
    abstract int place(int column) throws SQLException;

    /** Whether the last value read was NULL. */
    public boolean wasNull() {
        return wasNull;
    }

    private <T> T get(int column, Class<T> type) throws SQLException {
        Row row = row();
        int at = place(column);
        wasNull = row.isNull(at);
        return wasNull ? null : as(row, at, type);
    }

    private static <T> T as(Row row, int at, Class<T> type) {
        Object value = row.get(at);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        Object converted = switch (type.getSimpleName()) {
            case "Integer" -> whole(row, at, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            case "Long" -> whole(row, at, Long.MIN_VALUE, Long.MAX_VALUE);
            case "Short" -> whole(row, at, Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
            case "Byte" -> whole(row, at, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue();
            case "Float" -> (float) number(row, at).doubleValue();
            case "Double" -> number(row, at).doubleValue();
            case "BigDecimal" -> number(row, at);
            case "Boolean" -> truth(row, at);
            case "Date" -> Date.valueOf(local(value).toLocalDate());
            case "Timestamp" -> value instanceof OffsetDateTime t ? Timestamp.from(t.toInstant()) : Timestamp.valueOf(local(value));
            case "Time" -> Time.valueOf(local(value).toLocalTime());
            case "Array" -> SqlArray.of(row, at);
            default -> row.get(at, type);
        };
        return type.cast(converted);
    }

    private static BigDecimal number(Row row, int at) {
        Object value = row.get(at);
        try {
            return value instanceof BigDecimal d ? d : value instanceof Boolean b ? b ? BigDecimal.ONE : BigDecimal.ZERO
                    : new BigDecimal(row.getText(at).strip());
        } catch (NumberFormatException e) {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "\"" + row.getText(at) + "\" is not a number", e);
        }
    }

    private static Long whole(Row row, int at, long least, long most) {
        Object value = row.get(at);
        BigDecimal whole = value instanceof Number n && !(n instanceof BigDecimal || n instanceof Double || n instanceof Float)
                ? BigDecimal.valueOf(n.longValue()) : number(row, at).setScale(0, java.math.RoundingMode.DOWN);
        if (whole.compareTo(BigDecimal.valueOf(least)) < 0 || whole.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value " + whole + " is out of range");
        }
        return whole.longValue();
    }

    private static Boolean truth(Row row, int at) {
        return switch (row.getText(at).strip().toLowerCase(java.util.Locale.ROOT)) {
            case "t", "true", "1", "y", "yes", "on" -> true;
            case "f", "false", "0", "n", "no", "off" -> false;
            default -> throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "\"" + row.getText(at) + "\" is not a boolean");
        };
    }

    private static LocalDateTime local(Object value) {
        return switch (value) {
            case LocalDate d -> d.atStartOfDay();
            case LocalDateTime t -> t;
            case OffsetDateTime t -> t.atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime();
            case LocalTime t -> t.atDate(LocalDate.EPOCH);
            case OffsetTime t -> t.toLocalTime().atDate(LocalDate.EPOCH);
            default -> throw new SqlError(SqlState.CANNOT_COERCE, "a " + value.getClass().getSimpleName() + " is no date or time");
        };
    }

    /** A column's number. */
    public int getInt(int column) throws SQLException {
        Integer value = get(column, Integer.class);
        return value == null ? 0 : value;
    }

    public long getLong(int column) throws SQLException {
        Long value = get(column, Long.class);
        return value == null ? 0 : value;
    }

    public short getShort(int column) throws SQLException {
        Short value = get(column, Short.class);
        return value == null ? 0 : value;
    }

    public byte getByte(int column) throws SQLException {
        Byte value = get(column, Byte.class);
        return value == null ? 0 : value;
    }

    public float getFloat(int column) throws SQLException {
        Float value = get(column, Float.class);
        return value == null ? 0 : value;
    }

    public double getDouble(int column) throws SQLException {
        Double value = get(column, Double.class);
        return value == null ? 0 : value;
    }

    public boolean getBoolean(int column) throws SQLException {
        return Boolean.TRUE.equals(get(column, Boolean.class));
    }

    public BigDecimal getBigDecimal(int column) throws SQLException {
        return get(column, BigDecimal.class);
    }

    /** The text form of whatever it is. */
    public String getString(int column) throws SQLException {
        String text = row().getText(place(column));
        wasNull = text == null;
        return text;
    }

    public byte[] getBytes(int column) throws SQLException {
        return get(column, byte[].class);
    }

    public Date getDate(int column) throws SQLException {
        return get(column, Date.class);
    }

    public Time getTime(int column) throws SQLException {
        return get(column, Time.class);
    }

    public Timestamp getTimestamp(int column) throws SQLException {
        return get(column, Timestamp.class);
    }

    public Array getArray(int column) throws SQLException {
        return get(column, Array.class);
    }

    public <T> T getObject(int column, Class<T> type) throws SQLException {
        return get(column, type);
    }

    /** The value as JDBC's class for its type. */
    public Object getObject(int column) throws SQLException {
        Row row = row();
        int at = place(column);
        return get(column, SqlTypes.type(row.descriptor().type(at)));
    }
}
