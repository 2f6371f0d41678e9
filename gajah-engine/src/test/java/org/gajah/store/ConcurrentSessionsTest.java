package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.Index;
import org.gajah.table.PageRange;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.StorageOptions;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.LongVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads move money between accounts, over a pool much smaller than the table, with checkpoints: every snapshot's sum is right. */
class ConcurrentSessionsTest {
    private static final RowLayout LAYOUT = RowLayout.of(Attribute.of(Carrier.INT), Attribute.of(Carrier.LONG), Attribute.of(Carrier.BYTES));
    private static final int[] ALL = {0, 1, 2};
    private static final int ACCOUNTS = 6000;
    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    private ClusterStorage storage;
    private final long[] tids = new long[ACCOUNTS];
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong transfers = new AtomicLong();
    private final AtomicLong sums = new AtomicLong();

    private void open() {
        storage = ClusterStorage.open(SystemEnv.of(directory), new StorageOptions(40, true, true, 1L << 24, 50_000), new BTreeMethod(),
                TransactionListener.NONE);
    }

    private Table table() {
        return storage.table(new RelationId(1, 1), LAYOUT);
    }

    private Index index() {
        return storage.index(new RelationId(1, 2));
    }

    private static Batch account(int id, long balance, String note) {
        Batch batch = LAYOUT.batch(ALL, 1);
        batch.column(0).set(0, id);
        batch.column(1).set(0, balance);
        batch.column(2).set(0, Slice.of(note));
        batch.selection().all(1);
        return batch;
    }

    private static Slice key(long balance, int id) {
        return Slice.of(new ByteSink(12).putLong(balance ^ Long.MIN_VALUE).putInt(id).toBytes());
    }

    private void load() {
        Transaction t = storage.begin();
        storage.createTable(t, new RelationId(1, 1), LAYOUT);
        storage.createIndex(t, new RelationId(1, 2));
        for (int i = 0; i < ACCOUNTS; i++) {
            long[] tid = new long[1];
            table().insert(t, account(i, 100, "n".repeat(i % 300)), tid);
            tids[i] = tid[0];
            index().insert(t, key(100, i), tid[0]);
        }
        storage.commit(t, CommitOptions.SYNCHRONOUS);
    }

    @Test
    void everySnapshotAddsUpAndSoDoesTheRestartedDatabase() throws Exception {
        open();
        load();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int seed = i;
            threads.add(start(() -> transfer(new Random(seed))));
        }
        threads.add(start(() -> addUp(table())));
        threads.add(start(() -> {
            storage.checkpoint();
            Thread.yield();
        }));
        long end = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() < end && failures.isEmpty()) {
            threads.getFirst().join(50);
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Throwable failure : failures) {
            throw new AssertionError(failure);
        }
        assertTrue(transfers.get() > 100 && sums.get() > 2, transfers + " transfers, " + sums + " sums");
        storage.close();
        open();
        addUp(table());
        index().verify();
        storage.close();
        System.out.println("concurrent sessions: " + transfers + " transfers, " + sums + " sums");
    }

    private Thread start(Runnable body) {
        return Thread.ofPlatform().start(() -> {
            try {
                while (!stop.get()) {
                    body.run();
                }
            } catch (Throwable e) {
                failures.add(e);
                stop.set(true);
            }
        });
    }

    private void transfer(Random random) {
        Transaction t = storage.begin();
        Snapshot snapshot = t.acquireSnapshot();
        int from = random.nextInt(ACCOUNTS);
        int to = random.nextInt(ACCOUNTS);
        long amount = random.nextInt(50);
        boolean done = from != to && add(t, snapshot, from, -amount, random) && add(t, snapshot, to, amount, random);
        if (done && random.nextInt(10) > 0) {
            storage.commit(t, random.nextBoolean() ? CommitOptions.SYNCHRONOUS : CommitOptions.ASYNCHRONOUS);
            transfers.incrementAndGet();
        } else {
            storage.rollback(t);
        }
    }

    private boolean add(Transaction t, Snapshot snapshot, int id, long amount, Random random) {
        Batch row = LAYOUT.batch(ALL, 1);
        assertTrue(table().fetch(snapshot, tids[id], ALL, row, 0));
        assertEquals(id, row.column(0).get(0));
        long balance = (Long) row.column(1).get(0);
        String note = "m".repeat(random.nextInt(20) == 0 ? 3000 : random.nextInt(300));
        if (table().update(t, snapshot, tids[id], account(id, balance + amount, note), 0) != TupleOutcome.OK) {
            return false;
        }
        if (amount != 0) {
            index().insert(t, key(balance + amount, id), tids[id]);
            index().remove(t, key(balance, id), tids[id]);
        }
        return true;
    }

    private void addUp(Table table) {
        Transaction t = storage.begin();
        Snapshot snapshot = t.acquireSnapshot();
        Batch out = LAYOUT.batch(ALL, 1024);
        LongVector found = new LongVector(1024);
        long sum = 0;
        long rows = 0;
        try (TableScan scan = table.scan(snapshot, ALL, PageRange.ALL)) {
            while (scan.next(out, found)) {
                rows += out.count();
                for (int i = 0; i < out.count(); i++) {
                    sum += (Long) out.column(1).get(i);
                }
            }
        }
        storage.rollback(t);
        assertEquals(ACCOUNTS, rows);
        assertEquals(ACCOUNTS * 100L, sum);
        sums.incrementAndGet();
    }
}
