package org.gajah.fdw.jdbc;

/** Trino: strings are compared by their code points. */
final class TrinoDialect extends CodePointDialect {
    TrinoDialect() {
        super("trino");
    }

    @Override
    Limit limit() {
        return Limit.FETCH_FIRST;
    }

    @Override
    String literal(String type, String value) {
        return type.equals("numeric") ? "DECIMAL '" + value + "'" : super.literal(type, value);
    }
}
