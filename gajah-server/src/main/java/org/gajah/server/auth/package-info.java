/**
 * Who may come in: the rules of {@code pg_hba.conf} ({@link org.gajah.server.auth.HbaFile}) and the exchanges that prove an
 * identity ({@link org.gajah.server.auth.Authenticator}).
 *
 * <p>Invariant: the first rule that matches decides, and no rule means no entry. A file with an error in it is refused as a
 * whole. What a client can see of an exchange is the same for roles that exist and roles that do not, and secrets are
 * compared in constant time.
 *
 * <p>To add a method: a constant in {@link org.gajah.server.auth.HbaMethod}, its line in {@code HbaMethod.named}, its exchange
 * in {@code Authenticator}.
 */
package org.gajah.server.auth;
