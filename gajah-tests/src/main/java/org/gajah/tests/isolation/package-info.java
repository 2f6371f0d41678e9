/**
 * PostgreSQL's own isolation tests over the wire: {@code ./isolation}.
 *
 * <p>{@code isolationtester} (of PostgreSQL 18.6) runs each specification against a PostgreSQL 18.6 and against {@code ./gajah}; what the
 * two print must be the same. The specifications are PostgreSQL's and not ours to keep: {@code scripts/isolation-specs.sh} fetches them
 * into {@code gajah-tests/target}.
 *
 * <p>Specifications about what is not in scope stand in {@code isolation/excluded.txt} with the reason, those that still differ in
 * {@code isolation/known-differences.txt}, which may only shrink.
 */
package org.gajah.tests.isolation;
