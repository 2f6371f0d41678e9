package org.gajah.fdw.jdbc;

import java.util.Set;

/** Apache Ignite 3. */
final class IgniteDialect extends Dialect {
    IgniteDialect() {
        super("ignite");
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS_AND_MOMENTS;
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
    boolean booleans() {
        return true;
    }
}
