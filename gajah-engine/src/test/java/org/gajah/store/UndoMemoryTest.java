package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;

import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.Index;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
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
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.LongVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undo stays within its budget whatever transactions do, says what snapshots must see, and leaves nothing behind. */
class UndoMemoryTest {
    private static final RowLayout LAYOUT = RowLayout.of(Attribute.of(Carrier.LONG), Attribute.of(Carrier.INT), Attribute.of(Carrier.BYTES));
    private static final int[] ALL = {0, 1, 2};
    private static final long BUDGET = 200_000;
    /** What may be in memory beyond the budget: changes since the last look, a page's versions, chunks that are not full. */
    private static final long SLACK = 1_000_000;

    @TempDir
    Path directory;

    private ClusterStorage storage;
    private Table table;
    private Index index;
    private long[] tids;

    @BeforeEach
    void open() {
        storage = ClusterStorage.open(SystemEnv.of(directory), new StorageOptions(200, false, false, 1L << 30, BUDGET), new BTreeMethod(),
                TransactionListener.NONE);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void fill(int rows) {
        Transaction t = storage.begin();
        table = storage.createTable(t, new RelationId(1, 1), LAYOUT);
        index = storage.createIndex(t, new RelationId(1, 2));
        tids = new long[rows];
        for (int i = 0; i < rows; i++) {
            long[] tid = new long[1];
            table.insert(t, row(i, 0), tid);
            tids[i] = tid[0];
            index.insert(t, key(0, i), tid[0]);
        }
        storage.commit(t, CommitOptions.SYNCHRONOUS);
    }

    private static Batch row(long id, int value) {
        Batch batch = LAYOUT.batch(ALL, 1);
        batch.column(0).set(0, id);
        batch.column(1).set(0, value);
        batch.column(2).set(0, Slice.of("text " + "x".repeat(value % 50) + id));
        batch.selection().all(1);
        return batch;
    }

    private static Slice key(int value, long id) {
        return Slice.of(new org.gajah.base.ByteSink(16).putInt(value).putLong(id).toBytes());
    }

    private void update(Transaction t, int i, int from, int to) {
        Snapshot snapshot = t.acquireSnapshot();
        assertEquals(TupleOutcome.OK, table.update(t, snapshot, tids[i], row(i, to), 0, false));
        t.releaseSnapshot(snapshot);
        index.insert(t, key(to, i), tids[i]);
        index.remove(t, key(from, i), tids[i]);
        t.incrementCommand();
    }

    private void check(Snapshot snapshot, int rows, int value) {
        Batch out = LAYOUT.batch(ALL, 100);
        LongVector at = new LongVector(100);
        int found = 0;
        try (TableScan scan = table.scan(snapshot, ALL, PageRange.ALL)) {
            while (scan.next(out, at)) {
                for (int i = 0; i < out.count(); i++) {
                    long id = (Long) out.column(0).get(i);
                    assertEquals(value, out.column(1).get(i), "row " + id);
                    assertEquals(row(id, value).column(2).get(0), out.column(2).get(i));
                    found++;
                }
            }
        }
        assertEquals(rows, found);
    }

    private void nothingIsLeft() {
        for (int i = 0; i < 200 && !storage.purger().isEmpty(); i++) {
            storage.purger().run();
        }
        assertTrue(storage.purger().isEmpty(), "not purged");
        assertEquals(0, storage.undoMemory().used());
        assertEquals(0, storage.undoMemory().file().used());
    }

    private int entries() {
        int entries = 0;
        BytesVector keys = new BytesVector(100);
        LongVector at = new LongVector(100);
        try (IndexScan scan = index.scan(KeyRange.ALL)) {
            for (int n = scan.next(keys, at, 100); n > 0; n = scan.next(keys, at, 100)) {
                entries += n;
            }
        }
        return entries;
    }

    @Test
    void aLargeTransactionStaysWithinTheBudget() {
        int rows = 40_000;
        fill(rows);
        Transaction reader = storage.begin();
        Snapshot before = reader.acquireSnapshot();
        Transaction t = storage.begin();
        long most = 0;
        int mark = 0;
        for (int round = 1; round <= 3; round++) {
            if (round == 3) {
                mark = t.mark();
            }
            for (int i = 0; i < rows; i++) {
                update(t, i, round - 1, round);
                most = Math.max(most, storage.undoMemory().used());
            }
        }
        assertTrue(most < BUDGET + SLACK, "undo took " + most + " bytes");
        assertTrue(storage.undoMemory().file().used() > 1_000_000, "nothing went to the file");
        check(before, rows, 0);
        check(t.acquireSnapshot(), rows, 3);
        t.rollbackTo(mark);
        check(t.acquireSnapshot(), rows, 2);
        storage.checkpoint();
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        check(before, rows, 0);
        check(reader.acquireSnapshot(), rows, 2);
        storage.rollback(reader);
        nothingIsLeft();
        index.verify();
        assertEquals(rows, entries());
    }

    @Test
    void purgingWhatIsOlderDoesNotBringBackALargeTransactionsVersions() {
        int rows = 40_000;
        Transaction reader = storage.begin();
        Snapshot none = reader.acquireSnapshot();
        fill(rows);
        Transaction t = storage.begin();
        for (int i = 0; i < rows; i++) {
            update(t, i, 0, 1);
        }
        assertTrue(storage.undoMemory().file().used() > 1_000_000, "nothing went to the file");
        check(none, 0, 0);
        storage.rollback(reader);
        for (int i = 0; i < 200 && !storage.purger().isEmpty(); i++) {
            storage.purger().run();
        }
        assertTrue(storage.purger().isEmpty(), "not purged");
        assertTrue(storage.undoMemory().used() < BUDGET + SLACK, "undo took " + storage.undoMemory().used() + " bytes");
        storage.rollback(t);
        nothingIsLeft();
        index.verify();
        assertEquals(rows, entries());
    }

    @Test
    void aRollbackDoesNotBringBackOthersVersions() {
        int rows = 40_000;
        fill(rows);
        Transaction other = storage.begin();
        for (int i = 0; i < rows; i += 2) {
            update(other, i, 0, 1);
        }
        Transaction t = storage.begin();
        for (int i = 1; i < rows; i += 2) {
            update(t, i, 0, 1);
        }
        storage.rollback(t);
        assertTrue(storage.undoMemory().used() < BUDGET + SLACK, "undo took " + storage.undoMemory().used() + " bytes");
        storage.commit(other, CommitOptions.SYNCHRONOUS);
        nothingIsLeft();
        index.verify();
        assertEquals(rows, entries());
    }

    @Test
    void aRolledBackLargeTransactionLeavesNothing() {
        int rows = 30_000;
        fill(rows);
        Random random = new Random(7);
        int[] values = new int[rows];
        Transaction t = storage.begin();
        for (int n = 0; n < 40_000; n++) {
            int i = random.nextInt(rows);
            update(t, i, values[i], ++values[i]);
        }
        storage.rollback(t);
        Transaction reader = storage.begin();
        check(reader.acquireSnapshot(), rows, 0);
        storage.rollback(reader);
        nothingIsLeft();
    }

    @Test
    void anOldSnapshotDoesNotMakeManySmallTransactionsFillTheMemory() {
        int rows = 50;
        fill(rows);
        Transaction reader = storage.begin();
        Snapshot before = reader.acquireSnapshot();
        long most = 0;
        for (int n = 0; n < 30_000; n++) {
            Transaction t = storage.begin();
            update(t, n % rows, n / rows, n / rows + 1);
            storage.commit(t, CommitOptions.ASYNCHRONOUS);
            most = Math.max(most, storage.undoMemory().used());
        }
        assertTrue(most < BUDGET + SLACK, "undo took " + most + " bytes");
        check(before, rows, 0);
        storage.rollback(reader);
        Transaction after = storage.begin();
        check(after.acquireSnapshot(), rows, 600);
        storage.rollback(after);
        nothingIsLeft();
        index.verify();
        assertEquals(rows, entries());
    }

    @Test
    void severalSnapshotsEachSeeTheirOwn() {
        int rows = 20;
        fill(rows);
        Transaction[] readers = new Transaction[5];
        Snapshot[] snapshots = new Snapshot[5];
        for (int round = 0; round < 1000; round++) {
            if (round % 200 == 77) {
                readers[round / 200] = storage.begin();
                snapshots[round / 200] = readers[round / 200].acquireSnapshot();
            }
            Transaction t = storage.begin();
            for (int i = 0; i < rows; i++) {
                update(t, i, round, round + 1);
            }
            storage.commit(t, CommitOptions.ASYNCHRONOUS);
        }
        for (int i = 0; i < 5; i++) {
            check(snapshots[i], rows, 200 * i + 77);
        }
        for (int i : new int[] {2, 0, 4, 1, 3}) {
            storage.rollback(readers[i]);
            storage.purger().run();
        }
        nothingIsLeft();
    }

    @Test
    void rowsThatMovedAreRememberedAsSuchInTheFile() {
        int rows = 20_000;
        fill(rows);
        Transaction reader = storage.begin();
        Snapshot before = reader.acquireSnapshot();
        Transaction t = storage.begin();
        for (int i = 0; i < rows; i++) {
            Snapshot snapshot = t.acquireSnapshot();
            assertEquals(TupleOutcome.OK, table.delete(t, snapshot, tids[i], i % 2 == 0));
            t.releaseSnapshot(snapshot);
            index.remove(t, key(0, i), tids[i]);
        }
        assertTrue(storage.undoMemory().file().used() > 100_000, "nothing went to the file");
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        for (int i = 0; i < rows; i++) {
            assertEquals(i % 2 == 0 ? TupleOutcome.MOVED : TupleOutcome.DELETED, table.check(reader, before, tids[i]), "row " + i);
        }
        check(before, rows, 0);
        storage.rollback(reader);
        nothingIsLeft();
    }
}
