package org.gajah.ast;

/**
 * IS [NOT] TRUE, FALSE, UNKNOWN.
 *
 * @param argument any boolean
 * @param location where errors about it point, in code points from 1
 */
public record BooleanTest(Expression argument, Kind kind, int location) implements Expression {
    /** The test. */
    public enum Kind { IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN, IS_NOT_UNKNOWN }
}
