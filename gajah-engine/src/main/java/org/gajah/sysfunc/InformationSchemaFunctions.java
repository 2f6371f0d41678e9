package org.gajah.sysfunc;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** What the views of information_schema compute: numbers of the standard out of types and their modifiers. PostgreSQL writes them in SQL. */
public final class InformationSchemaFunctions {
    private static final int HEADER = 4;
    private static final int INDEX_BY_OID = 2679;
    private static final int LONGEST_TEXT = 1 << 30;
    private static final int UTF8_MOST_BYTES = 4;
    private static final int LOW_16 = 0xffff;
    private static final int DEFAULT_FRACTION = 6;

    private InformationSchemaFunctions() {
    }

    /** The elements of an array with their positions, from 1. */
    public static Iterator<Object[]> _pg_expandarray(ArrayValue array) {
        return IntStream.range(0, array.count()).mapToObj(i -> new Object[] {array.elements().get(i), i + 1}).iterator();
    }

    /** Which key of an index a column is, from 1; NULL if it is none. */
    public static Integer _pg_index_position(SystemContext context, int index, int column) {
        List<Integer> keys = context.catalog().row("pg_index", INDEX_BY_OID, index).map(row -> row.numbers("indkey")).orElse(List.of());
        int position = keys.indexOf(column);
        return position < 0 ? null : position + 1;
    }

    /** The type below a domain: of a row of pg_attribute and its type's of pg_type. */
    public static Integer _pg_truetypid(RecordValue attribute, RecordValue type) {
        return (Integer) (isDomain(type) ? field(type, "typbasetype") : field(attribute, "atttypid"));
    }

    /** The modifier that goes with {@link #_pg_truetypid}. */
    public static Integer _pg_truetypmod(RecordValue attribute, RecordValue type) {
        return (Integer) (isDomain(type) ? field(type, "typtypmod") : field(attribute, "atttypmod"));
    }

    private static boolean isDomain(RecordValue type) {
        return Integer.valueOf('d').equals(field(type, "typtype"));
    }

    private static Object field(RecordValue row, String name) {
        return row.fields()[row.fieldNames().indexOf(name)];
    }

    public static Integer _pg_char_max_length(int type, int typmod) {
        if (typmod == -1) {
            return null;
        }
        return switch (type) {
            case Oids.BPCHAR, Oids.VARCHAR -> typmod - HEADER;
            case Oids.BIT, Oids.VARBIT -> typmod;
            default -> null;
        };
    }

    public static Integer _pg_char_octet_length(int type, int typmod) {
        return switch (type) {
            case Oids.TEXT, Oids.BPCHAR, Oids.VARCHAR -> {
                Integer most = _pg_char_max_length(type, typmod);
                yield typmod == -1 ? Integer.valueOf(LONGEST_TEXT) : most == null ? null : Integer.valueOf(most * UTF8_MOST_BYTES);
            }
            default -> null;
        };
    }

    public static Integer _pg_numeric_precision(int type, int typmod) {
        return switch (type) {
            case Oids.INT2 -> 16;
            case Oids.INT4 -> 32;
            case Oids.INT8 -> 64;
            case Oids.NUMERIC -> typmod == -1 ? null : Integer.valueOf(typmod - HEADER >> 16 & LOW_16);
            case Oids.FLOAT4 -> 24;
            case Oids.FLOAT8 -> 53;
            default -> null;
        };
    }

    public static Integer _pg_numeric_precision_radix(int type, int typmod) {
        return switch (type) {
            case Oids.INT2, Oids.INT4, Oids.INT8, Oids.FLOAT4, Oids.FLOAT8 -> 2;
            case Oids.NUMERIC -> 10;
            default -> null;
        };
    }

    public static Integer _pg_numeric_scale(int type, int typmod) {
        return switch (type) {
            case Oids.INT2, Oids.INT4, Oids.INT8 -> 0;
            case Oids.NUMERIC -> typmod == -1 ? null : Integer.valueOf(typmod - HEADER & LOW_16);
            default -> null;
        };
    }

    public static Integer _pg_datetime_precision(int type, int typmod) {
        return switch (type) {
            case Oids.DATE -> 0;
            case Oids.TIME, Oids.TIMESTAMP, Oids.TIMESTAMPTZ, Oids.TIMETZ -> typmod < 0 ? DEFAULT_FRACTION : typmod;
            case Oids.INTERVAL -> typmod < 0 || (typmod & LOW_16) == LOW_16 ? DEFAULT_FRACTION : typmod & LOW_16;
            default -> null;
        };
    }

    /** The fields that an interval's modifier allows: YEAR TO MONTH. */
    public static Slice _pg_interval_type(SystemContext context, int type, int typmod) {
        if (type != Oids.INTERVAL) {
            return null;
        }
        String name = VisibilityFunctions.format_type(context, type, typmod).toString();
        int fields = name.indexOf(' ');
        return fields < 0 ? null : Slice.of(name.substring(fields + 1).toUpperCase(Locale.ROOT));
    }

    /** PostgreSQL's keywords. */
    public static Iterator<Object[]> pg_get_keywords() {
        return BootstrapRows.of("keywords").stream()
                .map(row -> new Object[] {row[0], (int) row[1].at(0), row[2].at(0) == 't', row[3], row[4]}).iterator();
    }
}
