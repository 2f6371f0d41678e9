package org.gajah.api.foreign;

import java.util.List;
import java.util.Optional;

/**
 * A query over tables of one server.
 *
 * @param where   conditions that all must hold
 * @param grouped whether rows are grouped, maybe all to one group ({@code groupBy} is empty then)
 * @param output  what each row gives, in this order; may be nothing
 * @param lock    of SELECT FOR UPDATE and the like, or nothing
 * @param distinctOn of rows that agree in these only the first is given, in the query's order; {@code distinct} is true then
 */
public record ForeignQuery(From from, List<ForeignExpr> where, boolean grouped, List<ForeignExpr> groupBy, List<ForeignExpr> having,
        boolean distinct, List<ForeignExpr> output, List<SortKey> order, Optional<ForeignExpr> limit, Optional<ForeignExpr> offset,
        Optional<Lock> lock, List<SortKey> distinctOn) {

    /** One without DISTINCT ON. */
    public ForeignQuery(From from, List<ForeignExpr> where, boolean grouped, List<ForeignExpr> groupBy, List<ForeignExpr> having, boolean distinct,
            List<ForeignExpr> output, List<SortKey> order, Optional<ForeignExpr> limit, Optional<ForeignExpr> offset, Optional<Lock> lock) {
        this(from, where, grouped, groupBy, having, distinct, output, order, limit, offset, lock, List.of());
    }

    /** Where rows come from. */
    public sealed interface From {
        /** A table; columns refer to it by {@code number}. */
        record Table(int number, ForeignTable table) implements From {
        }

        /**
         * Two joined. A SEMI join gives the rows of the left side that have one on the right, an ANTI join those that have none; nothing
         * else refers to the right side's columns. These two stand neither on the right of a LEFT join nor below a FULL one.
         */
        record Join(JoinKind kind, From left, From right, List<ForeignExpr> on) implements From {
        }

        /**
         * What a query gives, or several combined; what is in it refers to nothing outside. Columns refer to it by {@code number} and are the
         * parts' outputs by place.
         *
         * @param parts one, or of UNION two and more, else two; if they are several, none has an order or a part of its rows taken
         * @param kind  how several are combined
         */
        record Derived(int number, List<ForeignQuery> parts, SetKind kind, boolean all, List<ForeignColumn> columns) implements From {
            /** One query. */
            public Derived(int number, ForeignQuery query, List<ForeignColumn> columns) {
                this(number, List.of(query), SetKind.UNION, true, columns);
            }
        }
    }

    /** Kinds of join. */
    public enum JoinKind { INNER, LEFT, RIGHT, FULL, SEMI, ANTI }

    /** Set operations. */
    public enum SetKind { UNION, INTERSECT, EXCEPT }

    /** Rows of table number {@code table} are locked as the words say: {@code FOR UPDATE}. */
    public record Lock(String words, int table) {
    }

    /** One key of an order; {@code collation} by which strings sort. */
    public record SortKey(ForeignExpr key, boolean descending, boolean nullsFirst, Optional<String> collation) {
    }

    /** The rows of a source for which conditions hold. */
    public static ForeignQuery of(From from, List<ForeignExpr> where, List<ForeignExpr> output) {
        return new ForeignQuery(from, where, false, List.of(), List.of(), false, output, List.of(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** Whether a part of its rows is taken, by number or as the first of those that agree. */
    public boolean isPart() {
        return limit.isPresent() || offset.isPresent() || !distinctOn.isEmpty();
    }

    /** The same, locking the rows it gives. */
    public ForeignQuery withLock(Optional<Lock> other) {
        return new ForeignQuery(from, where, grouped, groupBy, having, distinct, output, order, limit, offset, other, distinctOn);
    }

    /** The same with other outputs. */
    public ForeignQuery withOutput(List<ForeignExpr> other) {
        return new ForeignQuery(from, where, grouped, groupBy, having, distinct, other, order, limit, offset, lock, distinctOn);
    }

    /** The same in this order. */
    public ForeignQuery withOrder(List<SortKey> keys) {
        return new ForeignQuery(from, where, grouped, groupBy, having, distinct, output, keys, limit, offset, lock, distinctOn);
    }

    /** Some of its rows. */
    public ForeignQuery withLimit(Optional<ForeignExpr> most, Optional<ForeignExpr> skipped) {
        return new ForeignQuery(from, where, grouped, groupBy, having, distinct, output, order, most, skipped, lock, distinctOn);
    }

    /** Each row of other outputs once. */
    public ForeignQuery withDistinct(List<ForeignExpr> other) {
        return new ForeignQuery(from, where, grouped, groupBy, having, true, other, order, limit, offset, lock);
    }

    /** Of rows that agree in these keys the first in this order. */
    public ForeignQuery withDistinctOn(List<SortKey> keys, List<SortKey> sorted, List<ForeignExpr> other) {
        return new ForeignQuery(from, where, grouped, groupBy, having, true, other, sorted, limit, offset, lock, keys);
    }
}
