package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** HSQLDB. Strings that differ in blanks at the end are equal there, unless its collation says NO PAD. */
final class HsqlDialect extends StandardDialect {
    HsqlDialect() {
        super("hsqldb");
    }

    @Override
    Optional<String> keeping() {
        return Optional.of(" FOR UPDATE");
    }

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
