package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Set;

/** Trino: strings are compared by their code points. */
final class TrinoDialect extends Dialect {
    TrinoDialect() {
        super("trino");
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS_MOMENTS_AND_FLAGS;
    }

    @Override
    boolean textEquality() {
        return true;
    }

    @Override
    boolean textOrder() {
        return true;
    }

    @Override
    Like like() {
        return Like.EXACT;
    }

    @Override
    boolean codePoints() {
        return true;
    }

    @Override
    Map<String, String> functions() {
        return Map.of("length(text)", "length(%s)", "char_length(text)", "length(%s)", "character_length(text)", "length(%s)", "abs(numeric)", "abs(%s)");
    }

    @Override
    Limit limit() {
        return Limit.FETCH_FIRST;
    }

    @Override
    Nulls nulls() {
        return Nulls.CLAUSE;
    }

    @Override
    boolean fullJoins() {
        return true;
    }

    @Override
    boolean setOperations() {
        return true;
    }

    @Override
    boolean booleans() {
        return true;
    }

    @Override
    String doubleType() {
        return "DOUBLE";
    }

    @Override
    String literal(String type, String value) {
        return type.equals("numeric") ? "DECIMAL '" + value + "'" : super.literal(type, value);
    }
}
