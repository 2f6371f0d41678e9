package org.gajah.plan;

/**
 * What the planner expects of a node, in PostgreSQL's units.
 *
 * @param startup cost until the first row
 * @param total   cost until the last row
 * @param rows    rows given
 * @param width   bytes a row
 */
public record Estimate(double startup, double total, double rows, int width) {
    /** For nodes that nobody estimated. */
    public static final Estimate NONE = new Estimate(0, 0, 1, 0);
}
