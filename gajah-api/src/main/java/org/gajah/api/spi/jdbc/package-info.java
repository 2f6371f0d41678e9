/**
 * {@code jdbc:default:connection}: the session that runs a Java routine, as JDBC shows it. Everything goes through {@link org.gajah.api.spi.Spi}, so
 * its rules hold: the connection is the routine's, an error must leave the routine or be rolled back to a savepoint, commit and rollback are for
 * procedures that may.
 *
 * <p>JDBC's interfaces have hundreds of methods. A class here has those that mean something, as ordinary public methods, and {@link
 * org.gajah.api.spi.jdbc.Face} makes the interface of it; what it has not raises SQLFeatureNotSupportedException.
 *
 * <p>To add a method: write it, with JDBC's name and parameter types, into the class that stands for the interface.
 */
package org.gajah.api.spi.jdbc;
