package org.gajah.ast;

import java.util.List;

/** One element of SET in UPDATE, ON CONFLICT and MERGE. */
public sealed interface Assignment {
    /** column = value. */
    record Single(ColumnTarget target, Expression value) implements Assignment {
    }

    /** (column, ...) = row; {@code source} is a {@link RowExpr}, a {@link SubLink} or what turns out to be an error. */
    record Multi(List<ColumnTarget> targets, Expression source, int location) implements Assignment {
    }
}
