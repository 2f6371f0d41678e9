/**
 * COPY for Java programs, with PostgreSQL and Gajah alike, over a connection of pgjdbc.
 *
 * <p>Invariant: however a COPY ends, its connection runs the next statement. What a program has not said is never guessed: a COPY that is
 * left before its end, without an exception that says why, is an error; nothing is rolled back in silence but by {@link Rollback}.
 */
package org.gajah.client.copy;
