package org.gajah.ast;

import java.util.List;

/**
 * left [NOT] IN (items), the list form; the subquery form is a {@link SubLink}.
 *
 * @param items at least one
 * @param location where errors about it point, in code points from 1
 */
public record InList(Expression left, List<Expression> items, boolean negated, int location) implements Expression {
}
