package org.gajah.catalog;

/** A row of pg_namespace. */
public record SchemaRow(int oid, String name, int owner) {
    /** The schema of Gajah's own functions: there in every database, unless somebody makes another of the name, and listed nowhere. */
    public static final SchemaRow GAJAH = new SchemaRow(9800, "gajah", Bootstrap.FIRST_SUPERUSER);
}
