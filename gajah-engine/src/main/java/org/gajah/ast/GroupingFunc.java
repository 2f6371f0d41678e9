package org.gajah.ast;

import java.util.List;

/**
 * GROUPING(arguments).
 *
 * @param arguments the expressions of GROUP BY that are asked about
 * @param location where errors about it point, in code points from 1
 */
public record GroupingFunc(List<Expression> arguments, int location) implements Expression {
}
