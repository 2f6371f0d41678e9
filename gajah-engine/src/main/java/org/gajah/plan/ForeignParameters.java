package org.gajah.plan;

import java.util.List;

import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignQuery.From;

/** Gives the parameters of a query other numbers, when it becomes a part of another. */
final class ForeignParameters {
    private ForeignParameters() {
    }

    /** The query with parameter {@code i} called {@code numbers[i]}. */
    static ForeignQuery moved(ForeignQuery q, int[] numbers) {
        return new ForeignQuery(moved(q.from(), numbers), moved(q.where(), numbers), q.grouped(), moved(q.groupBy(), numbers), moved(q.having(), numbers),
                q.distinct(), moved(q.output(), numbers), keys(q.order(), numbers), q.limit().map(e -> moved(e, numbers)), q.offset().map(e -> moved(e, numbers)),
                q.lock(), keys(q.distinctOn(), numbers));
    }

    static From moved(From from, int[] numbers) {
        return switch (from) {
            case From.Table t -> t;
            case From.Join j -> new From.Join(j.kind(), moved(j.left(), numbers), moved(j.right(), numbers), moved(j.on(), numbers));
            case From.Derived d -> new From.Derived(d.number(), d.parts().stream().map(p -> moved(p, numbers)).toList(), d.kind(), d.all(), d.columns());
        };
    }

    private static List<ForeignQuery.SortKey> keys(List<ForeignQuery.SortKey> keys, int[] numbers) {
        return keys.stream().map(k -> new ForeignQuery.SortKey(moved(k.key(), numbers), k.descending(), k.nullsFirst(), k.collation())).toList();
    }

    private static List<ForeignExpr> moved(List<ForeignExpr> exprs, int[] numbers) {
        return exprs.stream().map(e -> moved(e, numbers)).toList();
    }

    private static ForeignExpr moved(ForeignExpr e, int[] numbers) {
        return e instanceof ForeignExpr.Parameter p ? new ForeignExpr.Parameter(numbers[p.number()], p.type()) : e.map(child -> moved(child, numbers));
    }
}
