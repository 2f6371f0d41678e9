package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Constants that any database reads as the value they are: no infinity, no NaN, no number of many digits, no year that has not four. */
final class Writable {
    private static final int YEAR = 5;
    private static final int DIGITS = 31;
    private static final int SIDE_DIGITS = 18;
    /** Oracle takes no longer literals than 4000 bytes. */
    private static final int MOST_CHARACTERS = 1000;
    /** Days that calendars which were Julian once do not have. */
    private static final String FIRST_SKIPPED = "1582-10-05";
    private static final String LAST_SKIPPED = "1582-10-14";
    private static final Set<String> LITERALS = Set.of("int2", "int4", "int8", "numeric", "float8", "bool", "text", "varchar", "date", "timestamp");

    private Writable() {
    }

    static boolean is(String type, String text) {
        return switch (type) {
            case "numeric", "float4", "float8" -> isShort(text) && !text.isEmpty() && text.chars().allMatch(ch -> ch >= '0' && ch <= '9' || "+-.e".indexOf(ch) >= 0);
            case "date", "timestamp" -> text.length() >= YEAR && text.charAt(YEAR - 1) == '-' && !text.endsWith("C") && !text.startsWith("0000") && !isSkipped(text);
            default -> true;
        };
    }

    static boolean all(String type, List<Optional<String>> values) {
        return values.stream().allMatch(v -> v.map(text -> is(type, text)).orElse(true));
    }

    /** Whether it may be written where it is not compared with anything that says its type. */
    static boolean asLiteral(String type, String text) {
        return LITERALS.contains(type) && text.length() <= MOST_CHARACTERS && is(type, text);
    }

    private static boolean isShort(String number) {
        int point = number.indexOf('.');
        return number.length() <= DIGITS && (point < 0 ? number.length() : Math.max(point, number.length() - point)) <= SIDE_DIGITS;
    }

    private static boolean isSkipped(String moment) {
        String day = moment.substring(0, Math.min(moment.length(), FIRST_SKIPPED.length()));
        return day.compareTo(FIRST_SKIPPED) >= 0 && day.compareTo(LAST_SKIPPED) <= 0;
    }
}
