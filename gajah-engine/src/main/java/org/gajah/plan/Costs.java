package org.gajah.plan;

/** Cost arithmetic in PostgreSQL's units: one sequential page read costs 1. */
final class Costs {
    static final double TUPLE = 0.01;
    static final double OPERATOR = 0.0025;
    static final double INDEX_TUPLE = 0.005;
    static final double RANDOM_PAGE = 1.1;
    static final double HASH_ROW = 0.012;

    private Costs() {
    }

    static double atLeastOne(double rows) {
        return Math.max(1, Math.rint(rows));
    }

    /** A node above {@code child} that does some work a row. */
    static Estimate above(Plan child, double rows, double perRow) {
        Estimate e = child.estimate();
        return new Estimate(e.startup(), e.total() + e.rows() * perRow, atLeastOne(rows), e.width(), e.disabled());
    }

    /** A node that must see all of its child's rows before it gives the first. */
    static Estimate blocking(Plan child, double rows, double perRow) {
        Estimate e = child.estimate();
        double all = e.total() + e.rows() * perRow;
        return new Estimate(all, all + rows * TUPLE, atLeastOne(rows), e.width(), e.disabled());
    }

    static double sort(double rows) {
        return rows < 2 ? OPERATOR : rows * Math.log(rows) / Math.log(2) * 2 * OPERATOR;
    }
}
