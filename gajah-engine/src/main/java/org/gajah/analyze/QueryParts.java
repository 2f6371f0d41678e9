package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

/** Where in a query expressions stand: the part of {@link ExprRewriter}'s traversal that is about queries. */
final class QueryParts {
    private QueryParts() {
    }

    static Query rewrite(Query q, ExprRewriter r) {
        QueryBuilder made = new QueryBuilder(q);
        made.ctes = ExprRewriter.each(q.ctes(), c -> {
            Query inner = r.rewrite(c.query());
            return inner == c.query() ? c : c.with(inner);
        });
        made.rangeTable = ExprRewriter.each(q.rangeTable(), e -> entry(e, r));
        made.from = from(q.from(), r);
        made.targets = r.rewriteTargets(q.targets());
        made.returning = r.rewriteTargets(q.returning());
        made.onConflict = onConflict(q.onConflict(), r);
        made.mergeActions = ExprRewriter.each(q.mergeActions(), a -> action(a, r));
        made.policyChecks = ExprRewriter.each(q.policyChecks(), c -> {
            Expr condition = r.rewrite(c.condition());
            return condition == c.condition() ? c : new Query.PolicyCheck(c.kind(), c.table(), c.policy(), condition);
        });
        made.having = r.rewrite(q.having());
        made.windows = ExprRewriter.each(q.windows(), w -> window(w, r));
        made.limit = r.rewrite(q.limit());
        made.offset = r.rewrite(q.offset());
        return made.sameAs(q) ? q : made.build();
    }

    private static RangeEntry entry(RangeEntry entry, ExprRewriter r) {
        return switch (entry) {
            case RangeEntry.Relation e -> {
                List<Expr> security = r.rewriteAll(e.security());
                yield security == e.security() ? e : e.with(security);
            }
            case RangeEntry.CteReference e -> e;
            case RangeEntry.NamedStore e -> e;
            case RangeEntry.Returned e -> e;
            case RangeEntry.Subquery e -> {
                Query inner = r.rewrite(e.query());
                yield inner == e.query() ? e
                        : new RangeEntry.Subquery(inner, e.view(), e.alias(), e.columnNames(), e.lateral());
            }
            case RangeEntry.Join e -> {
                List<Expr> columns = r.rewriteAll(e.columns());
                yield columns == e.columns() ? e
                        : new RangeEntry.Join(e.type(), columns, e.mergedColumns(), e.usingNames(), e.alias(), e.columnNames());
            }
            case RangeEntry.Functions e -> {
                List<RangeEntry.RangeFunction> functions = ExprRewriter.each(e.functions(), f -> {
                    Expr call = r.rewrite(f.call());
                    return call == f.call() ? f
                            : new RangeEntry.RangeFunction(call, f.columnCount(), f.names(), f.types(), f.typmods(), f.collations());
                });
                yield functions == e.functions() ? e
                        : new RangeEntry.Functions(functions, e.ordinality(), e.alias(), e.columnNames(), e.lateral());
            }
            case RangeEntry.Values e -> {
                List<List<Expr>> rows = ExprRewriter.each(e.rows(), r::rewriteAll);
                yield rows == e.rows() ? e : new RangeEntry.Values(rows, e.types(), e.typmods(), e.collations(), e.alias(),
                        e.columnNames(), e.lateral());
            }
        };
    }

    private static RangeEntry.FromExpr from(RangeEntry.FromExpr from, ExprRewriter r) {
        List<RangeEntry.FromItem> items = ExprRewriter.each(from.items(), i -> item(i, r));
        Optional<Expr> where = r.rewrite(from.where());
        return items == from.items() && where == from.where() ? from : new RangeEntry.FromExpr(items, where);
    }

    private static RangeEntry.FromItem item(RangeEntry.FromItem item, ExprRewriter r) {
        return switch (item) {
            case RangeEntry.FromItem.Leaf l -> l;
            case RangeEntry.FromItem.JoinExpr j -> {
                RangeEntry.FromItem left = item(j.left(), r);
                RangeEntry.FromItem right = item(j.right(), r);
                Optional<Expr> condition = r.rewrite(j.condition());
                yield left == j.left() && right == j.right() && condition == j.condition() ? j
                        : new RangeEntry.FromItem.JoinExpr(j.type(), left, right, condition, j.rangeIndex());
            }
        };
    }

    private static Optional<Query.OnConflict> onConflict(Optional<Query.OnConflict> before, ExprRewriter r) {
        if (before.isEmpty()) {
            return before;
        }
        Query.OnConflict c = before.get();
        List<TargetEntry> set = r.rewriteTargets(c.set());
        Optional<Expr> where = r.rewrite(c.where());
        return set == c.set() && where == c.where() ? before
                : Optional.of(new Query.OnConflict(c.update(), c.arbiters(), set, where, c.excluded()));
    }

    private static Query.MergeAction action(Query.MergeAction a, ExprRewriter r) {
        Optional<Expr> condition = r.rewrite(a.condition());
        List<TargetEntry> targets = r.rewriteTargets(a.targets());
        return condition == a.condition() && targets == a.targets() ? a
                : new Query.MergeAction(a.match(), a.command(), a.nothing(), condition, targets, a.overriding());
    }

    private static Query.Window window(Query.Window w, ExprRewriter r) {
        Query.Frame f = w.frame();
        Optional<Expr> start = r.rewrite(f.startOffset());
        Optional<Expr> end = r.rewrite(f.endOffset());
        return start == f.startOffset() && end == f.endOffset() ? w
                : new Query.Window(w.name(), w.partitionBy(), w.orderBy(), new Query.Frame(f.isDefault(), f.mode(), f.startBound(),
                        f.endBound(), start, end, f.exclusion(), f.startInRange(), f.endInRange(), f.inRangeCollation(),
                        f.inRangeAscending(), f.inRangeNullsFirst()), w.copied());
    }
}
