package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** HSQLDB. LIKE without wildcards is its equality, and NULL NOT LIKE '%' true. Strings that differ in blanks at the end are equal there, unless its collation says NO PAD. */
final class HsqlDialect extends StandardDialect {
    HsqlDialect() {
        super("hsqldb");
    }

    @Override
    Optional<String> keeping() {
        return Optional.of(" FOR UPDATE");
    }

    @Override
    Like like() {
        return Like.WIDER;
    }

    /** Not float8, of which -0 is less than 0 there. */
    @Override
    Set<String> exactTypes() {
        return NUMBERS_MOMENTS_AND_FLAGS;
    }

    @Override
    Map<String, String> functions() {
        return DECIMAL_FUNCTIONS;
    }

    @Override
    RemotePlan plan() {
        return RemotePlan.PLAN_TABLE;
    }

    @Override
    long mostRows() {
        return Integer.MAX_VALUE;
    }

    @Override
    boolean hybridCalendar() {
        return true;
    }

    @Override
    String computedParameter() {
        return "CAST(? AS BIGINT)";
    }

    /** Values of a list would lose the digits that the column has not. */
    @Override
    String listedParameter(String type) {
        return INTEGERS.contains(type) ? computedParameter() : type.equals("numeric") ? "CAST(? AS DECIMAL(128,64))" : "?";
    }

    @Override
    boolean foldsUpper() {
        return true;
    }

    @Override
    String dual() {
        return " FROM (VALUES (0)) AS q";
    }

    @Override
    String doubleType() {
        return "DOUBLE";
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" WHERE RAND() < " + part);
    }
}
