package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * One key of ORDER BY or of an index.
 *
 * @param using the operator of USING, maybe qualified; empty unless {@code direction} is USING
 */
public record SortBy(Expression expression, Direction direction, List<String> using, Nulls nulls, int location) {
    /** Which way. */
    public enum Direction { DEFAULT, ASC, DESC, USING }

    /** Where nulls go. */
    public enum Nulls { DEFAULT, FIRST, LAST }

    /** A key with nothing said about its order. */
    public static SortBy of(Expression expression) {
        return new SortBy(expression, Direction.DEFAULT, List.of(), Nulls.DEFAULT, expression.location());
    }

    /** The using operator's unqualified name, if there is one. */
    public Optional<String> usingName() {
        return using.isEmpty() ? Optional.empty() : Optional.of(using.getLast());
    }
}
