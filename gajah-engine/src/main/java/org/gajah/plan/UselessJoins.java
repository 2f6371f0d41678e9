package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.RangeEntry.FromItem;
import org.gajah.analyze.RangeEntry.JoinType;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;

/**
 * Drops {@code LEFT JOIN t ON t.key = ...} where key is unique and nothing else looks at t: it gives each left row once, whatever t
 * holds.
 */
final class UselessJoins {
    private static final int BTREE = 403;
    private static final int EQUAL = 3;

    private final Query query;
    private final Catalog catalog;
    private final Map<FromItem.JoinExpr, List<Expr>> conditions;
    private final IntPredicate isUsed;

    /** {@code isUsed} says whether anything but join conditions reads a range table entry. */
    UselessJoins(Query query, Catalog catalog, Map<FromItem.JoinExpr, List<Expr>> conditions, IntPredicate isUsed) {
        this.query = query;
        this.catalog = catalog;
        this.conditions = conditions;
        this.isUsed = isUsed;
    }

    List<FromItem> without(List<FromItem> items) {
        List<FromItem> kept = null;
        for (int i = 0; i < items.size(); i++) {
            FromItem made = without(items.get(i));
            if (made != items.get(i)) {
                kept = kept == null ? new ArrayList<>(items) : kept;
                kept.set(i, made);
            }
        }
        return kept == null ? items : kept;
    }

    private FromItem without(FromItem item) {
        if (!(item instanceof FromItem.JoinExpr join)) {
            return item;
        }
        if (join.type() == JoinType.LEFT && join.right() instanceof FromItem.Leaf leaf
                && query.rangeTable().get(leaf.rangeIndex()) instanceof RangeEntry.Relation r && isUseless(join, leaf.rangeIndex(), r)) {
            conditions.remove(join);
            return without(join.left());
        }
        FromItem left = without(join.left());
        FromItem right = without(join.right());
        if (left == join.left() && right == join.right()) {
            return join;
        }
        FromItem.JoinExpr made = new FromItem.JoinExpr(join.type(), left, right, join.condition(), join.rangeIndex());
        conditions.put(made, conditions.remove(join));
        return made;
    }

    private boolean isUseless(FromItem.JoinExpr join, int range, RangeEntry.Relation entry) {
        if (isUsed.test(range)) {
            return false;
        }
        for (Map.Entry<FromItem.JoinExpr, List<Expr>> other : conditions.entrySet()) {
            for (Expr condition : other.getValue()) {
                if (other.getKey() != join && Conditions.ranges(condition).get(range)) {
                    return false;
                }
            }
        }
        for (Relation.Index index : catalog.relation(entry.oid()).orElseThrow().indexes()) {
            boolean unique = index.unique() && index.immediate() && index.valid() && index.predicate().isEmpty() && index.expressions().isEmpty();
            if (unique && isFixed(index, conditions.get(join), range)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFixed(Relation.Index index, List<Expr> on, int range) {
        for (int attribute : index.columns().subList(0, index.keyColumns())) {
            boolean fixed = false;
            for (Expr condition : on) {
                fixed |= condition instanceof Expr.OperatorCall o && o.args().size() == 2
                        && catalog.operatorFamilies(o.operator()).stream().anyMatch(m -> m.method() == BTREE && m.strategy() == EQUAL)
                        && (fixes(o.args().get(0), o.args().get(1), attribute, range) || fixes(o.args().get(1), o.args().get(0), attribute, range));
            }
            if (!fixed) {
                return false;
            }
        }
        return true;
    }

    private static boolean fixes(Expr column, Expr value, int attribute, int range) {
        return JoinCosts.plain(column) instanceof Expr.Var v && v.rangeIndex() == range && v.attribute() == attribute
                && !Conditions.ranges(value).get(range);
    }
}
