package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.PageRange;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.RowState;
import org.gajah.table.Storage;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableVisibilityTest {
    private static final RelationId ID = new RelationId(1, 100);
    private static final RowLayout LAYOUT = RowLayout.of(Attribute.of(Carrier.INT), Attribute.of(Carrier.BYTES));
    private static final int[] BOTH = {0, 1};

    private Storage storage;
    private Table table;

    @BeforeEach
    void open() {
        storage = ClusterStorage.open(SystemEnv.inMemory(), StorageOptions.DEFAULT, new SortedSetIndex(), TransactionListener.NONE);
        Transaction t = storage.begin();
        table = storage.createTable(t, ID, LAYOUT);
        storage.commit(t, CommitOptions.SYNCHRONOUS);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static Batch row(int id, String text) {
        Batch batch = LAYOUT.batch(BOTH, 1);
        batch.column(0).set(0, id);
        batch.column(1).set(0, text == null ? null : Slice.of(text));
        batch.selection().all(1);
        return batch;
    }

    private long insert(Transaction t, int id, String text) {
        long[] tids = new long[1];
        table.insert(t, row(id, text), tids);
        return tids[0];
    }

    private List<String> rows(Transaction t) {
        Snapshot snapshot = t.acquireSnapshot();
        List<String> found = rows(snapshot);
        t.releaseSnapshot(snapshot);
        return found;
    }

    private List<String> rows(Snapshot snapshot) {
        List<String> found = new ArrayList<>();
        Batch out = LAYOUT.batch(BOTH, 64);
        LongVector tids = new LongVector(64);
        try (TableScan scan = table.scan(snapshot, BOTH, PageRange.ALL)) {
            while (scan.next(out, tids)) {
                for (int i = 0; i < out.count(); i++) {
                    found.add(out.column(0).get(i) + ":" + out.column(1).get(i));
                }
            }
        }
        return found;
    }

    private List<String> committed() {
        Transaction t = storage.begin();
        List<String> found = rows(t);
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        return found;
    }

    @Test
    void othersSeeRowsOnlyAfterCommitAndNewSnapshot() {
        Transaction reader = storage.begin();
        Snapshot before = reader.acquireSnapshot();
        Transaction writer = storage.begin();
        insert(writer, 1, "a");
        assertEquals(List.of(), rows(reader));
        assertEquals(List.of(), rows(writer), "not yet seen by its own command");
        writer.incrementCommand();
        assertEquals(List.of("1:a"), rows(writer));
        storage.commit(writer, CommitOptions.SYNCHRONOUS);
        assertEquals(List.of(), rows(before));
        assertEquals(List.of("1:a"), rows(reader));
        storage.commit(reader, CommitOptions.SYNCHRONOUS);
    }

    @Test
    void oldSnapshotsKeepSeeingReplacedAndDeletedRows() {
        Transaction t = storage.begin();
        long one = insert(t, 1, "first");
        long two = insert(t, 2, null);
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        Transaction reader = storage.begin();
        Snapshot old = reader.acquireSnapshot();
        for (int i = 0; i < 3; i++) {
            Transaction w = storage.begin();
            Snapshot s = w.acquireSnapshot();
            assertEquals(TupleOutcome.OK, table.update(w, s, one, row(10 + i, "value " + i + "x".repeat(i * 1000)), 0));
            storage.commit(w, CommitOptions.SYNCHRONOUS);
        }
        Transaction d = storage.begin();
        assertEquals(TupleOutcome.OK, table.delete(d, d.acquireSnapshot(), two));
        storage.commit(d, CommitOptions.SYNCHRONOUS);
        assertEquals(List.of("1:first", "2:null"), rows(old));
        assertEquals(List.of("12:value 2" + "x".repeat(2000)), rows(reader));
        storage.commit(reader, CommitOptions.SYNCHRONOUS);
    }

    @Test
    void rollbackAndSavepointsTakeChangesBack() {
        Transaction t = storage.begin();
        long one = insert(t, 1, "kept");
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        Transaction w = storage.begin();
        assertEquals(TupleOutcome.OK, table.update(w, w.acquireSnapshot(), one, row(1, "changed"), 0));
        w.incrementCommand();
        int mark = w.mark();
        insert(w, 2, "lost");
        assertEquals(TupleOutcome.OK, table.delete(w, w.acquireSnapshot(), one));
        w.incrementCommand();
        assertEquals(List.of("2:lost"), rows(w));
        w.rollbackTo(mark);
        assertEquals(List.of("1:changed"), rows(w));
        storage.rollback(w);
        assertEquals(List.of("1:kept"), committed());
    }

    @Test
    void conflictsAreAnswersNotWaits() {
        Transaction t = storage.begin();
        long tid = insert(t, 1, "a");
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        Transaction a = storage.begin();
        Transaction b = storage.begin();
        Snapshot sa = a.acquireSnapshot();
        Snapshot sb = b.acquireSnapshot();
        assertEquals(TupleOutcome.OK, table.update(a, sa, tid, row(2, "b"), 0));
        assertEquals(new TupleOutcome.SelfModified(0), table.delete(a, a.refresh(sa), tid));
        assertEquals(new TupleOutcome.BeingModified(a.xid(), true), table.update(b, sb, tid, row(3, "c"), 0));
        Batch out = LAYOUT.batch(BOTH, 1);
        assertEquals(new RowState.InProgress(a.xid(), false, false), table.fetchNewest(b, tid, BOTH, out, 0));
        storage.commit(a, CommitOptions.SYNCHRONOUS);
        assertEquals(new TupleOutcome.Updated(tid), table.update(b, sb, tid, row(3, "c"), 0));
        assertInstanceOf(RowState.Live.class, table.fetchNewest(b, tid, BOTH, out, 0));
        assertEquals(2, out.column(0).get(0));
        assertTrue(table.fetch(sb, tid, BOTH, out, 0));
        assertEquals(1, out.column(0).get(0));
        assertEquals(TupleOutcome.OK, table.delete(b, b.acquireSnapshot(), tid));
        storage.commit(b, CommitOptions.SYNCHRONOUS);
        Transaction c = storage.begin();
        assertFalse(table.fetch(c.acquireSnapshot(), tid, BOTH, out, 0));
        assertEquals(RowState.DEAD, table.fetchNewest(c, tid, BOTH, out, 0));
        storage.rollback(c);
    }

    @Test
    void longValuesLiveOutsideTheirPage() {
        Transaction t = storage.begin();
        long[] tids = new long[40];
        for (int i = 0; i < 40; i++) {
            tids[i] = insert(t, i, "v" + i + "y".repeat(i * 1017));
        }
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        Transaction w = storage.begin();
        Snapshot s = w.acquireSnapshot();
        for (int i = 0; i < 40; i += 2) {
            assertEquals(TupleOutcome.OK, table.update(w, s, tids[i], row(i, "w" + i + "z".repeat(40000 - i * 1000)), 0));
        }
        storage.rollback(w);
        List<String> rows = committed();
        for (int i = 0; i < 40; i++) {
            assertEquals(i + ":v" + i + "y".repeat(i * 1017), rows.get(i));
        }
    }

    @Test
    void newTablesVanishWithTheirTransaction() {
        Transaction t = storage.begin();
        int mark = t.mark();
        storage.createTable(t, new RelationId(1, 200), LAYOUT);
        t.rollbackTo(mark);
        assertFalse(storage.exists(new RelationId(1, 200)));
        storage.createTable(t, new RelationId(1, 200), LAYOUT);
        storage.drop(t, ID);
        assertTrue(storage.exists(ID));
        storage.rollback(t);
        assertFalse(storage.exists(new RelationId(1, 200)));
        assertTrue(storage.exists(ID));
        Transaction d = storage.begin();
        storage.drop(d, ID);
        storage.commit(d, CommitOptions.SYNCHRONOUS);
        assertFalse(storage.exists(ID));
    }
}
