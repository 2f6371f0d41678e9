package org.gajah.plan;

import java.util.List;

import org.gajah.analyze.Expr;

/**
 * The order in which the rows of FROM would be best, and how many of them anybody will ask for.
 *
 * @param keys     the order; none if any will do
 * @param fraction the part of the rows that is needed, 0 to 1: a guess while their number is not known
 * @param limit    how many rows are needed; 0 if that is not known
 */
record WantedOrder(List<OrderKey> keys, double fraction, long limit) {
    static final WantedOrder NONE = new WantedOrder(List.of(), 1, 0);

    /** The part of so many rows that is needed. */
    double fractionOf(double rows) {
        return limit > 0 ? Math.min(1, limit / Math.max(1, rows)) : fraction;
    }

    /** One key of an order. */
    record OrderKey(Expr expr, boolean descending, boolean nullsFirst) {
    }

    boolean isAny() {
        return keys.isEmpty();
    }

    /** Whether a scan of the table could give the order. */
    boolean isOf(BaseTable table) {
        for (OrderKey key : keys) {
            if (!Conditions.ranges(key.expr()).equals(QueryPlanner.range(table.range()))) {
                return false;
            }
        }
        return true;
    }
}
