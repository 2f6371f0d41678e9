package org.gajah.plan;

/** A column that a plan node gives. {@code name} is for EXPLAIN and for results; it may be empty. */
public record PlanColumn(String name, int type, int typmod, int collation) {
}
