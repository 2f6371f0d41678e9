package org.gajah.ast;

import java.util.List;

/**
 * AND, OR (two or more arguments: chains are flattened) and NOT (one).
 *
 * @param location where errors about it point, in code points from 1
 */
public record BoolExpr(Kind kind, List<Expression> arguments, int location) implements Expression {
    /** The connective. */
    public enum Kind { AND, OR, NOT }
}
