/**
 * The oracle: a real PostgreSQL 18.6, and the tools that ask it.
 *
 * <p>{@link org.gajah.tests.oracle.PostgresOracle} unpacks the server from its Maven artifact and runs it in a directory of
 * its own (C locale, UTF-8, UTC). {@link org.gajah.tests.oracle.ExtractCatalogs} writes from a fresh one the data that the
 * engine's catalogs start with.
 *
 * <p>To add a catalog file: add a {@link org.gajah.tests.oracle.CatalogFile} to {@code ExtractCatalogs}, run
 * {@code ./extract-catalogs}, commit what it wrote.
 */
package org.gajah.tests.oracle;
