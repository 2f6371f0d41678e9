package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignChange;

/** SQLite. Decimals and moments have no type of their own there; a comparison of strings says by what collation, whatever the column's is. */
final class SqliteDialect extends Dialect {
    SqliteDialect() {
        super("sqlite");
    }

    @Override
    Optional<String> keeping() {
        return Optional.of("");
    }

    @Override
    Returning.Way returning(ForeignChange.Kind kind, boolean keyed) {
        return keyed ? Returning.Way.READ : Returning.Way.CLAUSE;
    }

    @Override
    Set<String> exactTypes() {
        return Set.of("int2", "int4", "int8", "float8");
    }

    /** It takes NULL for what is no number. */
    @Override
    boolean keeps(String type, String value) {
        return type.startsWith("float") && !value.equals("NaN");
    }

    @Override
    boolean textEquality() {
        return true;
    }

    @Override
    boolean textOrder() {
        return true;
    }

    /** Its upper and lower know ASCII alone, as the collation C does. */
    @Override
    Map<String, String> functions() {
        return Map.of("length(text)", "LENGTH(%s)", "char_length(text)", "LENGTH(%s)", "character_length(text)", "LENGTH(%s)", "upper(text)", "UPPER(%s)",
                "lower(text)", "LOWER(%s)");
    }

    @Override
    RemotePlan plan() {
        return RemotePlan.QUERY_PLAN;
    }

    @Override
    Limit limit() {
        return Limit.LIMIT;
    }

    @Override
    Optional<String> unlimited() {
        return Optional.of("-1");
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
    String collation() {
        return " COLLATE BINARY";
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" WHERE ABS(RANDOM() % 100000000) < 100000000 * " + part);
    }
}
