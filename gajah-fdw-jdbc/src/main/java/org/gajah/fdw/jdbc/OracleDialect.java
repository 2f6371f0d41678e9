package org.gajah.fdw.jdbc;

import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignChange;

/** Oracle. Functions go there by routine mappings alone. */
final class OracleDialect extends Dialect {
    OracleDialect() {
        super("oracle");
    }

    @Override
    Optional<String> keeping() {
        return Optional.of(" FOR UPDATE");
    }

    @Override
    Returning.Way returning(ForeignChange.Kind kind, boolean keyed) {
        return Returning.Way.INTO;
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS;
    }

    @Override
    boolean textEquality() {
        return true;
    }

    @Override
    Like like() {
        return Like.EXACT;
    }

    @Override
    boolean emptyIsNull() {
        return true;
    }

    @Override
    boolean documents() {
        return true;
    }

    @Override
    boolean nearNumbers() {
        return true;
    }

    @Override
    boolean finerMoments() {
        return true;
    }

    @Override
    RemotePlan plan() {
        return RemotePlan.PLAN_TABLE;
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
    boolean fullJoins() {
        return true;
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
    String as() {
        return " ";
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" SAMPLE BLOCK (" + percent + ")");
    }
}
