/**
 * A database session for a program in the same process: on the caller's thread, without JDBC and without messages in between.
 * {@link org.gajah.api.Gajah#session} opens one; errors are {@link org.gajah.api.SqlError}s.
 */
package org.gajah.api.session;
