package org.gajah.ast;

import java.util.List;

/**
 * ARRAY[...]; an inner {@code [...]} is another one, and only arrays made so nest into dimensions.
 *
 * @param elements may be empty
 * @param location where errors about it point, in code points from 1
 */
public record AArrayExpr(List<Expression> elements, int location) implements Expression {
}
