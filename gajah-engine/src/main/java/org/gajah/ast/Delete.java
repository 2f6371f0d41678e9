package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * DELETE FROM relation USING ... WHERE ...; WHERE CURRENT OF is an expression of its own.
 *
 * @param relation with its alias
 * @param location where errors about it point, in code points from 1
 */
public record Delete(Optional<WithClause> with, RangeVar relation, List<FromItem> using, Optional<Expression> where,
        Optional<Returning> returning, int location) implements PreparableStatement {
}
