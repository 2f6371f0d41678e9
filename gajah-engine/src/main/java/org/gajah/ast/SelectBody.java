package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** A query without WITH, ORDER BY, LIMIT and locking. {@code TABLE t} is a {@link Simple} selecting {@code *} from it. */
public sealed interface SelectBody {
    /** Where it starts. */
    int location();

    /**
     * SELECT ... FROM ...
     *
     * @param windows the WINDOW clause
     */
    record Simple(Distinct distinct, List<ResTarget> targets, Optional<IntoClause> into, List<FromItem> from,
            Optional<Expression> where, GroupBy groupBy, Optional<Expression> having, List<WindowDef> windows,
            int location) implements SelectBody {
    }

    /** VALUES (...), (...); the rows as written, maybe of different lengths. */
    record Values(List<List<Expression>> rows, int location) implements SelectBody {
    }

    /**
     * UNION, INTERSECT, EXCEPT.
     *
     * @param all whether duplicates are kept
     */
    record SetOperation(SetOperator operator, boolean all, Select left, Select right, int location)
            implements SelectBody {
    }

    /** The set operations. */
    enum SetOperator { UNION, INTERSECT, EXCEPT }

    /** What SELECT says about duplicates. */
    sealed interface Distinct {
        /** All rows. */
        record None() implements Distinct {
        }

        /** SELECT DISTINCT. */
        record All() implements Distinct {
        }

        /** SELECT DISTINCT ON (...). */
        record On(List<Expression> expressions) implements Distinct {
        }
    }

    /**
     * GROUP BY, or nothing if {@code elements} is empty.
     *
     * @param distinct GROUP BY DISTINCT
     */
    record GroupBy(boolean distinct, List<GroupElement> elements) {
        /** No GROUP BY. */
        public static final GroupBy NONE = new GroupBy(false, List.of());
    }

    /** One element of GROUP BY. */
    sealed interface GroupElement {
        /** An expression; a {@link RowExpr} without ROW stands for its fields. */
        record Item(Expression expression) implements GroupElement {
        }

        /** {@code ()}. */
        record Empty(int location) implements GroupElement {
        }

        /** ROLLUP, CUBE (their elements are items) or GROUPING SETS. */
        record Sets(SetsKind kind, List<GroupElement> elements, int location) implements GroupElement {
        }
    }

    /** The three ways to write several groupings. */
    enum SetsKind { ROLLUP, CUBE, GROUPING_SETS }
}
