package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * CASE.
 *
 * @param argument of the form {@code CASE argument WHEN value}
 */
public record CaseExpr(Optional<Expression> argument, List<CaseWhen> whens, Optional<Expression> otherwise, int location)
        implements Expression {
    /** WHEN condition THEN result. */
    public record CaseWhen(Expression condition, Expression result, int location) {
    }
}
