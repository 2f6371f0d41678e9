package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Set;

/** H2. Its CHAR_LENGTH counts units of UTF-16, its upper and lower know all letters: they stay here. */
final class H2Dialect extends Dialect {
    H2Dialect() {
        super("h2");
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
    Like like() {
        return Like.EXACT;
    }

    @Override
    boolean exactDecimals() {
        return true;
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
    boolean setOperations() {
        return true;
    }

    @Override
    boolean foldsUpper() {
        return true;
    }

    @Override
    String dual() {
        return " FROM DUAL";
    }

    @Override
    boolean booleans() {
        return true;
    }
}
