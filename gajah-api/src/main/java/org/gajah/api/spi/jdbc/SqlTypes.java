package org.gajah.api.spi.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.Set;

/** PostgreSQL's types as JDBC numbers them, and JDBC's values as SPI takes them. */
final class SqlTypes {
    private static final Map<Class<?>, Integer> NATURAL = Map.of(LocalDate.class, 1082, LocalTime.class, 1083, LocalDateTime.class, 1114,
            OffsetDateTime.class, 1184);
    private static final Set<Integer> TEXTS = Set.of(25, 1043, 1042, 19);

    private SqlTypes() {
    }

    /** JDBC's number of a type, by its name. */
    static int of(String name) {
        return switch (name) {
            case "boolean", "bit" -> Types.BIT;
            case "smallint" -> Types.SMALLINT;
            case "integer" -> Types.INTEGER;
            case "bigint", "oid" -> Types.BIGINT;
            case "real" -> Types.REAL;
            case "double precision" -> Types.DOUBLE;
            case "numeric" -> Types.NUMERIC;
            case "character", "\"char\"" -> Types.CHAR;
            case "text", "character varying", "name" -> Types.VARCHAR;
            case "bytea" -> Types.BINARY;
            case "date" -> Types.DATE;
            case "time without time zone", "time with time zone" -> Types.TIME;
            case "timestamp without time zone", "timestamp with time zone" -> Types.TIMESTAMP;
            case "xml" -> Types.SQLXML;
            case "refcursor" -> Types.REF_CURSOR;
            default -> name.endsWith("[]") ? Types.ARRAY : Types.OTHER;
        };
    }

    /** The class of what getObject gives. */
    static Class<?> type(String name) {
        return switch (of(name)) {
            case Types.BIT -> name.equals("bit") ? String.class : Boolean.class;
            case Types.SMALLINT, Types.INTEGER -> Integer.class;
            case Types.BIGINT -> Long.class;
            case Types.REAL -> Float.class;
            case Types.DOUBLE -> Double.class;
            case Types.NUMERIC -> BigDecimal.class;
            case Types.BINARY -> byte[].class;
            case Types.DATE -> Date.class;
            case Types.TIME -> Time.class;
            case Types.TIMESTAMP -> Timestamp.class;
            case Types.ARRAY -> Array.class;
            case Types.CHAR, Types.VARCHAR, Types.SQLXML, Types.REF_CURSOR -> String.class;
            default -> Object.class;
        };
    }

    /** What a setter was given, for a parameter of a type. What has no natural class goes as text, with its zone where it has one. */
    static Object taken(Object value, int type) throws SQLException {
        return switch (value) {
            case Timestamp t -> OffsetDateTime.ofInstant(t.toInstant(), ZoneId.systemDefault()).toString();
            case Date d -> d.toString();
            case Time t -> t.toString();
            case java.util.Date d -> d.toInstant().toString();
            case Temporal t when !Integer.valueOf(type).equals(NATURAL.get(t.getClass())) -> t.toString();
            case Number n when TEXTS.contains(type) -> n.toString();
            case Boolean b when TEXTS.contains(type) -> b.toString();
            case Array a -> a.getArray();
            case null -> null;
            default -> value;
        };
    }
}
