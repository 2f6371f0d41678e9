package org.gajah.fdw.jdbc;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A comparison whose parameter may turn out to lie beyond what there is there. It stands in marks in the text that is kept, and behind it what
 * is asked instead: whether the other side is a value at all, which decides it then.
 *
 * @param begin      where it begins in the text
 * @param end        where what follows begins
 * @param comparison with the parameter
 * @param operator   with the parameter on its right
 * @param other      the other side
 */
record RangedSql(int begin, int end, String comparison, String operator, String other) {
    private static final String BEGIN = "\u0003";
    private static final String ELSE = "\u0004";
    static final String END = "\u0005";
    private static final Pattern MARKS = Pattern.compile(BEGIN + "[\\s\\S]|" + ELSE + "[^" + END + "]*" + END);
    /** The character that stands for the number of the first parameter. */
    private static final int FIRST = 0x100;

    /** What stands before a comparison whose parameter is the one of this number, from 0, in the text. */
    static String begin(int parameter) {
        return BEGIN + (char) (FIRST + parameter);
    }

    /** What stands behind it, before the other side and the end. */
    static String otherwise(String operator) {
        return ELSE + operator + " ";
    }

    /** The one of a parameter, if it stands in one. */
    static Optional<RangedSql> find(String sql, int parameter) {
        int begin = sql.indexOf(begin(parameter));
        if (begin < 0) {
            return Optional.empty();
        }
        int otherwise = sql.indexOf(ELSE, begin);
        int end = sql.indexOf(END, otherwise);
        String[] behind = sql.substring(otherwise + 1, end).split(" ", 2);
        return Optional.of(new RangedSql(begin, end + 1, sql.substring(begin + 2, otherwise), behind[0], behind[1]));
    }

    /** What is asked if the parameter lies at this place beyond all others: true, false or null as the comparison is here. */
    String decided(Place place) {
        return "(" + other + (place.holds(operator) ? " = " : " <> ") + other + ")";
    }

    /** The text with comparisons alone. */
    static String withoutMarks(String sql) {
        return MARKS.matcher(sql).replaceAll("");
    }
}
