package org.gajah.fdw.jdbc;

import java.util.Optional;

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
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" TABLESAMPLE BERNOULLI (" + percent + " PERCENT)");
    }
}
