package org.gajah.catalog;

/** A row of pg_cast: {@code context} is i, a or e (implicit, assignment, explicit); {@code method} f, i or b. */
public record CastRow(int source, int target, int function, char context, char method) {
}
