package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.gajah.base.CancelFlag;
import org.gajah.base.SystemEnv;
import org.gajah.base.SystemParking;
import org.gajah.base.Waiter;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.RowState;
import org.gajah.table.Storage;
import org.gajah.table.StorageOptions;
import org.gajah.table.Table;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.txn.lock.LockManager;
import org.gajah.txn.lock.LockOwner;
import org.gajah.txn.lock.LockTag;
import org.gajah.txn.lock.RowLockMode;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.junit.jupiter.api.Test;

/**
 * Sessions that lock rows before they change them, sessions that just change them, and sessions that only hold a row's key: no
 * change is lost, nobody changes what another has locked, and a key that is held stays.
 */
class RowLocksAndWritersTest {
    private static final RelationId ID = new RelationId(1, 100);
    private static final RowLayout LAYOUT = RowLayout.of(Attribute.of(Carrier.INT), Attribute.of(Carrier.LONG));
    private static final int[] BOTH = {0, 1};
    private static final int ROWS = 3;

    private final long seed = Long.getLong("gajah.seed", System.nanoTime());
    private final LockManager locks = new LockManager(SystemParking.INSTANCE, 1_000, 1_000);
    private final AtomicLong increments = new AtomicLong();
    private final AtomicLong keysHeld = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final long[] tids = new long[ROWS];
    private Storage storage;
    private Table table;

    @Test
    void noChangeIsLostAndLockedRowsStay() throws Exception {
        storage = ClusterStorage.open(SystemEnv.inMemory(), StorageOptions.DEFAULT, new BTreeMethod(), TransactionListener.NONE);
        Transaction t = storage.begin();
        table = storage.createTable(t, ID, LAYOUT);
        for (int i = 0; i < ROWS; i++) {
            long[] one = new long[1];
            table.insert(t, row(i, 0), one);
            tids[i] = one[0];
        }
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        List<Thread> threads = new ArrayList<>();
        long end = System.nanoTime() + 2_000_000_000L;
        for (int i = 0; i < 6; i++) {
            Session session = new Session(i);
            threads.add(Thread.ofPlatform().start(() -> session.run(end)));
        }
        for (Thread thread : threads) {
            thread.join(30_000);
            assertTrue(!thread.isAlive(), "seed " + seed + ": a session hangs: " + locks.status());
        }
        if (failure.get() != null) {
            throw new AssertionError("seed " + seed, failure.get());
        }
        Transaction reader = storage.begin();
        long sum = 0;
        for (long tid : tids) {
            sum += (long) read(reader.acquireSnapshot(), tid).column(1).get(0);
        }
        storage.commit(reader, CommitOptions.SYNCHRONOUS);
        assertEquals(increments.get(), sum, "seed " + seed);
        assertTrue(increments.get() > 100 && keysHeld.get() > 20, increments + " increments, " + keysHeld + " keys held");
        assertEquals(0, locks.rowLockCount());
        assertEquals(0, locks.objectLockCount());
        storage.close();
    }

    private static Batch row(int key, long value) {
        Batch batch = LAYOUT.batch(BOTH, 1);
        batch.column(0).set(0, key);
        batch.column(1).set(0, value);
        batch.selection().all(1);
        return batch;
    }

    private Batch read(Snapshot snapshot, long tid) {
        Batch out = LAYOUT.batch(BOTH, 1);
        assertTrue(table.fetch(snapshot, tid, BOTH, out, 0));
        return out;
    }

    private final class Session {
        private final LockOwner owner;
        private final Random random;
        private final int kind;
        private Transaction transaction;

        Session(int number) {
            Waiter waiter = SystemParking.INSTANCE.newWaiter();
            owner = locks.newOwner(number + 1, waiter, new CancelFlag(waiter));
            random = new Random(seed + number);
            kind = number % 3;
        }

        void run(long end) {
            try {
                while (System.nanoTime() < end && failure.get() == null) {
                    transaction = storage.begin();
                    owner.beginTransaction(1);
                    owner.beginTransactionId(transaction.assignXid());
                    transaction.setWriteGuard(locks.guard(owner));
                    long tid = tids[random.nextInt(ROWS)];
                    boolean committed = switch (kind) {
                        case 0 -> changeLocked(tid);
                        case 1 -> change(tid);
                        default -> holdKey(tid);
                    };
                    if (committed) {
                        storage.commit(transaction, CommitOptions.SYNCHRONOUS);
                    } else {
                        storage.rollback(transaction);
                    }
                    locks.releaseTransaction(owner);
                }
                locks.removeOwner(owner);
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
            }
        }

        private boolean changeLocked(long tid) {
            assertTrue(locks.lockRow(owner, tag(tid), RowLockMode.UPDATE, true, () -> writer(tid, true), RowLockMode.UPDATE));
            Snapshot snapshot = transaction.acquireSnapshot();
            Batch now = read(snapshot, tid);
            Thread.yield();
            assertEquals(TupleOutcome.OK, add(now, snapshot, tid));
            return end();
        }

        private boolean change(long tid) {
            while (true) {
                Snapshot snapshot = transaction.acquireSnapshot();
                Batch now = read(snapshot, tid);
                boolean keyChange = random.nextBoolean();
                TupleOutcome outcome = keyChange
                        ? table.update(transaction, snapshot, tid, row(random.nextInt(), (long) now.column(1).get(0) + 1), 0, true)
                        : add(now, snapshot, tid);
                if (outcome instanceof TupleOutcome.Ok) {
                    return end();
                }
                if (outcome instanceof TupleOutcome.BeingModified m) {
                    locks.awaitRow(owner, tag(tid), keyChange ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE, m.xid());
                } else {
                    assertEquals(new TupleOutcome.Updated(tid), outcome);
                }
                transaction.releaseSnapshot(snapshot);
            }
        }

        private TupleOutcome add(Batch now, Snapshot snapshot, long tid) {
            return table.update(transaction, snapshot, tid,
                    row((int) now.column(0).get(0), (long) now.column(1).get(0) + 1), 0, false);
        }

        /** Commits and counts, or rolls back, as it comes. */
        private boolean end() {
            if (random.nextInt(5) == 0) {
                return false;
            }
            increments.incrementAndGet();
            return true;
        }

        private boolean holdKey(long tid) {
            assertTrue(locks.lockRow(owner, tag(tid), RowLockMode.KEY_SHARE, true, () -> writer(tid, false), RowLockMode.UPDATE));
            Object key = newestKey(tid);
            for (int i = 0; i < 20; i++) {
                Thread.yield();
                assertEquals(key, newestKey(tid), "the key has changed while it was held");
            }
            keysHeld.incrementAndGet();
            return true;
        }

        private Object newestKey(long tid) {
            Snapshot snapshot = transaction.acquireSnapshot();
            Object key = read(snapshot, tid).column(0).get(0);
            transaction.releaseSnapshot(snapshot);
            return key;
        }

        private LockTag tag(long tid) {
            return LockTag.tuple(ID.database(), ID.relation(), tid);
        }

        /** Who has changed the row and is running; unless {@code any}, only if he has changed its key. */
        private long writer(long tid, boolean any) {
            Snapshot snapshot = transaction.acquireSnapshot();
            TupleOutcome outcome = table.check(transaction, snapshot, tid);
            transaction.releaseSnapshot(snapshot);
            RowState state = table.fetchNewest(transaction, tid, BOTH, LAYOUT.batch(BOTH, 1), 0);
            if (any) {
                return state instanceof RowState.InProgress p ? p.xid() : 0;
            }
            return outcome instanceof TupleOutcome.BeingModified m && m.ofKey() ? m.xid() : 0;
        }
    }
}
