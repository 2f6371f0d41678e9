package org.gajah.ast;

import java.util.OptionalInt;

/**
 * CURRENT_DATE and its like.
 *
 * @param precision of CURRENT_TIME(p) and its like
 */
public record SqlValueFunction(Kind kind, OptionalInt precision, int location) implements Expression {
    /** Which one. */
    public enum Kind {
        CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP, CURRENT_ROLE, CURRENT_USER, USER,
        SESSION_USER, CURRENT_CATALOG, CURRENT_SCHEMA
    }
}
