package org.gajah.api.foreign;

/**
 * A local type.
 *
 * @param name   as in pg_type ({@code int4}), with its schema if that is not pg_catalog; of an array its element's with {@code []}
 * @param typmod its modifier as in pg_attribute, -1 for none
 */
public record ForeignType(int oid, String name, int typmod) {
}
