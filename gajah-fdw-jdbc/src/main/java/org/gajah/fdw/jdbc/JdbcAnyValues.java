package org.gajah.fdw.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.RowTarget;

/** Values by the local type, whatever the database: numbers as numbers, dates as dates, the rest as text. */
final class JdbcAnyValues implements JdbcValues {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx");
    private static final Set<String> BOUND = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar", "date",
            "timestamp", "bool", "bytea");

    private final boolean emptyIsNull;

    JdbcAnyValues(boolean emptyIsNull) {
        this.emptyIsNull = emptyIsNull;
    }

    /** Whether values of a type can be parameters. */
    static boolean binds(ForeignType type) {
        return BOUND.contains(type.name());
    }

    @Override
    public void bind(PreparedStatement s, int index, ForeignType type, Optional<String> value) throws SQLException {
        if (value.isEmpty()) {
            s.setNull(index, Types.NULL);
            return;
        }
        String text = value.get();
        switch (type.name()) {
            case "int2", "int4", "int8" -> s.setLong(index, Long.parseLong(text));
            case "numeric" -> number(s, index, text);
            case "float4", "float8" -> s.setDouble(index, Double.parseDouble(text.replace("inf", "Inf")));
            case "bool" -> s.setBoolean(index, text.equals("t"));
            case "date" -> date(s, index, text);
            case "timestamp" -> timestamp(s, index, text);
            case "bytea" -> s.setBytes(index, HexFormat.of().parseHex(text.substring(2)));
            default -> s.setString(index, text);
        }
    }

    private static void number(PreparedStatement s, int index, String text) throws SQLException {
        try {
            s.setBigDecimal(index, new BigDecimal(text));
        } catch (NumberFormatException e) {
            s.setString(index, text);
        }
    }

    private static void date(PreparedStatement s, int index, String text) throws SQLException {
        try {
            s.setObject(index, LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            s.setString(index, text);
        }
    }

    private static void timestamp(PreparedStatement s, int index, String text) throws SQLException {
        try {
            s.setObject(index, LocalDateTime.parse(text.replace(' ', 'T')));
        } catch (DateTimeParseException e) {
            s.setString(index, text);
        }
    }

    @Override
    public void read(ResultSet rows, int index, ForeignType type, RowTarget target) throws SQLException {
        int column = index - 1;
        switch (type.name()) {
            case "int2", "int4", "int8", "numeric", "oid" -> {
                BigDecimal value = rows.getBigDecimal(index);
                if (value != null && value.scale() <= 0 && value.precision() < LONG_DIGITS) {
                    target.setLong(column, value.longValue());
                } else if (value != null) {
                    target.setText(column, value.toPlainString());
                }
            }
            case "float4", "float8" -> {
                double value = rows.getDouble(index);
                if (!rows.wasNull()) {
                    target.setDouble(column, value);
                }
            }
            case "bool" -> {
                boolean value = rows.getBoolean(index);
                if (!rows.wasNull()) {
                    target.setBoolean(column, value);
                }
            }
            case "bytea" -> {
                byte[] value = rows.getBytes(index);
                if (value != null) {
                    target.setBytes(column, value);
                }
            }
            case "uuid" -> uuid(rows.getObject(index), column, target);
            case "date", "timestamp", "timestamptz" -> moment(rows.getObject(index), type, column, target);
            default -> {
                String value = rows.getString(index);
                if (value != null && !(emptyIsNull && value.isEmpty())) {
                    target.setText(column, value);
                }
            }
        }
    }

    private static final int LONG_DIGITS = 18;

    private static void uuid(Object value, int column, RowTarget target) {
        if (value instanceof byte[] bytes) {
            target.setText(column, HexFormat.of().formatHex(bytes));
        } else if (value != null) {
            target.setText(column, value.toString());
        }
    }

    private static void moment(Object value, ForeignType type, int column, RowTarget target) {
        switch (value) {
            case null -> { }
            case java.sql.Timestamp t -> target.setText(column, text(t.toLocalDateTime(), type));
            case java.sql.Date d -> target.setText(column, d.toLocalDate().toString());
            case LocalDateTime t -> target.setText(column, text(t, type));
            case OffsetDateTime t -> target.setText(column, ZONED.format(t));
            default -> target.setText(column, value.toString());
        }
    }

    private static String text(LocalDateTime t, ForeignType type) {
        return type.name().equals("date") ? t.toLocalDate().toString() : TIMESTAMP.format(t);
    }
}
