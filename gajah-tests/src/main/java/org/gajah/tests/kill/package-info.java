/**
 * The server killed again and again: {@code ./killtest}.
 *
 * <p>pgbench and clients of our own keep a real server busy; it is killed with SIGKILL at a random moment, under load, in a
 * checkpoint or while it recovers from the kill before; after the restart {@link org.gajah.tests.kill.Books} proves that all that
 * was acknowledged is there, nothing that was rolled back, and that tables and indexes agree.
 *
 * <p>To add a promise: have {@link org.gajah.tests.kill.LedgerClient} or pgbench do something that may break it, and check it in
 * {@code Books}.
 */
package org.gajah.tests.kill;
