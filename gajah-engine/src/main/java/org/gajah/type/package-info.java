/**
 * SQL types: text, binary and stored form, order and hash; one file a family.
 *
 * <p>A type's values travel in the carrier its {@link org.gajah.type.TypeCodec} names. Which codec a type has follows from its
 * row in pg_type: a built-in base type by its oid ({@code Codecs}), an array, domain, enum or composite from the
 * codecs of what it is made of.
 *
 * <p>To add a type: its row is in pg_type already; write its codec beside its family, enter it in {@code Codecs}, write its
 * functions in {@code org.gajah.func}, and add a corpus file.
 */
package org.gajah.type;
