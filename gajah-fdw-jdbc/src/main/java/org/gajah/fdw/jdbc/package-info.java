/**
 * Foreign-data wrappers over JDBC: postgres_fdw, jdbc_fdw and oracle_fdw.
 *
 * <p>To add a kind of database: a {@code Dialect}; to add a wrapper: a class that implements
 * {@link org.gajah.api.foreign.ForeignWrapper}, named in {@code module-info}.
 */
package org.gajah.fdw.jdbc;
