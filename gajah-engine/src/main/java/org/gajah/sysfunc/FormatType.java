package org.gajah.sysfunc;

import java.util.Optional;

import org.gajah.type.Oids;

/** The names that SQL has for built-in types, with their modifiers. */
final class FormatType {
    private static final int HEADER = 4;
    private static final int FULL_RANGE = 0x7fff;
    private static final int FULL_PRECISION = 0xffff;

    private FormatType() {
    }

    static Optional<String> standard(int oid, int typmod) {
        return Optional.ofNullable(switch (oid) {
            case Oids.BOOL -> "boolean";
            case Oids.INT2 -> "smallint";
            case Oids.INT4 -> "integer";
            case Oids.INT8 -> "bigint";
            case Oids.FLOAT4 -> "real";
            case Oids.FLOAT8 -> "double precision";
            case Oids.NUMERIC -> "numeric" + numeric(typmod);
            case Oids.BPCHAR -> typmod >= HEADER ? "character(" + (typmod - HEADER) + ")" : "character";
            case Oids.VARCHAR -> typmod >= HEADER ? "character varying(" + (typmod - HEADER) + ")" : "character varying";
            case Oids.CHAR -> "\"char\"";
            case Oids.BIT -> typmod > 0 ? "bit(" + typmod + ")" : typmod == 0 ? "bit(0)" : "bit";
            case Oids.VARBIT -> typmod >= 0 ? "bit varying(" + typmod + ")" : "bit varying";
            case Oids.TIME -> "time" + precision(typmod) + " without time zone";
            case Oids.TIMETZ -> "time" + precision(typmod) + " with time zone";
            case Oids.TIMESTAMP -> "timestamp" + precision(typmod) + " without time zone";
            case Oids.TIMESTAMPTZ -> "timestamp" + precision(typmod) + " with time zone";
            case Oids.INTERVAL -> "interval" + interval(typmod);
            case Oids.JSON -> "json";
            default -> null;
        });
    }

    private static String precision(int typmod) {
        return typmod >= 0 ? "(" + typmod + ")" : "";
    }

    private static String numeric(int typmod) {
        if (typmod < HEADER) {
            return "";
        }
        int packed = typmod - HEADER;
        int scale = (packed & 0x7ff ^ 1024) - 1024;
        return "(" + (packed >> 16 & 0xffff) + "," + scale + ")";
    }

    private static String interval(int typmod) {
        if (typmod < 0) {
            return "";
        }
        int range = typmod >> 16 & FULL_RANGE;
        int precision = typmod & FULL_PRECISION;
        String fields = switch (range) {
            case 1 << 2 -> " year";
            case 1 << 1 -> " month";
            case 1 << 3 -> " day";
            case 1 << 10 -> " hour";
            case 1 << 11 -> " minute";
            case 1 << 12 -> " second";
            case 1 << 2 | 1 << 1 -> " year to month";
            case 1 << 3 | 1 << 10 -> " day to hour";
            case 1 << 3 | 1 << 10 | 1 << 11 -> " day to minute";
            case 1 << 3 | 1 << 10 | 1 << 11 | 1 << 12 -> " day to second";
            case 1 << 10 | 1 << 11 -> " hour to minute";
            case 1 << 10 | 1 << 11 | 1 << 12 -> " hour to second";
            case 1 << 11 | 1 << 12 -> " minute to second";
            default -> "";
        };
        return fields + (precision == FULL_PRECISION ? "" : "(" + precision + ")");
    }
}
