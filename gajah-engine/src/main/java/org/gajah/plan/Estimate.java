package org.gajah.plan;

/**
 * What the planner expects of a node, in PostgreSQL's units.
 *
 * @param startup cost until the first row
 * @param total   cost until the last row
 * @param rows    rows given
 * @param width   bytes a row
 * @param disabled nodes in it whose kind an enable_ setting has turned off: a plan with fewer of them is better at any cost
 */
public record Estimate(double startup, double total, double rows, int width, int disabled) {
    /** Of a node with nothing disabled in it. */
    public Estimate(double startup, double total, double rows, int width) {
        this(startup, total, rows, width, 0);
    }

    /** The same of a node whose kind is turned off. */
    Estimate disable() {
        return new Estimate(startup, total, rows, width, disabled + 1);
    }

    /** Whether the first part of the rows costs less. */
    boolean isCheaperThan(Estimate other, double fraction) {
        return disabled != other.disabled ? disabled < other.disabled : upTo(fraction) < other.upTo(fraction);
    }

    /** The cost of the first part of the rows. */
    double upTo(double fraction) {
        return startup + (total - startup) * fraction;
    }

    boolean isCheaperThan(Estimate other) {
        return disabled != other.disabled ? disabled < other.disabled : total < other.total;
    }
    /** For nodes that nobody estimated. */
    public static final Estimate NONE = new Estimate(0, 0, 1, 0);
}
