package org.gajah.fdw.jdbc;

import java.util.Optional;
import java.util.Set;

/** Derby. Strings are padded for comparisons there. */
final class DerbyDialect extends Dialect {
    DerbyDialect() {
        super("derby");
    }

    @Override
    Optional<String> keeping() {
        return Optional.of(" WITH RS");
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS_AND_MOMENTS;
    }

    @Override
    boolean widensSums() {
        return false;
    }

    @Override
    Limit limit() {
        return Limit.FETCH_FIRST;
    }

    @Override
    Nulls nulls() {
        return Nulls.CLAUSE;
    }

    /** Only if each of its queries names the columns. */
    @Override
    boolean unions() {
        return false;
    }

    @Override
    boolean hybridCalendar() {
        return true;
    }

    @Override
    String computedParameter() {
        return "CAST(? AS BIGINT)";
    }

    @Override
    String listedParameter(String type) {
        return INTEGERS.contains(type) ? computedParameter() : "?";
    }

    @Override
    boolean foldsUpper() {
        return true;
    }

    @Override
    String nothing() {
        return "1";
    }

    @Override
    String dual() {
        return " FROM SYSIBM.SYSDUMMY1";
    }

    @Override
    boolean booleans() {
        return true;
    }

    @Override
    String literal(String type, String value) {
        return switch (type) {
            case "float8" -> "(" + (value.contains("e") ? value : value + "E0") + ")";
            case "date" -> "DATE('" + value + "')";
            case "timestamp" -> "TIMESTAMP('" + value + "')";
            default -> super.literal(type, value);
        };
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" WHERE RANDOM() < " + part);
    }

    @Override
    boolean listsNulls() {
        return false;
    }
}
