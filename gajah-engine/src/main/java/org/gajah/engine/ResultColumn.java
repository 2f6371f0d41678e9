package org.gajah.engine;

import org.gajah.type.TypeCodec;

/**
 * A column of a result.
 *
 * @param table  oid of the table it comes from plainly, or 0; {@code attribute} its number there
 * @param typeLength pg_type.typlen
 * @param binary whether the client wants it in binary
 */
public record ResultColumn(String name, int table, int attribute, int type, int typeLength, int typmod, boolean binary,
        TypeCodec codec) {
}
