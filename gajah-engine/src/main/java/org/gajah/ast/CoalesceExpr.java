package org.gajah.ast;

import java.util.List;

/**
 * COALESCE(arguments), at least one.
 *
 * @param arguments at least one
 * @param location where errors about it point, in code points from 1
 */
public record CoalesceExpr(List<Expression> arguments, int location) implements Expression {
}
