/**
 * Servers as processes of their own, as users run them: started, asked, measured, stopped and killed.
 *
 * <p>{@link org.gajah.tests.process.GajahProcess} starts {@code ./gajah}, {@link org.gajah.tests.process.PostgresProcess} a real
 * PostgreSQL 18.6 with its own durability settings. To add another server: implement
 * {@link org.gajah.tests.process.ServerProcess}.
 */
package org.gajah.tests.process;
