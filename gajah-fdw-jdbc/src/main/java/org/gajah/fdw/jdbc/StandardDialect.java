package org.gajah.fdw.jdbc;

/** A database that has the SQL standard's booleans, set operations, full joins and NULLS FIRST, its LIKE, and LIMIT. */
abstract class StandardDialect extends Dialect {
    StandardDialect(String name) {
        super(name);
    }

    @Override
    Like like() {
        return Like.EXACT;
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
    boolean booleans() {
        return true;
    }
}
