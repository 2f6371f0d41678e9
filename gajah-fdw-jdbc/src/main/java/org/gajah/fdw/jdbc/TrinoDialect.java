package org.gajah.fdw.jdbc;

import java.util.Optional;

/** Trino: strings are compared by their code points. Nothing is greater or less than its NaN, nor equal to it. */
final class TrinoDialect extends CodePointDialect {
    TrinoDialect() {
        super("trino");
    }

    @Override
    boolean farYears() {
        return true;
    }

    @Override
    Limit limit() {
        return Limit.FETCH_FIRST;
    }

    @Override
    String literal(String type, String value) {
        return type.equals("numeric") ? "DECIMAL '" + value + "'" : super.literal(type, value);
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" TABLESAMPLE BERNOULLI (" + percent + ")");
    }
}
