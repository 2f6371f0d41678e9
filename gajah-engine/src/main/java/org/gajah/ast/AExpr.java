package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * An operator applied to its operands.
 *
 * @param name  the operator, maybe qualified; for DISTINCT, NOT_DISTINCT and NULLIF it is {@code =}; for LIKE and its
 *              kin the operator behind it ({@code ~~}, {@code !~~}, {@code ~~*}, {@code !~~*}, {@code ~}, {@code !~})
 * @param left  empty for a prefix operator
 * @param right for LIKE with ESCAPE a call of {@code like_escape}, for SIMILAR TO always one of {@code similar_to_escape}
 */
public record AExpr(Kind kind, List<String> name, Optional<Expression> left, Expression right, int location)
        implements Expression {
    /** How it was written. */
    public enum Kind {
        OP,
        /** left op ANY (array). */
        OP_ANY,
        /** left op ALL (array). */
        OP_ALL,
        /** IS DISTINCT FROM. */
        DISTINCT,
        /** IS NOT DISTINCT FROM. */
        NOT_DISTINCT,
        NULLIF, LIKE, ILIKE, SIMILAR
    }

    /** The operator's unqualified name. */
    public String operator() {
        return name.getLast();
    }
}
