package org.gajah.fdw.jdbc;

import java.util.Set;

/** Derby. Strings are padded for comparisons there. */
final class DerbyDialect extends Dialect {
    DerbyDialect() {
        super("derby");
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS;
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
        return " FROM SYSIBM.SYSDUMMY1";
    }

    @Override
    boolean booleans() {
        return true;
    }
}
