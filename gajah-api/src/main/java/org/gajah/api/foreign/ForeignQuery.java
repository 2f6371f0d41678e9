package org.gajah.api.foreign;

import java.util.List;
import java.util.Optional;

/**
 * A query over tables of one server.
 *
 * @param where   conditions that all must hold
 * @param grouped whether rows are grouped, maybe all to one group ({@code groupBy} is empty then)
 * @param output  what each row gives, in this order; may be nothing
 * @param lock    of SELECT FOR UPDATE and the like: {@code FOR UPDATE}, or nothing
 */
public record ForeignQuery(From from, List<ForeignExpr> where, boolean grouped, List<ForeignExpr> groupBy, List<ForeignExpr> having,
        boolean distinct, List<ForeignExpr> output, List<SortKey> order, Optional<ForeignExpr> limit, Optional<ForeignExpr> offset,
        Optional<String> lock) {

    /** Where rows come from. */
    public sealed interface From {
        /** A table; columns refer to it by {@code number}. */
        record Table(int number, ForeignTable table) implements From {
        }

        /** Two joined. */
        record Join(JoinKind kind, From left, From right, List<ForeignExpr> on) implements From {
        }
    }

    /** Kinds of join. */
    public enum JoinKind { INNER, LEFT, RIGHT, FULL }

    /** One key of an order; {@code collation} by which strings sort. */
    public record SortKey(ForeignExpr key, boolean descending, boolean nullsFirst, Optional<String> collation) {
    }

    /** The rows of a source for which conditions hold. */
    public static ForeignQuery of(From from, List<ForeignExpr> where, List<ForeignExpr> output) {
        return new ForeignQuery(from, where, false, List.of(), List.of(), false, output, List.of(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** The same, locking the rows it gives. */
    public ForeignQuery withLock(Optional<String> words) {
        return new ForeignQuery(from, where, grouped, groupBy, having, distinct, output, order, limit, offset, words);
    }

    /** The same with other outputs. */
    public ForeignQuery withOutput(List<ForeignExpr> other) {
        return new ForeignQuery(from, where, grouped, groupBy, having, distinct, other, order, limit, offset, lock);
    }
}
