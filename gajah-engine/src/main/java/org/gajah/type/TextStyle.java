package org.gajah.type;

/** The settings that change how values look as text. */
public record TextStyle(DateFormat dateFormat, FieldOrder fieldOrder, IntervalFormat intervalFormat, int extraFloatDigits,
        boolean byteaEscape) {
    /** PostgreSQL's defaults: ISO, MDY, postgres, 1, hex. */
    public static final TextStyle DEFAULT =
            new TextStyle(DateFormat.ISO, FieldOrder.MDY, IntervalFormat.POSTGRES, 1, false);

    /** The first half of DateStyle. */
    public enum DateFormat { ISO, SQL, POSTGRES, GERMAN }

    /** The second half of DateStyle: how ambiguous dates are read. */
    public enum FieldOrder { MDY, DMY, YMD }

    /** IntervalStyle. */
    public enum IntervalFormat { POSTGRES, POSTGRES_VERBOSE, SQL_STANDARD, ISO_8601 }
}
