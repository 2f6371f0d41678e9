package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Set;

/** HSQLDB. Strings that differ in blanks at the end are equal there, unless its collation says NO PAD. */
final class HsqlDialect extends Dialect {
    HsqlDialect() {
        super("hsqldb");
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS_MOMENTS_AND_FLAGS;
    }

    @Override
    Like like() {
        return Like.EXACT;
    }

    @Override
    Map<String, String> functions() {
        return DECIMAL_FUNCTIONS;
    }

    @Override
    Limit limit() {
        return Limit.LIMIT;
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
    boolean foldsUpper() {
        return true;
    }

    @Override
    String dual() {
        return " FROM (VALUES (0)) AS q";
    }

    @Override
    boolean booleans() {
        return true;
    }

    @Override
    String doubleType() {
        return "DOUBLE";
    }
}
