package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.PageRange;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
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
import org.junit.jupiter.api.Test;

/** Interleaved transactions with savepoints against a model of what each snapshot must see. */
class RandomHistoryTest {
    private static final RowLayout LAYOUT = RowLayout.of(Attribute.of(Carrier.LONG), Attribute.of(Carrier.INT, 2),
            Attribute.of(Carrier.BYTES), Attribute.of(Carrier.BOOL), Attribute.of(Carrier.BYTES));
    private static final int[] ALL = {0, 1, 2, 3, 4};

    private final Storage storage = ClusterStorage.open(SystemEnv.inMemory(), new StorageOptions(1000, false, false, 1L << 30, 3000),
            new SortedSetIndex(), TransactionListener.NONE);
    private Table table;
    private Random random = new Random();
    private TreeMap<Long, List<Object>> committed = new TreeMap<>();

    private static final class Session {
        Transaction transaction;
        Snapshot snapshot;
        TreeMap<Long, List<Object>> seen;
        Map<Long, List<Object>> changes = new HashMap<>();
        List<Integer> marks = new ArrayList<>();
        List<Map<Long, List<Object>>> marked = new ArrayList<>();
    }

    @Test
    void snapshotsSeeWhatTheModelSays() {
        for (int seed = 1; seed <= 60; seed++) {
            random = new Random(seed);
            committed = new TreeMap<>();
            Transaction t = storage.begin();
            table = storage.createTable(t, new RelationId(1, seed), LAYOUT);
            storage.commit(t, CommitOptions.SYNCHRONOUS);
            try {
                history(400);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void history(int steps) {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            if (sessions.size() < 4 && random.nextInt(4) == 0) {
                Session s = new Session();
                s.transaction = storage.begin();
                s.snapshot = s.transaction.acquireSnapshot();
                s.seen = new TreeMap<>(committed);
                sessions.add(s);
            }
            if (!sessions.isEmpty()) {
                Session s = sessions.get(random.nextInt(sessions.size()));
                step(s);
                if (random.nextInt(15) == 0) {
                    sessions.remove(s);
                    end(s);
                }
            }
        }
        sessions.forEach(this::end);
        Transaction t = storage.begin();
        assertEquals(committed, read(t.acquireSnapshot()));
        storage.rollback(t);
    }

    private void end(Session s) {
        if (random.nextInt(3) == 0) {
            storage.rollback(s.transaction);
        } else {
            storage.commit(s.transaction, CommitOptions.SYNCHRONOUS);
            apply(s.changes, committed);
        }
    }

    private static void apply(Map<Long, List<Object>> changes, TreeMap<Long, List<Object>> rows) {
        changes.forEach((tid, row) -> {
            if (row.isEmpty()) {
                rows.remove(tid);
            } else {
                rows.put(tid, row);
            }
        });
    }

    private TreeMap<Long, List<Object>> expected(Session s) {
        TreeMap<Long, List<Object>> rows = new TreeMap<>(s.seen);
        apply(s.changes, rows);
        return rows;
    }

    private void step(Session s) {
        s.snapshot = refreshed(s);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> insert(s);
            case 3, 4, 5 -> changeOne(s, false);
            case 6 -> changeOne(s, true);
            case 7 -> assertEquals(expected(s), read(s.snapshot));
            case 8 -> {
                s.marks.add(s.transaction.mark());
                s.marked.add(new HashMap<>(s.changes));
            }
            default -> {
                if (!s.marks.isEmpty()) {
                    int to = random.nextInt(s.marks.size());
                    s.transaction.rollbackTo(s.marks.get(to));
                    s.changes = new HashMap<>(s.marked.get(to));
                    s.marks.subList(to + 1, s.marks.size()).clear();
                    s.marked.subList(to + 1, s.marked.size()).clear();
                }
            }
        }
        s.transaction.incrementCommand();
    }

    private Snapshot refreshed(Session s) {
        return s.transaction.refresh(s.snapshot);
    }

    private void insert(Session s) {
        int n = 1 + random.nextInt(20);
        Batch batch = LAYOUT.batch(ALL, n);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(fill(batch, i));
        }
        batch.selection().all(n);
        long[] tids = new long[n];
        table.insert(s.transaction, batch, tids);
        for (int i = 0; i < n; i++) {
            s.changes.put(tids[i], rows.get(i));
        }
    }

    private List<Object> fill(Batch batch, int row) {
        List<Object> values = new ArrayList<>();
        values.add(random.nextLong());
        values.add(random.nextInt(5) == 0 ? "null" : (Object) (random.nextInt(60000) - 30000));
        values.add(text());
        values.add(random.nextInt(5) == 0 ? "null" : (Object) random.nextBoolean());
        values.add(text());
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            batch.column(i).set(row, "null".equals(value) ? null : value);
        }
        return values;
    }

    private Object text() {
        int length = switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> random.nextInt(3000);
            case 2 -> random.nextInt(300);
            case 3 -> random.nextInt(20) == 0 ? 30000 : 8000;
            default -> random.nextInt(30);
        };
        if (random.nextInt(8) == 0) {
            return "null";
        }
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Slice.of(bytes);
    }

    private void changeOne(Session s, boolean delete) {
        TreeMap<Long, List<Object>> rows = expected(s);
        if (rows.isEmpty()) {
            return;
        }
        List<Long> tids = new ArrayList<>(rows.keySet());
        long tid = tids.get(random.nextInt(tids.size()));
        TupleOutcome outcome;
        List<Object> values = List.of();
        if (delete) {
            outcome = table.delete(s.transaction, s.snapshot, tid);
        } else {
            Batch batch = LAYOUT.batch(ALL, 1);
            values = fill(batch, 0);
            if (random.nextBoolean()) {
                Batch current = LAYOUT.batch(ALL, 1);
                table.fetch(s.snapshot, tid, ALL, current, 0);
                values = new ArrayList<>(rows.get(tid));
                values.set(1, 7);
                for (int i = 0; i < values.size(); i++) {
                    batch.column(i).set(0, "null".equals(values.get(i)) ? null : values.get(i));
                }
            }
            batch.selection().all(1);
            outcome = table.update(s.transaction, s.snapshot, tid, batch, 0);
        }
        if (outcome == TupleOutcome.OK) {
            s.changes.put(tid, values);
        } else if (outcome instanceof TupleOutcome.Invisible || outcome instanceof TupleOutcome.SelfModified) {
            throw new AssertionError("a visible row answers " + outcome);
        }
    }

    private TreeMap<Long, List<Object>> read(Snapshot snapshot) {
        TreeMap<Long, List<Object>> rows = new TreeMap<>();
        Batch out = LAYOUT.batch(ALL, 100);
        LongVector tids = new LongVector(100);
        TableScan scan = table.scan(snapshot, ALL, PageRange.ALL);
        while (scan.next(out, tids)) {
            for (int i = 0; i < out.count(); i++) {
                List<Object> row = new ArrayList<>();
                for (int c = 0; c < ALL.length; c++) {
                    Object value = out.column(c).get(i);
                    row.add(value == null ? "null" : value);
                }
                rows.put(tids.values[i], row);
            }
        }
        return rows;
    }
}
