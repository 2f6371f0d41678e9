package org.gajah.fdw.jdbc;

import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignChange;

/** DuckDB: strings are compared by their bytes there as here, unless a column has a collation. */
final class DuckDialect extends CodePointDialect {
    DuckDialect() {
        super("duckdb");
    }

    @Override
    Returning.Way returning(ForeignChange.Kind kind, boolean keyed) {
        return Returning.Way.CLAUSE;
    }

    @Override
    Set<String> exactTypes() {
        return ALL_BUT_TEXT;
    }

    @Override
    boolean farYears() {
        return true;
    }

    @Override
    boolean keeps(String type, String value) {
        return true;
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" TABLESAMPLE BERNOULLI (" + percent + " PERCENT)");
    }
}
