package org.gajah.plan;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;

/**
 * What an index can do for a list of conditions: equalities on its first columns, then a range on the next.
 *
 * @param used     the conditions that need not be checked again: the keys and the range stand for them, or the index's predicate does
 * @param shown    the conditions that the keys and the range stand for, the index column on the left
 * @param selecting the conditions that decide how many entries are read
 * @param equals   how many index columns are fixed to one value each
 * @param partial  whether the index has a predicate, which then follows from the conditions
 */
record IndexMatch(Relation.Index index, List<Plan.KeyCondition> keys, Optional<Plan.KeyRange> range, List<Expr> used, List<Expr> shown,
        List<Expr> selecting, int equals, boolean partial) {

    boolean isUseful() {
        return !keys.isEmpty() || range.isPresent() || partial;
    }

    /** Whether at most one row can match. */
    boolean isUniqueLookup() {
        return index.unique() && equals == index.keyColumns();
    }

    /** Whether the entries come in the index's order. */
    boolean isOrdered() {
        for (Plan.KeyCondition key : keys) {
            if (!(key instanceof Plan.KeyCondition.Equal) && !(key instanceof Plan.KeyCondition.IsNull)) {
                return false;
            }
        }
        return true;
    }

    static boolean isVolatile(Expr e, Catalog catalog) {
        return switch (e) {
            case Expr.FunctionCall f -> catalog.function(f.function()).orElseThrow().volatility() == 'v';
            case Expr.OperatorCall o -> catalog.function(o.function()).orElseThrow().volatility() == 'v';
            case Expr.NextValue n -> true;
            case Expr.SubPlanCall s -> true;
            default -> false;
        };
    }
}
