/**
 * Heavyweight locks: who may touch a relation, an object, a row or an advisory key, who waits for whom, and what to do when
 * they wait in a circle.
 *
 * <p>What: {@link org.gajah.txn.lock.LockManager} has all locks of a server in stripes of a hash table keyed by
 * {@link org.gajah.txn.lock.LockTag}. A session takes part through its {@link org.gajah.txn.lock.LockOwner}. The eight modes,
 * their conflicts, the queue order, timeouts, the deadlock search and what the listing shows are PostgreSQL's (manual,
 * "Explicit Locking" and "pg_locks").
 *
 * <p>Invariants.
 * <ul>
 * <li>A stripe's locks, holds and requests change only under the stripe's mutex; two stripes are held at once only by
 * somebody who takes all, in order. Nothing is called out to under a mutex, and the only thing taken below one is an owner's
 * latch. A page latch may be held while a stripe is taken, never the other way round.
 * <li>Weak modes on relations (up to RowExclusive) stay in the owner's own slots while nobody wants a strong one; whoever
 * does first announces it, then moves the conflicting slots into the table (see {@link org.gajah.txn.lock.FastSlots}).
 * <li>A row is locked here only while it is not written: the writer of a row holds it by having written it. Whoever meets such
 * a row enters the writer's hold for it and queues behind it ({@link org.gajah.txn.lock.LockManager#lockRow}).
 * <li>An owner's log names a lock before it is taken, so that ending a transaction finds everything, however it ended.
 * <li>A transaction id is registered before its first write can be seen and taken away after its end can be seen.
 * </ul>
 *
 * <p>To add a kind of lock: a constant in {@link org.gajah.txn.lock.LockTag.Kind}, a factory method in the tag, its
 * description for deadlock messages, and its columns in the listing's reader.
 */
package org.gajah.txn.lock;
