package org.gajah.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.gajah.base.Slice;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.table.PageRange;
import org.gajah.table.RelationId;
import org.gajah.table.TableScan;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/** Reads everything that a simulated storage holds. */
final class StorageReader {
    private final ClusterStorage storage;

    StorageReader(ClusterStorage storage) {
        this.storage = storage;
    }

    CrashSimulation.State read() {
        CrashSimulation.State state = new CrashSimulation.State();
        Transaction t = storage.begin();
        Snapshot snapshot = t.acquireSnapshot();
        for (RelationId id : storage.relations(7)) {
            if (id.relation() == 9999) {
                state.sequence = storage.sequence(id).read().called() ? storage.sequence(id).read().lastValue() : 0;
            } else if (id.relation() % 10 == 0) {
                state.tables.put(id.relation() / 10, rows(snapshot, id));
                if (((TableHandle) storage.table(id, CrashSimulation.LAYOUT)).heap().format().size() == CrashSimulation.ALL.length) {
                    state.wide.add(id.relation() / 10);
                }
            }
        }
        storage.rollback(t);
        return state;
    }

    /** What somebody who begins now sees of a table. */
    TreeMap<Long, CrashSimulation.Row> rows(RelationId table) {
        Transaction t = storage.begin();
        try {
            return rows(t.acquireSnapshot(), table);
        } finally {
            storage.rollback(t);
        }
    }

    TreeMap<Long, CrashSimulation.Row> rows(Snapshot snapshot, RelationId id) {
        TreeMap<Long, CrashSimulation.Row> rows = new TreeMap<>();
        Batch out = CrashSimulation.LAYOUT.batch(CrashSimulation.ALL, 200);
        LongVector tids = new LongVector(200);
        try (TableScan scan = storage.table(id, CrashSimulation.LAYOUT).scan(snapshot, CrashSimulation.ALL, PageRange.ALL)) {
            while (scan.next(out, tids)) {
                for (int i = 0; i < out.count(); i++) {
                    rows.put(tids.values[i], row(out, i));
                }
            }
        }
        return rows;
    }

    private static CrashSimulation.Row row(Batch out, int i) {
        return new CrashSimulation.Row((Long) out.column(0).get(i), (Integer) out.column(1).get(i),
                Optional.ofNullable((Slice) out.column(2).get(i)));
    }

    /** Every row has its entries, and they lead to it; returns the number of stale entries. */
    long checkIndexes(CrashSimulation.State state) {
        long stale = 0;
        for (int table : state.tables.keySet()) {
            TreeMap<Long, CrashSimulation.Row> rows = state.tables.get(table);
            for (int which = 0; which < 2; which++) {
                storage.index(CrashSimulation.indexId(table, which)).verify();
                stale += check(rows, table, which);
            }
        }
        return stale;
    }

    private long check(TreeMap<Long, CrashSimulation.Row> rows, int table, int which) {
        int good = 0;
        int stale = 0;
        BytesVector keys = new BytesVector(100);
        LongVector tids = new LongVector(100);
        try (IndexScan scan = storage.index(CrashSimulation.indexId(table, which)).scan(KeyRange.ALL)) {
            for (int n = scan.next(keys, tids, 100); n > 0; n = scan.next(keys, tids, 100)) {
                for (int i = 0; i < n; i++) {
                    CrashSimulation.Row row = rows.get(tids.values[i]);
                    if (row != null && CrashSimulation.key(row, which).equals(keys.slice(i))) {
                        good++;
                    } else {
                        stale++;
                    }
                }
            }
        }
        if (good != rows.size()) {
            throw new AssertionError("index " + which + " of table " + table + " has entries for " + good + " of " + rows.size() + " rows");
        }
        return stale;
    }

    static String difference(List<CrashSimulation.State> possible, CrashSimulation.State found) {
        List<String> all = new ArrayList<>();
        for (CrashSimulation.State state : possible) {
            StringBuilder text = new StringBuilder();
            if (!state.tables.keySet().equals(found.tables.keySet())) {
                text.append("tables ").append(found.tables.keySet()).append(" for ").append(state.tables.keySet());
            }
            if (!state.wide.equals(found.wide)) {
                text.append("three columns in ").append(found.wide).append(" for ").append(state.wide);
            }
            state.tables.forEach((table, rows) -> {
                TreeMap<Long, CrashSimulation.Row> actual = found.tables.getOrDefault(table, new TreeMap<>());
                TreeMap<Long, CrashSimulation.Row> missing = new TreeMap<>(rows);
                missing.keySet().removeAll(actual.keySet());
                TreeMap<Long, CrashSimulation.Row> extra = new TreeMap<>(actual);
                extra.keySet().removeAll(rows.keySet());
                long changed = rows.entrySet().stream()
                        .filter(e -> actual.containsKey(e.getKey()) && !actual.get(e.getKey()).equals(e.getValue())).count();
                text.append(" [table ").append(table).append(": ").append(missing.size()).append(" missing, ")
                        .append(extra.size()).append(" extra, ").append(changed).append(" changed of ").append(rows.size()).append("]");
            });
            all.add(text.toString());
        }
        return all.toString();
    }
}
