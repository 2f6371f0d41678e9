package org.gajah.fdw.jdbc;

import java.util.Set;

/** Apache Ignite 3. */
final class IgniteDialect extends StandardDialect {
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
    boolean exactDecimals() {
        return true;
    }

    @Override
    boolean foldsUpper() {
        return true;
    }
}
