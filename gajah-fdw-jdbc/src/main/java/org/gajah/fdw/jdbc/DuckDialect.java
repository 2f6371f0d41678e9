package org.gajah.fdw.jdbc;

/** DuckDB: strings are compared by their bytes there as here, unless a column has a collation. */
final class DuckDialect extends CodePointDialect {
    DuckDialect() {
        super("duckdb");
    }
}
