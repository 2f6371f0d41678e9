package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Set;

/** A database whose strings are code points and are compared by them. */
abstract class CodePointDialect extends StandardDialect {
    CodePointDialect(String name) {
        super(name);
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS_MOMENTS_AND_FLAGS;
    }

    @Override
    boolean textEquality() {
        return true;
    }

    @Override
    boolean textOrder() {
        return true;
    }

    @Override
    boolean codePoints() {
        return true;
    }

    @Override
    Map<String, String> functions() {
        return Map.of("length(text)", "length(%s)", "char_length(text)", "length(%s)", "character_length(text)", "length(%s)", "abs(numeric)", "abs(%s)");
    }

    @Override
    RemotePlan plan() {
        return RemotePlan.ROWS;
    }

    @Override
    String doubleType() {
        return "DOUBLE";
    }
}
