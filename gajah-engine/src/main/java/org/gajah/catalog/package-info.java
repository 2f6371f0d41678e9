/**
 * The system catalogs: ordinary transactional tables with PostgreSQL's names, columns and oids.
 *
 * <p>{@link org.gajah.catalog.Catalog} is how the rest of the engine looks things up: a view of the catalogs as one snapshot
 * sees them, with the rows it has met kept as records. It is immutable as far as its users can tell; a transaction that changes
 * a catalog gets a new one with its next command. {@code CatalogWriter} is the only way to change catalog rows.
 */
package org.gajah.catalog;
