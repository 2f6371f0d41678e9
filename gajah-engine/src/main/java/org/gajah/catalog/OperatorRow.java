package org.gajah.catalog;

/** A row of pg_operator; {@code kind} is b (infix) or l (prefix), with {@code left} 0. */
public record OperatorRow(int oid, String name, int namespace, char kind, boolean canMerge, boolean canHash, int left, int right,
        int result, int commutator, int negator, int function) {
}
