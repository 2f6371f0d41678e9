/**
 * A cluster of Apache Ignite 3 behind foreign tables: three processes that hold a small TPC-H schema, one of which is killed.
 *
 * <p>What it needs of Ignite is built by {@code gajah-tests/ignite/pom.xml}, which is no module of the build.
 */
package org.gajah.tests.ignite;
