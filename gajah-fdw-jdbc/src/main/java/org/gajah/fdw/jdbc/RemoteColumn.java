package org.gajah.fdw.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;

import org.gajah.api.foreign.ForeignColumn;

/**
 * A column as its table is described there. What is found out goes with the local column as options that no user can give.
 *
 * @param kind  what kind of type it has
 * @param scale how many digits its values may have behind the point, or its seconds; a large number if nothing is said
 */
record RemoteColumn(String name, Kind kind, int scale) {
    /** Kinds of types there. */
    enum Kind { INTEGER, DECIMAL, SINGLE, DOUBLE, TEXT, PADDED, DATE, TIMESTAMP, FLAG, UNKNOWN, OTHER }

    private static final String KIND = "type there";
    private static final String SCALE = "scale there";
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
        return new RemoteColumn(about.getColumnLabel(column), kind(about.getColumnType(column), about.getPrecision(column)), unknown ? ANY_SCALE : scale);
    }

    private static Kind kind(int type, int precision) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.INTEGER;
            case Types.NUMERIC, Types.DECIMAL -> Kind.DECIMAL;
            case Types.REAL -> Kind.SINGLE;
            case Types.FLOAT, Types.DOUBLE -> Kind.DOUBLE;
            case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR -> Kind.TEXT;
            case Types.CHAR, Types.NCHAR -> Kind.PADDED;
            case Types.DATE -> Kind.DATE;
            case Types.TIMESTAMP -> Kind.TIMESTAMP;
            case Types.BOOLEAN -> Kind.FLAG;
            case Types.BIT -> precision > 1 ? Kind.OTHER : Kind.FLAG;
            case Types.NULL -> Kind.UNKNOWN;
            default -> Kind.OTHER;
        };
    }

    /** The local column with what is known of it. */
    ForeignColumn describe(ForeignColumn local) {
        Map<String, String> options = new HashMap<>(local.options());
        options.put(KIND, kind.name());
        options.put(SCALE, Integer.toString(scale));
        return new ForeignColumn(local.number(), local.name(), local.type(), local.notNull(), Map.copyOf(options));
    }

    private static Kind kind(ForeignColumn c) {
        return Kind.valueOf(c.options().getOrDefault(KIND, Kind.UNKNOWN.name()));
    }

    private static int scale(ForeignColumn c) {
        return Integer.parseInt(c.options().getOrDefault(SCALE, "0"));
    }

    /** Whether the strings there may have blanks behind them that count here and not there. */
    static boolean isPadded(ForeignColumn c) {
        return kind(c) == Kind.PADDED;
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
        return kind == Kind.UNKNOWN || switch (c.type().name()) {
            case "int2", "int4", "int8" -> kind == Kind.INTEGER || kind == Kind.DECIMAL;
            case "numeric" -> kind == Kind.INTEGER || kind == Kind.DECIMAL && (c.type().typmod() < HEADER || scale(c) <= decimals(c.type().typmod()));
            case "float8" -> kind == Kind.DOUBLE || kind == Kind.SINGLE && dialect.name().equals("sqlite");
            case "text", "varchar" -> kind == Kind.TEXT;
            case "bool" -> kind == Kind.FLAG || !dialect.booleans() && (kind == Kind.INTEGER || kind == Kind.DECIMAL);
            case "date" -> kind == Kind.DATE || kind == Kind.TIMESTAMP;
            case "timestamp" -> kind == Kind.TIMESTAMP || kind == Kind.DATE;
            default -> true;
        };
    }

    /** The digits behind the point that a modifier of numeric says. */
    private static int decimals(int typmod) {
        return ((typmod - HEADER & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
    }
}
