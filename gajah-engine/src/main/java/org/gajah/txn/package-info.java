/**
 * Transactions: identities, snapshots, and who has committed when.
 *
 * <p>Invariants: a transaction gets its id at its first write; ids are 64 bit and never reused. Every commit gets the next
 * commit sequence number (csn), in the order of the log; a transaction's csn is set before the number is published, so a
 * snapshot is one volatile read of the last published number. Waiting for another transaction is never done here nor in the
 * store, only through the lock manager.
 */
package org.gajah.txn;
