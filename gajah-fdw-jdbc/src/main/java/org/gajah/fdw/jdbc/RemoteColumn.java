package org.gajah.fdw.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignType;

/**
 * A column as its table is described there. What is found out goes with the local column as options that no user can give.
 *
 * @param type  what the driver calls its type
 * @param code  the type's number, JDBC's or the driver's own
 * @param kind  what kind of type it has
 * @param scale how many digits its values may have behind the point, or its seconds; a large number if nothing is said
 */
record RemoteColumn(String name, String type, int code, Kind kind, int scale) {
    /** Kinds of types there. */
    enum Kind { INTEGER, DECIMAL, SINGLE, DOUBLE, TEXT, PADDED, DATE, TIMESTAMP, ZONED, INTERVAL, BINARY, FLAG, XML, LARGE, LONG, OBJECT, UNKNOWN, OTHER }

    private static final Set<Kind> NUMERIC = Set.of(Kind.INTEGER, Kind.DECIMAL, Kind.SINGLE, Kind.DOUBLE);
    private static final String KIND = "type there";
    private static final String CODE = "code there";
    private static final String SCALE = "scale there";
    private static final String UNSUPPORTED = "not supported there";
    private static final String UNCONVERTIBLE = "cannot be converted";
    private static final Set<String> STRINGS = Set.of("text", "varchar", "bpchar");
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "bool");
    private static final Set<String> MOMENTS = Set.of("date", "timestamp", "timestamptz");
    private static final int ANY_SCALE = 10_000;
    private static final int MOST_SCALE = 1000;
    private static final int MICROS = 6;
    private static final int HEADER = 4;
    private static final int SCALE_BITS = 0x7ff;
    private static final int SCALE_SIGN = 1024;

    static RemoteColumn of(ResultSetMetaData about, int column) throws SQLException {
        boolean moment = about.getColumnType(column) == Types.TIMESTAMP;
        int scale = about.getScale(column);
        boolean unknown = scale < 0 || scale > MOST_SCALE || about.getPrecision(column) == 0 && !moment;
        String type = String.valueOf(about.getColumnTypeName(column));
        return new RemoteColumn(about.getColumnLabel(column), type, about.getColumnType(column), kind(about.getColumnType(column), type.toUpperCase(Locale.ROOT), about.getPrecision(column)),
                unknown ? ANY_SCALE : scale);
    }

    private static Kind kind(int code, String type, int precision) {
        if (type.contains("XMLTYPE")) {
            return Kind.XML;
        }
        if (type.contains("GEOMETRY")) {
            return Kind.OBJECT;
        }
        if (type.equals("LONG")) {
            return Kind.LONG;
        }
        return switch (code) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.INTEGER;
            case Types.NUMERIC, Types.DECIMAL -> Kind.DECIMAL;
            case Types.REAL, RemoteRow.ORACLE_SINGLE -> Kind.SINGLE;
            case Types.FLOAT, Types.DOUBLE, RemoteRow.ORACLE_DOUBLE -> Kind.DOUBLE;
            case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR -> Kind.TEXT;
            case Types.CHAR, Types.NCHAR -> Kind.PADDED;
            case Types.DATE -> Kind.DATE;
            case Types.TIMESTAMP -> Kind.TIMESTAMP;
            case Types.BOOLEAN -> Kind.FLAG;
            case Types.BIT -> precision > 1 ? Kind.OTHER : Kind.FLAG;
            case Types.TIMESTAMP_WITH_TIMEZONE, RemoteRow.ORACLE_ZONED, RemoteRow.ORACLE_LOCAL_ZONED -> Kind.ZONED;
            case RemoteRow.ORACLE_MONTHS, RemoteRow.ORACLE_SECONDS -> Kind.INTERVAL;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BINARY;
            case Types.SQLXML -> Kind.XML;
            case Types.CLOB, Types.NCLOB -> Kind.LARGE;
            case Types.STRUCT, Types.ARRAY, Types.REF, Types.DATALINK, Types.JAVA_OBJECT -> Kind.OBJECT;
            case Types.NULL -> Kind.UNKNOWN;
            default -> type.startsWith("INTERVAL") ? Kind.INTERVAL : Kind.OTHER;
        };
    }

    /** The local column with what is known of it. */
    ForeignColumn describe(ForeignColumn local) {
        Map<String, String> options = new HashMap<>(local.options());
        options.put(KIND, kind.name());
        options.put(CODE, Integer.toString(code));
        options.put(SCALE, Integer.toString(scale));
        return new ForeignColumn(local.number(), local.name(), local.type(), local.notNull(), Map.copyOf(options));
    }

    /** The same, of a table of oracle_fdw: what its values cannot become is an error as soon as they are asked for. */
    ForeignColumn describe(ForeignColumn local, String table) {
        ForeignColumn described = describe(local);
        boolean converts = switch (kind) {
            case INTEGER, DECIMAL, SINGLE, DOUBLE -> STRINGS.contains(local.type().name()) || NUMBERS.contains(local.type().name());
            case DATE, TIMESTAMP, ZONED -> STRINGS.contains(local.type().name()) || MOMENTS.contains(local.type().name());
            case INTERVAL -> STRINGS.contains(local.type().name()) || local.type().name().equals("interval");
            case BINARY -> local.type().name().equals("bytea") || local.type().name().equals("uuid");
            case XML -> STRINGS.contains(local.type().name()) || local.type().name().equals("xml");
            case OBJECT -> false;
            case TEXT, PADDED, FLAG, LARGE, LONG, UNKNOWN, OTHER -> true;
        };
        if (converts) {
            return described;
        }
        String which = "column \"" + local.name() + "\" of foreign table \"" + table + "\"";
        Map<String, String> options = new HashMap<>(described.options());
        options.put(kind == Kind.OBJECT ? UNSUPPORTED : UNCONVERTIBLE, kind == Kind.OBJECT ? "Oracle type " + type + " of " + which + " is not supported"
                : which + " is of type " + local.type().name() + ", to which Oracle type " + type + " cannot be converted");
        return new ForeignColumn(local.number(), local.name(), local.type(), local.notNull(), Map.copyOf(options));
    }

    /** A column of a query in FROM, or of several combined; empty if their values are not of one kind there. */
    static Optional<ForeignColumn> derived(int number, ForeignType type, List<ForeignExpr> values, Dialect dialect) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        Set<Boolean> stripped = new HashSet<>();
        Set<String> codes = new HashSet<>();
        int scale = 0;
        boolean agree = true;
        for (ForeignExpr value : values) {
            Optional<ForeignColumn> column = JdbcConditions.plain(value) instanceof ForeignExpr.Column c ? Optional.of(c.column()) : Optional.empty();
            if (column.filter(c -> c.options().containsKey(JdbcSql.MISSING) || isDocument(c)).isPresent()) {
                return Optional.empty();
            }
            kinds.add(column.map(RemoteColumn::kind).orElse(Kind.UNKNOWN));
            stripped.add(column.map(RemoteColumn::strips).orElse(false));
            codes.add(column.map(c -> c.options().getOrDefault(CODE, "")).orElse(""));
            scale = Math.max(scale, column.map(RemoteColumn::scale).orElse(0));
            agree &= column.map(c -> agrees(c, dialect)).orElse(true);
        }
        boolean moments = EnumSet.of(Kind.DATE, Kind.TIMESTAMP).containsAll(kinds);
        if (stripped.size() > 1 || kinds.size() > 1 && !agree) {
            return Optional.empty();
        }
        Kind kind = kinds.size() == 1 ? kinds.iterator().next() : moments ? Kind.TIMESTAMP : Kind.UNKNOWN;
        Map<String, String> options = new HashMap<>(Map.of(KIND, kind.name(), SCALE, Integer.toString(scale), "strip_zeros", Boolean.toString(stripped.contains(true)),
                JdbcSql.COLUMN_NAME, "c" + number));
        if (codes.size() == 1 && !codes.contains("")) {
            options.put(CODE, codes.iterator().next());
        }
        return Optional.of(new ForeignColumn(number, "c" + number, type, false, Map.copyOf(options)));
    }

    /** 0A000 or HV004 if values of a column cannot come here. */
    static void requireConvertible(ForeignColumn c) {
        if (c.options().containsKey(UNSUPPORTED)) {
            throw SqlError.notSupported(c.options().get(UNSUPPORTED));
        }
        if (c.options().containsKey(UNCONVERTIBLE)) {
            throw new SqlError(SqlState.FDW_INVALID_DATA_TYPE, c.options().get(UNCONVERTIBLE));
        }
    }

    /** The number of a column's type there; that of strings if it is not known. */
    static int code(ForeignColumn c) {
        return Integer.parseInt(c.options().getOrDefault(CODE, Integer.toString(Types.VARCHAR)));
    }

    /** Whether a column is a document there, which is fetched as text. */
    static boolean isDocument(ForeignColumn c) {
        return kind(c) == Kind.XML;
    }

    /** Whether it holds strings there and here. */
    static boolean isString(ForeignColumn c) {
        return STRINGS.contains(c.type().name()) && switch (kind(c)) {
            case TEXT, PADDED, LARGE, XML, UNKNOWN -> !strips(c);
            case INTEGER, DECIMAL, SINGLE, DOUBLE, DATE, TIMESTAMP, ZONED, INTERVAL, BINARY, FLAG, LONG, OBJECT, OTHER -> false;
        };
    }

    /** Whether it is of float8 here and holds numbers there. */
    static boolean isNear(ForeignColumn c) {
        return c.type().name().equals("float8") && NUMERIC.contains(kind(c));
    }

    /** Whether its strings are large objects, which are not compared there. */
    static boolean isLarge(ForeignColumn c) {
        return kind(c) == Kind.LARGE;
    }

    /** Whether its strings are in the national character set. */
    static boolean isNational(ForeignColumn c) {
        return Set.of(Types.NCHAR, Types.NVARCHAR, Types.NCLOB, Types.LONGNVARCHAR).contains(code(c));
    }

    /** Whether it is one of Oracle's LONG, which no function takes. */
    static boolean isLong(ForeignColumn c) {
        return kind(c) == Kind.LONG;
    }

    /** Whether characters of number 0 are left out of its strings, so that what is equal here need not be there. */
    static boolean strips(ForeignColumn c) {
        return OptionValues.flag(c.options(), "strip_zeros", false);
    }

    private static Kind kind(ForeignColumn c) {
        return Kind.valueOf(c.options().getOrDefault(KIND, Kind.UNKNOWN.name()));
    }

    private static int scale(ForeignColumn c) {
        return Integer.parseInt(c.options().getOrDefault(SCALE, "0"));
    }

    /** Whether the strings there may have blanks behind them that count here and not there. */
    static boolean isPadded(ForeignColumn c) {
        return kind(c) == Kind.PADDED && !strips(c);
    }

    /** Whether a date or timestamp may have there what it is cut off here. */
    static boolean isFiner(ForeignColumn c) {
        return switch (c.type().name()) {
            case "date" -> kind(c) == Kind.TIMESTAMP;
            case "timestamp" -> kind(c) == Kind.TIMESTAMP && scale(c) != ANY_SCALE && scale(c) > (c.type().typmod() < 0 ? MICROS : c.type().typmod());
            default -> false;
        };
    }

    /** Whether its values are those that come here: nothing is rounded, cut off, padded or converted on the way. */
    static boolean agrees(ForeignColumn c, Dialect dialect) {
        Kind kind = kind(c);
        return !strips(c) && (kind == Kind.UNKNOWN || switch (c.type().name()) {
            case "int2", "int4", "int8" -> kind == Kind.INTEGER || kind == Kind.DECIMAL;
            case "numeric" -> kind == Kind.INTEGER || kind == Kind.DECIMAL && (c.type().typmod() < HEADER || scale(c) <= decimals(c.type().typmod()));
            case "float8" -> kind == Kind.DOUBLE || kind == Kind.SINGLE && dialect.name().equals("sqlite");
            case "text", "varchar" -> kind == Kind.TEXT;
            case "bool" -> kind == Kind.FLAG || !dialect.booleans() && (kind == Kind.INTEGER || kind == Kind.DECIMAL);
            case "date" -> kind == Kind.DATE || kind == Kind.TIMESTAMP;
            case "timestamp" -> kind == Kind.TIMESTAMP || kind == Kind.DATE;
            default -> true;
        });
    }

    /** The digits behind the point that a modifier of numeric says. */
    private static int decimals(int typmod) {
        return ((typmod - HEADER & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
    }
}
