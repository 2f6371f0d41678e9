package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.CommitOptions;
import org.gajah.table.Index;
import org.gajah.table.RelationId;
import org.gajah.table.StorageOptions;
import org.gajah.table.Table;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.vector.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made and thrown away again and again takes no more space in the end than after the first time. */
class SpaceTest {
    private static final RelationId TABLE = new RelationId(7, 10);
    private static final RelationId INDEX = new RelationId(7, 11);

    @TempDir
    Path directory;

    private ClusterStorage storage;
    private final Random random = new Random(3);

    @BeforeEach
    void open() {
        storage = ClusterStorage.open(SystemEnv.of(directory), new StorageOptions(150, false, true, 1L << 24, 100_000), new BTreeMethod(),
                TransactionListener.NONE);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void make(Transaction t, RelationId table, RelationId index, int rows) {
        Table into = storage.createTable(t, table, CrashSimulation.LAYOUT);
        Index entries = storage.createIndex(t, index);
        fill(t, into, entries, rows);
    }

    private void fill(Transaction t, Table into, Index entries, int rows) {
        for (int i = 0; i < rows; i++) {
            long[] tid = new long[1];
            CrashSimulation.Row row = new CrashSimulation.Row(i, i % 7, java.util.Optional.empty());
            into.insert(t, batch(i, i % 20 == 0 ? 9000 : 30), tid);
            entries.insert(t, CrashSimulation.key(row, 0), tid[0]);
        }
    }

    private Batch batch(int i, int length) {
        Batch batch = CrashSimulation.LAYOUT.batch(CrashSimulation.ALL, 1);
        byte[] text = new byte[length];
        random.nextBytes(text);
        batch.column(0).set(0, (long) i);
        batch.column(1).set(0, i % 7);
        batch.column(2).set(0, Slice.of(text));
        batch.selection().all(1);
        return batch;
    }

    private int quietBlocks() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!storage.purger().isEmpty() && System.nanoTime() < end) {
            storage.purger().run();
            Thread.onSpinWait();
        }
        storage.checkpoint();
        storage.checkpoint();
        new SpaceCheck(storage).run();
        assertEquals(0, storage.undoMemory().used());
        assertEquals(0, storage.undoMemory().file().used());
        return storage.pool().usedBlocks();
    }

    @Test
    void tablesMadeAndDroppedLeaveNothing() {
        int before = quietBlocks();
        for (int n = 0; n < 1000; n++) {
            Transaction t = storage.begin();
            make(t, new RelationId(7, 100 + 2 * n), new RelationId(7, 101 + 2 * n), 40);
            storage.commit(t, CommitOptions.ASYNCHRONOUS);
            t = storage.begin();
            storage.drop(t, new RelationId(7, 100 + 2 * n));
            storage.drop(t, new RelationId(7, 101 + 2 * n));
            if (n % 3 == 0) {
                storage.rollback(t);
                t = storage.begin();
                storage.drop(t, new RelationId(7, 101 + 2 * n));
                storage.drop(t, new RelationId(7, 100 + 2 * n));
            }
            storage.commit(t, CommitOptions.ASYNCHRONOUS);
        }
        assertEquals(before, quietBlocks());
    }

    @Test
    void bulkLoadsRolledBackLeaveNothing() throws Exception {
        Transaction t = storage.begin();
        make(t, TABLE, INDEX, 100);
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        int before = quietBlocks();
        long size = 0;
        for (int n = 0; n < 30; n++) {
            t = storage.begin();
            make(t, new RelationId(7, 100), new RelationId(7, 101), 1000);
            fill(t, storage.table(TABLE, CrashSimulation.LAYOUT), storage.index(INDEX), 500);
            if (n % 4 == 0) {
                storage.checkpoint();
            }
            storage.rollback(t);
            if (n == 8) {
                quietBlocks();
                size = Files.size(directory.resolve("data"));
            }
        }
        // pages that the table and its index got stay theirs, empty
        assertTrue(quietBlocks() <= before + 80, "from " + before + " to " + quietBlocks() + " blocks");
        assertTrue(Files.size(directory.resolve("data")) <= size * 3 / 2, "the file grows");
    }

    @Test
    void updatesOfLongValuesWithSnapshotsLeaveNothing() {
        Transaction t = storage.begin();
        make(t, TABLE, INDEX, 400);
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        Table table = storage.table(TABLE, CrashSimulation.LAYOUT);
        int blocks = 0;
        for (int round = 0; round < 20; round++) {
            Transaction reader = storage.begin();
            reader.acquireSnapshot();
            for (int n = 0; n < 40; n++) {
                change(table, random.nextInt(3) == 0);
            }
            storage.rollback(reader);
            int now = quietBlocks();
            if (round == 9) {
                blocks = now;
            }
        }
        assertTrue(quietBlocks() <= blocks * 5 / 4, "from " + blocks + " to " + quietBlocks() + " blocks");
    }

    private void change(Table table, boolean rollback) {
        Transaction t = storage.begin();
        Snapshot snapshot = t.acquireSnapshot();
        for (int i = 0; i < 5; i++) {
            long tid = org.gajah.table.Tid.of(0, random.nextInt(40));
            TupleOutcome outcome = table.update(t, snapshot, tid, batch(i, 1 + random.nextInt(12_000)), 0);
            assertTrue(outcome == TupleOutcome.OK || outcome instanceof TupleOutcome.SelfModified, outcome.toString());
        }
        if (rollback) {
            storage.rollback(t);
        } else {
            storage.commit(t, CommitOptions.ASYNCHRONOUS);
        }
    }
}
