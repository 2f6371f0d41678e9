package org.gajah.catalog;

/** A row of pg_opclass. */
public record OperatorClassRow(int oid, int method, String name, int namespace, int family, int inputType, boolean isDefault, int keyType) {
}
