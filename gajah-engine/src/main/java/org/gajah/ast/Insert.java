package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * INSERT INTO relation.
 *
 * @param columns    the columns named, or empty
 * @param source     what to insert; empty for DEFAULT VALUES. DEFAULT inside VALUES is an {@link Expression}
 * @param overriding OVERRIDING ... VALUE
 */
public record Insert(Optional<WithClause> with, RangeVar relation, List<ColumnTarget> columns, Optional<Select> source,
        Overriding overriding, Optional<OnConflict> onConflict, Optional<Returning> returning, int location)
        implements PreparableStatement {

    /** Whose value an identity column takes. */
    public enum Overriding { NOT_SET, USER_VALUE, SYSTEM_VALUE }

    /**
     * ON CONFLICT.
     *
     * @param target      what conflicts; empty only for DO NOTHING
     * @param assignments of DO UPDATE SET; empty list for DO NOTHING
     */
    public record OnConflict(Optional<InferClause> target, boolean update, List<Assignment> assignments,
            Optional<Expression> where, int location) {
    }

    /** The index that ON CONFLICT means: by its columns, or by its constraint's name. */
    public record InferClause(List<IndexElem> elements, Optional<Expression> where, Optional<String> constraint,
            int location) {
    }
}
