package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.SortGroupClause;
import org.gajah.analyze.TargetEntry;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;

/**
 * {@code SELECT min(a), max(b) FROM t} where indexes begin with a and b becomes
 * {@code SELECT (SELECT a FROM t WHERE a IS NOT NULL ORDER BY a LIMIT 1), (SELECT b FROM t WHERE b IS NOT NULL ORDER BY b DESC LIMIT 1)}.
 */
final class MinMaxByIndex {
    private static final int BTREE = 403;
    private static final int GREATER = 5;

    private final Query query;
    private final Catalog catalog;

    private MinMaxByIndex(Query query, Catalog catalog) {
        this.query = query;
        this.catalog = catalog;
    }

    /** The query in the better form, or as it is. */
    static Query rewrite(Query query, Catalog catalog) {
        boolean plain = query.command() == Query.Command.SELECT && query.hasAggregates() && query.groupBy().isEmpty()
                && query.groupingSets().isEmpty() && query.having().isEmpty() && !query.hasWindows() && query.distinct().isEmpty()
                && !query.hasTargetSets() && query.rowMarks().isEmpty() && query.orderBy().isEmpty() && query.ctes().isEmpty()
                && query.from().items().size() == 1 && query.from().items().getFirst() instanceof RangeEntry.FromItem.Leaf leaf
                && query.rangeTable().get(leaf.rangeIndex()) instanceof RangeEntry.Relation r && r.kind() == 'r';
        return plain ? new MinMaxByIndex(query, catalog).rewrite() : query;
    }

    private Query rewrite() {
        boolean foreign = query.from().where().isPresent() && Exprs.any(query.from().where().get(), e -> e instanceof Expr.SubLink
                || e instanceof Expr.Var v && v.levelsUp() > 0 || IndexMatch.isVolatile(e, catalog));
        List<TargetEntry> targets = new ArrayList<>();
        for (TargetEntry t : query.targets()) {
            boolean[] fits = {true};
            Expr made = replaced(t.expr(), fits);
            if (foreign || !fits[0] || Exprs.any(made, e -> e instanceof Expr.Var)) {
                return query;
            }
            targets.add(t.with(made));
        }
        QueryBuilder builder = new QueryBuilder(query);
        builder.from = new RangeEntry.FromExpr(List.of(), Optional.empty());
        builder.targets = targets;
        builder.hasAggregates = false;
        builder.hasSubLinks = true;
        return builder.build();
    }

    private Expr replaced(Expr e, boolean[] fits) {
        if (e instanceof Expr.AggregateCall call) {
            Optional<Expr> made = first(call);
            fits[0] &= made.isPresent();
            return made.orElse(call);
        }
        fits[0] &= !(e instanceof Expr.SubLink);
        return Exprs.mapChildren(e, child -> replaced(child, fits));
    }

    private Optional<Expr> first(Expr.AggregateCall call) {
        int operator = catalog.aggregate(call.function()).map(a -> a.sortOperator()).orElse(0);
        if (operator == 0 || call.levelsUp() > 0 || call.args().size() != 1 || call.filter().isPresent()
                || !(JoinCosts.plain(call.args().getFirst().expr()) instanceof Expr.Var v) || v.levelsUp() > 0 || !isIndexed(v)) {
            return Optional.empty();
        }
        Expr argument = call.args().getFirst().expr();
        boolean descending = catalog.operatorFamilies(operator).stream().anyMatch(m -> m.method() == BTREE && m.strategy() == GREATER);
        List<Expr> conditions = new ArrayList<>(query.from().where().map(Conditions::conjuncts).orElse(List.of()));
        conditions.add(new Expr.NullTest(argument, false, false, 0));
        QueryBuilder inner = new QueryBuilder();
        inner.rangeTable = query.rangeTable();
        inner.from = new RangeEntry.FromExpr(query.from().items(), Conditions.and(conditions));
        inner.targets = List.of(TargetEntry.of(argument, "", 1).withReference(1));
        inner.orderBy = List.of(new SortGroupClause(1, 0, operator, descending, descending, false));
        inner.limit = Optional.of(new Expr.Const(20, -1, 0, 1L, 0));
        return Optional.of(new Expr.SubLink(Expr.SubLink.Kind.SCALAR, Optional.empty(), inner.build(), call.type(), argument.typmod(),
                call.collation(), "", 0));
    }

    private boolean isIndexed(Expr.Var v) {
        RangeEntry.Relation entry = (RangeEntry.Relation) query.rangeTable().get(v.rangeIndex());
        for (Relation.Index index : catalog.relation(entry.oid()).orElseThrow().indexes()) {
            if (index.method() == BTREE && index.valid() && index.storageId() != 0 && index.predicate().isEmpty() && index.columns().getFirst() == v.attribute()) {
                return true;
            }
        }
        return false;
    }
}
