package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignChange;

/**
 * MariaDB and MySQL. Their collations take more strings for equal than are; a backslash means itself, which each connection asks for, so
 * that what stands between quotes is what it seems.
 */
final class MariaDialect extends Dialect {
    MariaDialect(String name) {
        super(name);
    }

    @Override
    Optional<String> keeping() {
        return Optional.of(" FOR UPDATE");
    }

    @Override
    Returning.Way returning(ForeignChange.Kind kind, boolean keyed) {
        return name().equals("mariadb") && kind != ForeignChange.Kind.UPDATE ? Returning.Way.CLAUSE : Returning.Way.READ;
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS_AND_MOMENTS;
    }

    @Override
    String doubleType() {
        return "DOUBLE";
    }

    @Override
    boolean utc() {
        return true;
    }

    @Override
    Like like() {
        return Like.WIDER;
    }

    @Override
    boolean codePoints() {
        return true;
    }

    @Override
    Map<String, String> functions() {
        return DECIMAL_FUNCTIONS;
    }

    @Override
    RemotePlan plan() {
        return RemotePlan.ROWS;
    }

    @Override
    Limit limit() {
        return Limit.LIMIT;
    }

    @Override
    Optional<String> unlimited() {
        return Optional.of("18446744073709551615");
    }

    @Override
    Nulls nulls() {
        return Nulls.KEY;
    }

    @Override
    String quote() {
        return "`";
    }

    @Override
    String setup() {
        return "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO'; SET SESSION time_zone = '+00:00'";
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" WHERE RAND() < " + part);
    }
}
