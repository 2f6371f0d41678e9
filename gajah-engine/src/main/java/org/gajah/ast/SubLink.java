package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * A subquery in an expression.
 *
 * @param test     the left operand of ANY and ALL; IN is ANY with an empty operator, NOT IN is NOT around that
 * @param operator the operator of ANY and ALL, maybe qualified
 */
public record SubLink(Kind kind, Optional<Expression> test, List<String> operator, Select query, int location)
        implements Expression {
    /** How it is used. */
    public enum Kind { EXISTS, ALL, ANY, EXPR, ARRAY }
}
