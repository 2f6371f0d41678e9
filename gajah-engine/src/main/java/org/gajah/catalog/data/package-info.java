/**
 * PostgreSQL 18.6's own catalog rows and facts as they are right after initdb, and their readers.
 *
 * <p>The {@code .tsv} files beside these classes are written by {@code ./extract-catalogs}, never by hand: COPY text format
 * below a header line. Functions are OIDs everywhere, expressions are SQL text. This package needs nothing but
 * {@code org.gajah.base} and stands right above it, so that types, settings and catalogs can all read from it.
 *
 * <p>The files below {@code gajah/} have the same form and are written by hand: what Gajah has besides. Its oids, from 9800 on and for
 * functions from 16320 on, are used by no release of PostgreSQL. Functions in namespace 9800 are those of schema {@code gajah}, which is in
 * no catalog, so that programs that list schemas find what they find in PostgreSQL.
 *
 * <p>To add a file: see {@code org.gajah.tests.oracle}.
 */
package org.gajah.catalog.data;
