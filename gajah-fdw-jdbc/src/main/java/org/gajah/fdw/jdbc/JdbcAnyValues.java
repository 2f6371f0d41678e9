package org.gajah.fdw.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.RowTarget;

/** Values by the local type, whatever the database: numbers as numbers, dates as dates, the rest as text. */
final class JdbcAnyValues implements JdbcValues {
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx");
    private static final DateTimeFormatter ZONED_INPUT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]x");
    private static final Set<String> BOUND = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar", "date",
            "timestamp", "bool", "bytea");
    private static final int LONG_DIGITS = 18;

    private final Dialect dialect;
    /** Whether the driver gives moments as java.time has them, which no time zone of this process can shift. */
    private boolean plainMoments = true;

    JdbcAnyValues(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether values of a type can be parameters. */
    static boolean binds(ForeignType type) {
        return BOUND.contains(type.name());
    }

    @Override
    public void bind(PreparedStatement s, int index, ForeignType type, Optional<String> value) throws SQLException {
        Optional<RowCount> count = RowCount.of(type);
        if (count.isPresent()) {
            s.setLong(index, count.get().rows(value, dialect.mostRows()));
            return;
        }
        if (value.isEmpty()) {
            nothing(s, index, type);
            return;
        }
        String text = value.get();
        switch (type.name()) {
            case "int2", "int4", "int8" -> s.setLong(index, Long.parseLong(text));
            case "numeric" -> number(s, index, text);
            case "float4", "float8" -> s.setDouble(index, Double.parseDouble(text.replace("inf", "Inf")));
            case "bool" -> s.setBoolean(index, text.equals("t"));
            case "date" -> day(s, index, text);
            case "timestamp" -> moment(s, index, text);
            case "timestamptz" -> zoned(s, index, text);
            case "interval" -> interval(s, index, text);
            case "bytea" -> s.setBytes(index, HexFormat.of().parseHex(text.substring(2)));
            case "uuid" -> uuid(s, index, text);
            default -> s.setString(index, text);
        }
    }

    /** An Oracle keeps them as bytes. */
    private void uuid(PreparedStatement s, int index, String text) throws SQLException {
        if (dialect.name().equals("oracle")) {
            s.setBytes(index, HexFormat.of().parseHex(text.replace("-", "")));
        } else {
            s.setString(index, text);
        }
    }

    /** NULL without a type, or with the local one's where that must be said. */
    private static void nothing(PreparedStatement s, int index, ForeignType type) throws SQLException {
        try {
            s.setNull(index, Types.NULL);
        } catch (SQLException e) {
            s.setNull(index, switch (type.name()) {
                case "int2", "int4", "int8", "numeric" -> Types.NUMERIC;
                case "float4", "float8" -> Types.DOUBLE;
                case "bool" -> Types.BOOLEAN;
                case "date" -> Types.DATE;
                case "timestamp", "timestamptz" -> Types.TIMESTAMP;
                case "bytea" -> Types.VARBINARY;
                default -> Types.VARCHAR;
            });
        }
    }

    private static void number(PreparedStatement s, int index, String text) throws SQLException {
        try {
            s.setBigDecimal(index, new BigDecimal(text));
        } catch (NumberFormatException e) {
            s.setString(index, text);
        }
    }

    @Override
    public Place place(ForeignType type, String value) {
        return Place.of(dialect, type.name(), value);
    }

    @Override
    public String listed(ForeignType type) {
        return dialect.listedParameter(type.name());
    }

    private void day(PreparedStatement s, int index, String text) throws SQLException {
        Optional<LocalDate> day = MomentText.date(text);
        if (day.isPresent() && dialect.hybridCalendar()) {
            s.setDate(index, Date.valueOf(day.get()));
        } else {
            s.setObject(index, day.isPresent() ? day.get() : text);
        }
    }

    private void moment(PreparedStatement s, int index, String text) throws SQLException {
        Optional<LocalDateTime> moment = MomentText.timestamp(text);
        if (moment.isPresent() && dialect.hybridCalendar()) {
            s.setTimestamp(index, Timestamp.valueOf(moment.get()));
        } else {
            s.setObject(index, moment.isPresent() ? moment.get() : text);
        }
    }

    /** As a moment with its offset, or in UTC where sessions are; as text for drivers that know no such thing. */
    private void zoned(PreparedStatement s, int index, String text) throws SQLException {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text, ZONED_INPUT);
            s.setObject(index, dialect.utc() ? moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime() : moment);
        } catch (DateTimeParseException | SQLException e) {
            s.setString(index, text);
        }
    }

    private static void interval(PreparedStatement s, int index, String text) throws SQLException {
        s.setObject(index, RemoteInterval.value(text).orElseThrow(() -> new SqlError(SqlState.FDW_INVALID_DATA_TYPE, "interval \"" + text
                + "\" has months as well as days or a time: no value there has both")));
    }

    @Override
    public void read(RemoteRow row, int index, RemoteSql.Output output, RowTarget target) throws SQLException {
        int column = index - 1;
        switch (output.type().name()) {
            case "int2", "int4", "int8", "numeric", "oid" -> {
                BigDecimal value = row.rows().getBigDecimal(index);
                if (value != null && value.scale() <= 0 && value.precision() < LONG_DIGITS) {
                    target.setLong(column, value.longValue());
                } else if (value != null) {
                    target.setText(column, value.toPlainString());
                }
            }
            case "float4", "float8" -> {
                double value = row.rows().getDouble(index);
                if (!row.rows().wasNull()) {
                    target.setDouble(column, value);
                }
            }
            case "bool" -> {
                boolean value = row.rows().getBoolean(index);
                if (!row.rows().wasNull()) {
                    target.setBoolean(column, value);
                }
            }
            case "bytea" -> {
                byte[] value = row.rows().getBytes(index);
                if (value != null) {
                    target.setBytes(column, value);
                }
            }
            case "uuid" -> uuid(row.rows().getObject(index), column, target);
            case "date", "timestamp", "timestamptz" -> moment(row, index, output.type().name(), target);
            case "interval" -> {
                String value = row.rows().getString(index);
                if (value != null) {
                    target.setText(column, RemoteInterval.text(value, row.typeName(index)));
                }
            }
            default -> text(row.rows().getString(index), output, column, target);
        }
    }

    private void text(String value, RemoteSql.Output output, int column, RowTarget target) {
        if (value == null || dialect.emptyIsNull() && value.isEmpty()) {
            return;
        }
        boolean zeros = value.indexOf('\0') >= 0;
        if (zeros && !output.strips()) {
            throw new SqlError(SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\": 0x00");
        }
        target.setText(column, zeros ? value.replace("\0", "") : value);
    }

    private static void uuid(Object value, int column, RowTarget target) {
        if (value instanceof byte[] bytes) {
            target.setText(column, HexFormat.of().formatHex(bytes));
        } else if (value != null) {
            target.setText(column, value.toString());
        }
    }

    private void moment(RemoteRow row, int index, String type, RowTarget target) throws SQLException {
        int column = index - 1;
        switch (moment(row, index, type)) {
            case null -> { }
            case Timestamp t -> target.setText(column, text(t.toLocalDateTime(), type));
            case Date d -> target.setText(column, MomentText.of(d.toLocalDate()));
            case LocalDate d -> target.setText(column, MomentText.of(d));
            case LocalDateTime t -> target.setText(column, text(t, type));
            case OffsetDateTime t -> target.setText(column, type.equals("timestamptz") ? ZONED.format(t) : text(t.toLocalDateTime(), type));
            case Object other -> target.setText(column, other.toString());
        }
    }

    /**
     * A moment as the driver has it. One with a zone becomes, where none is wanted, the time on the clocks of the session there, or its
     * own where it has one in Oracle.
     */
    private Object moment(RemoteRow row, int index, String type) throws SQLException {
        Class<?> wanted = switch (row.code(index)) {
            case Types.DATE -> LocalDate.class;
            case Types.TIMESTAMP -> LocalDateTime.class;
            case Types.TIMESTAMP_WITH_TIMEZONE, RemoteRow.ORACLE_LOCAL_ZONED -> type.equals("timestamptz") ? OffsetDateTime.class : LocalDateTime.class;
            case RemoteRow.ORACLE_ZONED -> OffsetDateTime.class;
            default -> Object.class;
        };
        if (wanted != Object.class && plainMoments) {
            try {
                return row.rows().getObject(index, wanted);
            } catch (SQLException e) {
                plainMoments = false;
            }
        }
        return row.rows().getObject(index);
    }

    private String text(LocalDateTime t, String type) {
        return switch (type) {
            case "date" -> MomentText.of(t.toLocalDate());
            case "timestamptz" -> MomentText.of(t) + (dialect.utc() ? "+00" : "");
            default -> MomentText.of(t);
        };
    }
}
