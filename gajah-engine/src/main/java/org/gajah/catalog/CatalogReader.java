package org.gajah.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.gajah.base.Slice;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.table.PageRange;
import org.gajah.table.Storage;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/** Reads rows of the system catalogs of one database under a snapshot. */
public final class CatalogReader {
    private final Storage storage;
    private final int database;

    public CatalogReader(Storage storage, int database) {
        this.storage = storage;
        this.database = database;
    }

    /** The rows whose index columns begin with these boxed values, in index order. */
    public List<CatalogRow> lookup(Snapshot snapshot, String tableName, int indexOid, Object... key) {
        SystemTable table = SystemTable.of(tableName);
        SystemTable.KeyIndex index = table.index(indexOid);
        Table rows = storage.table(table.id(database), table.layout());
        Batch out = table.layout().batch(table.allAttributes(), 1);
        BytesVector keys = new BytesVector(64);
        LongVector tids = new LongVector(64);
        List<CatalogRow> found = new ArrayList<>();
        KeyRange range = KeyRange.prefix(table.prefix(index, key));
        try (IndexScan scan = storage.index(table.indexId(database, indexOid)).scan(range)) {
            for (int n = scan.next(keys, tids, 64); n > 0; n = scan.next(keys, tids, 64)) {
                for (int i = 0; i < n; i++) {
                    out.reset();
                    if (rows.fetch(snapshot, tids.values[i], table.allAttributes(), out, 0)
                            && table.key(index, out, 0).equals(keys.slice(i))) {
                        found.add(row(table, tids.values[i], out, 0));
                    }
                }
            }
        }
        return found;
    }

    /** The row with this unique key. */
    public Optional<CatalogRow> find(Snapshot snapshot, String table, int index, Object... key) {
        List<CatalogRow> found = lookup(snapshot, table, index, key);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** All rows, in no particular order. */
    public void scan(Snapshot snapshot, String tableName, Consumer<CatalogRow> consumer) {
        SystemTable table = SystemTable.of(tableName);
        Batch out = table.layout().batch(table.allAttributes(), Batch.MAX_ROWS);
        LongVector tids = new LongVector(Batch.MAX_ROWS);
        Table rows = storage.table(table.id(database), table.layout());
        try (TableScan scan = rows.scan(snapshot, table.allAttributes(), PageRange.ALL)) {
            while (scan.next(out, tids)) {
                for (int i = 0; i < out.count(); i++) {
                    int row = out.selection().row(i);
                    consumer.accept(row(table, tids.values[row], out, row));
                }
            }
        }
    }

    static CatalogRow row(SystemTable table, long tid, Batch batch, int row) {
        Object[] values = new Object[table.columnCount()];
        for (int i = 0; i < values.length; i++) {
            Object value = batch.column(i).get(row);
            values[i] = value instanceof Slice s && s.isEmpty() ? Slice.EMPTY : value;
        }
        return new CatalogRow(table, tid, values);
    }
}
