package org.gajah.fdw.jdbc;

import java.util.Set;

/** Where a value lies among those that a column of its type can have there. */
enum Place {
    BELOW, WITHIN, ABOVE;

    /** The types of which some values lie beyond what others have. */
    static final Set<String> TYPES = Set.of("numeric", "float4", "float8", "date", "timestamp");
    private static final int LAST_YEAR_DIGITS = 4;

    static Place of(Dialect dialect, String type, String text) {
        boolean far = switch (type) {
            case "numeric" -> text.endsWith("Infinity") || text.equals("NaN") || integerDigits(text) > dialect.decimalDigits();
            case "float4", "float8" -> (text.endsWith("Infinity") || text.equals("NaN")) && !dialect.keeps(type, text);
            case "date", "timestamp" -> text.endsWith("infinity") ? !dialect.keeps(type, text)
                    : !dialect.farYears() && (text.endsWith(" BC") || text.indexOf('-') > LAST_YEAR_DIGITS);
            default -> false;
        };
        return !far ? WITHIN : text.startsWith("-") || text.endsWith(" BC") ? BELOW : ABOVE;
    }

    private static int integerDigits(String numeric) {
        int point = numeric.indexOf('.');
        return (point < 0 ? numeric.length() : point) - (numeric.startsWith("-") ? 1 : 0);
    }

    /** Whether {@code x operator value} is true of all values x that there are, of a value at this place beyond them; false is what it is else. */
    boolean holds(String operator) {
        return switch (operator) {
            case "<>" -> true;
            case "<", "<=" -> this == ABOVE;
            case ">", ">=" -> this == BELOW;
            default -> false;
        };
    }
}
