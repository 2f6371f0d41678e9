package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Oids;

/** What stands in parentheses behind a type's name, packed into one number as pg_attribute.atttypmod has it. */
final class TypeModifiers {
    private static final int MAX_LENGTH = 10485760;
    private static final int MAX_BITS = 83886080;
    private static final int MAX_SECONDS_PRECISION = 6;
    private static final int HEADER = 4;
    private static final int ALL_FIELDS = 0x7FFF;
    private static final int FULL_PRECISION = 0xFFFF;

    private TypeModifiers() {
    }

    /** The modifier, or empty if the type takes none. */
    static Optional<Integer> pack(int type, List<Integer> values, List<SqlError> notices) {
        return switch (type) {
            case Oids.VARCHAR -> Optional.of(length("varchar", values, MAX_LENGTH) + HEADER);
            case Oids.BPCHAR -> Optional.of(length("char", values, MAX_LENGTH) + HEADER);
            case Oids.BIT -> Optional.of(length("bit", values, MAX_BITS));
            case Oids.VARBIT -> Optional.of(length("varbit", values, MAX_BITS));
            case Oids.NUMERIC -> Optional.of(numeric(values));
            case Oids.TIME -> Optional.of(seconds("TIME", "", values, notices));
            case Oids.TIMETZ -> Optional.of(seconds("TIME", " WITH TIME ZONE", values, notices));
            case Oids.TIMESTAMP -> Optional.of(seconds("TIMESTAMP", "", values, notices));
            case Oids.TIMESTAMPTZ -> Optional.of(seconds("TIMESTAMP", " WITH TIME ZONE", values, notices));
            case Oids.INTERVAL -> Optional.of(interval(values, notices));
            default -> Optional.empty();
        };
    }

    private static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, message);
    }

    private static int length(String type, List<Integer> values, int most) {
        if (values.size() != 1) {
            throw invalid("invalid type modifier");
        }
        int length = values.getFirst();
        if (length < 1) {
            throw invalid("length for type " + type + " must be at least 1");
        }
        if (length > most) {
            throw invalid("length for type " + type + " cannot exceed " + most);
        }
        return length;
    }

    private static int numeric(List<Integer> values) {
        if (values.isEmpty() || values.size() > 2) {
            throw invalid("invalid NUMERIC type modifier");
        }
        int precision = values.getFirst();
        if (precision < 1 || precision > 1000) {
            throw invalid("NUMERIC precision " + precision + " must be between 1 and 1000");
        }
        int scale = values.size() == 2 ? values.get(1) : 0;
        if (scale < -1000 || scale > 1000) {
            throw invalid("NUMERIC scale " + scale + " must be between -1000 and 1000");
        }
        return (precision << 16 | scale & 0x7FF) + HEADER;
    }

    private static int seconds(String type, String zone, List<Integer> values, List<SqlError> notices) {
        if (values.size() != 1) {
            throw invalid("invalid type modifier");
        }
        int precision = values.getFirst();
        if (precision < 0) {
            throw invalid(type + "(" + precision + ")" + zone + " precision must not be negative");
        }
        if (precision > MAX_SECONDS_PRECISION) {
            notices.add(invalid(type + "(" + precision + ")" + zone + " precision reduced to maximum allowed, "
                    + MAX_SECONDS_PRECISION));
            return MAX_SECONDS_PRECISION;
        }
        return precision;
    }

    private static int interval(List<Integer> values, List<SqlError> notices) {
        if (values.isEmpty() || values.size() > 2) {
            throw invalid("invalid INTERVAL type modifier");
        }
        int fields = values.getFirst();
        if (values.size() == 1) {
            return fields == ALL_FIELDS ? -1 : fields << 16 | FULL_PRECISION;
        }
        int precision = values.get(1);
        if (precision < 0) {
            throw invalid("INTERVAL(" + precision + ") precision must not be negative");
        }
        if (precision > MAX_SECONDS_PRECISION) {
            notices.add(invalid("INTERVAL(" + precision + ") precision reduced to maximum allowed, " + MAX_SECONDS_PRECISION));
            precision = MAX_SECONDS_PRECISION;
        }
        return fields << 16 | precision;
    }
}
