package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * UPDATE relation SET ... FROM ... WHERE ...; WHERE CURRENT OF is an expression of its own.
 *
 * @param relation with its alias
 * @param location where errors about it point, in code points from 1
 */
public record Update(Optional<WithClause> with, RangeVar relation, List<Assignment> assignments, List<FromItem> from,
        Optional<Expression> where, Optional<Returning> returning, int location) implements PreparableStatement {
}
