package org.gajah.fdw.jdbc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The values of options, with PostgreSQL's errors for those that are none. */
final class OptionValues {
    private static final Set<String> TRUE = Set.of("true", "on", "yes", "1", "t", "y", "tr", "tru", "ye");
    private static final Set<String> FALSE = Set.of("false", "off", "no", "0", "f", "n", "fa", "fal", "fals", "of");

    private OptionValues() {
    }

    static Optional<Boolean> flag(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return TRUE.contains(lower) ? Optional.of(true) : FALSE.contains(lower) ? Optional.of(false) : Optional.empty();
    }

    static boolean flag(Map<String, String> options, String name, boolean otherwise) {
        return Optional.ofNullable(options.get(name)).flatMap(OptionValues::flag).orElse(otherwise);
    }

    static int number(Map<String, String> options, String name, int otherwise) {
        return options.containsKey(name) ? Integer.parseInt(options.get(name).strip()) : otherwise;
    }

    /** A part of a hundred; nothing if it is none. */
    static Optional<Double> percent(String value) {
        try {
            double number = Double.parseDouble(value.strip());
            return number >= LEAST_PERCENT && number <= 100 ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static final double LEAST_PERCENT = 0.000001;

    static void requireFlag(String name, String value) {
        if (flag(value).isEmpty()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, name + " requires a Boolean value");
        }
    }

    static void requirePositive(String name, String value) {
        int number;
        try {
            number = Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for integer option \"" + name + "\": " + value, e);
        }
        if (number <= 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "\"" + name + "\" must be an integer value greater than zero");
        }
    }

    static void requireCost(String name, String value) {
        double number;
        try {
            number = Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for floating point option \"" + name + "\": " + value, e);
        }
        if (!(number >= 0)) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "\"" + name + "\" must be a floating point value greater than or equal to zero");
        }
    }
}
