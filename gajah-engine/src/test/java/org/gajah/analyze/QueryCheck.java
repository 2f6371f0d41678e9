package org.gajah.analyze;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Checks that every column a query refers to is there and has the type that the reference says. */
final class QueryCheck extends ExprRewriter {
    private final Deque<Query> levels = new ArrayDeque<>();

    static void check(Query query) {
        new QueryCheck().rewrite(query);
    }

    @Override
    public Query rewrite(Query query) {
        levels.push(query);
        if (query.setOperation().isPresent()) {
            arms(query, query.setOperation().get());
        }
        rewriteChildren(query);
        levels.pop();
        return query;
    }

    private static void arms(Query query, Query.SetOperation o) {
        if (o instanceof Query.SetOperation.Node n) {
            for (Query.SetOperation arm : List.of(n.left(), n.right())) {
                List<Integer> types = switch (arm) {
                    case Query.SetOperation.Node inner -> inner.types();
                    case Query.SetOperation.Leaf leaf -> RangeItems.outputs(((RangeEntry.Subquery) query.rangeTable()
                            .get(leaf.rangeIndex())).query()).stream().map(t -> t.expr().type()).toList();
                };
                if (!types.equals(n.types())) {
                    throw new IllegalStateException("arm gives " + types + ", operation " + n.types());
                }
                arms(query, arm);
            }
        }
    }

    @Override
    public Expr rewrite(Expr e) {
        if (e instanceof Expr.Var v) {
            Query query = levels.stream().skip(v.levelsUp()).findFirst().orElseThrow(() -> new IllegalStateException("no level for " + v));
            if (v.rangeIndex() >= query.rangeTable().size()) {
                throw new IllegalStateException("no entry for " + v);
            }
            int type = typeOf(query.rangeTable().get(v.rangeIndex()), v.attribute());
            if (v.attribute() > 0 && type != 0 && type != v.type()) {
                throw new IllegalStateException("type of " + v + " is " + type);
            }
        }
        return rewriteChildren(e);
    }

    private static int typeOf(RangeEntry entry, int attribute) {
        if (attribute <= 0) {
            return 0;
        }
        return switch (entry) {
            case RangeEntry.Subquery s -> RangeItems.outputs(s.query()).get(attribute - 1).expr().type();
            case RangeEntry.Join j -> j.columns().get(attribute - 1).type();
            case RangeEntry.Values v -> v.types().get(attribute - 1);
            case RangeEntry.CteReference c -> c.types().get(attribute - 1);
            case RangeEntry.Functions ignored -> 0;
            case RangeEntry.Relation ignored -> 0;
            case RangeEntry.Returned ignored -> 0;
            case RangeEntry.NamedStore ignored -> 0;
        };
    }
}
