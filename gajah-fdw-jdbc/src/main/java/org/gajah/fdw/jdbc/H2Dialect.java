package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignChange;

/** H2. Its CHAR_LENGTH counts units of UTF-16, its upper and lower know all letters: they stay here. */
final class H2Dialect extends StandardDialect {
    H2Dialect() {
        super("h2");
    }

    @Override
    Optional<String> keeping() {
        return Optional.of(" FOR UPDATE");
    }

    @Override
    Returning.Way returning(ForeignChange.Kind kind, boolean keyed) {
        return Returning.Way.TABLE;
    }

    @Override
    Set<String> exactTypes() {
        return ALL_BUT_TEXT;
    }

    @Override
    boolean textEquality() {
        return true;
    }

    @Override
    int decimalDigits() {
        return Integer.MAX_VALUE;
    }

    @Override
    boolean farYears() {
        return true;
    }

    @Override
    boolean keeps(String type, String value) {
        return type.startsWith("float");
    }

    @Override
    boolean exactDecimals() {
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
    boolean fullJoins() {
        return false;
    }

    @Override
    String computedParameter() {
        return "CAST(? AS BIGINT)";
    }

    @Override
    boolean foldsUpper() {
        return true;
    }

    @Override
    String dual() {
        return " FROM DUAL";
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" WHERE RAND() < " + part);
    }
}
