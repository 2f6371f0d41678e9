package org.gajah.ast;

import java.util.List;

/**
 * GREATEST or LEAST.
 *
 * @param greatest which of the two
 */
public record MinMaxExpr(boolean greatest, List<Expression> arguments, int location) implements Expression {
}
