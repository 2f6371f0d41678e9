/**
 * What a foreign-data wrapper is made of: the seam between the server and data that lies elsewhere.
 *
 * <p>A {@link org.gajah.api.foreign.ForeignWrapper} is found by {@link java.util.ServiceLoader}; CREATE EXTENSION with its name makes it
 * known to a database. Nothing here is of the engine: expressions cross as {@link org.gajah.api.foreign.ForeignExpr}, rows as typed
 * values into a {@link org.gajah.api.foreign.RowTarget}. A wrapper says at planning what it takes and whether exactly
 * ({@link org.gajah.api.foreign.Judgement}); what is not exact is checked again locally, so that answers are PostgreSQL's.
 *
 * <p>To add a wrapper: implement ForeignWrapper and ForeignSession, and name the class in {@code provides}.
 */
package org.gajah.api.foreign;
