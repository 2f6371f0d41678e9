package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * One key of an index or of ON CONFLICT: a column by name, or an expression.
 *
 * @param operatorClassOptions the parameters given to the operator class
 */
public record IndexElem(Optional<String> name, Optional<Expression> expression, List<String> collation,
        List<String> operatorClass, List<DefElem> operatorClassOptions, SortBy.Direction direction, SortBy.Nulls nulls,
        int location) {
}
