/**
 * The Server Programming Interface: how Java code that runs inside the server issues SQL. What a call of PostgreSQL's C interface returns as
 * a code is a value here ({@link org.gajah.api.spi.SpiResult}); what it raises is thrown as an {@link org.gajah.api.SqlError}. docs/spi.md
 * says which method stands for which C function.
 *
 * <p>Invariant: everything got from a routine's {@link org.gajah.api.spi.Spi} belongs to the thread and the call that it was got in, but for
 * kept plans.
 */
package org.gajah.api.spi;
