/**
 * How code inside the server runs statements: what PostgreSQL calls the Server Programming Interface, as the languages of
 * functions see it. The engine implements {@link org.gajah.spi.SpiSession}; a {@link org.gajah.spi.Language} uses it.
 *
 * <p>Invariant: everything here belongs to one session and is used by the thread that runs the session's statement.
 *
 * <p>To add a language: implement {@link org.gajah.spi.Language} in a package of its own and name it in
 * {@code engine.SessionRoutines}.
 */
package org.gajah.spi;
