package org.gajah.ast;

/**
 * value [NOT] BETWEEN [SYMMETRIC] low AND high.
 *
 * @param symmetric the bounds may come in either order
 */
public record Between(Expression value, Expression low, Expression high, boolean negated, boolean symmetric, int location)
        implements Expression {
}
