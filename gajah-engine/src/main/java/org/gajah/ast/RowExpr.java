package org.gajah.ast;

import java.util.List;

/**
 * ROW(...) or (a, b, ...).
 *
 * @param explicitRow whether ROW was written
 */
public record RowExpr(List<Expression> fields, boolean explicitRow, int location) implements Expression {
}
