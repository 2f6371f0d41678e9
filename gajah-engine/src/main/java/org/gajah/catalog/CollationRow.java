package org.gajah.catalog;

/** A row of pg_collation: {@code provider} is d, b, c or i. */
public record CollationRow(int oid, String name, int namespace, char provider, boolean deterministic, String locale) {
}
