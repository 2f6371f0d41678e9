package org.gajah.catalog;

/** A row of pg_namespace. */
public record SchemaRow(int oid, String name, int owner) {
}
