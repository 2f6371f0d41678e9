package org.gajah.catalog;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.table.Index;
import org.gajah.table.Storage;
import org.gajah.table.Table;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.vector.Batch;

/**
 * Changes rows of the system catalogs of one database, with their indexes, within a transaction. The only way to do so.
 * Whoever changes an object holds its lock; changes are visible to the transaction's next command.
 */
public final class CatalogWriter {
    private final Storage storage;
    private final int database;
    private final Transaction transaction;

    public CatalogWriter(Storage storage, int database, Transaction transaction) {
        this.storage = storage;
        this.database = database;
        this.transaction = transaction;
    }

    /** Adds a row of boxed values, one a column; returns its tid. */
    public long insert(String tableName, Object... values) {
        SystemTable table = SystemTable.of(tableName);
        Batch batch = batch(table, values);
        long[] tids = new long[1];
        table(table).insert(transaction, batch, tids);
        for (SystemTable.KeyIndex index : table.indexes()) {
            index(table, index).insert(transaction, table.key(index, batch, 0), tids[0]);
        }
        return tids[0];
    }

    /** Replaces a row that was read in this transaction. */
    public void update(CatalogRow old, Object[] values) {
        SystemTable table = old.table();
        Batch before = batch(table, old.values());
        Batch after = batch(table, values);
        Snapshot snapshot = transaction.acquireSnapshot();
        try {
            require(table(table).update(transaction, snapshot, old.tid(), after, 0), table);
        } finally {
            transaction.releaseSnapshot(snapshot);
        }
        for (SystemTable.KeyIndex index : table.indexes()) {
            Slice oldKey = table.key(index, before, 0);
            Slice newKey = table.key(index, after, 0);
            if (!oldKey.equals(newKey)) {
                index(table, index).insert(transaction, newKey, old.tid());
                index(table, index).remove(transaction, oldKey, old.tid());
            }
        }
    }

    /** Deletes a row that was read in this transaction. */
    public void delete(CatalogRow old) {
        SystemTable table = old.table();
        Batch before = batch(table, old.values());
        Snapshot snapshot = transaction.acquireSnapshot();
        try {
            require(table(table).delete(transaction, snapshot, old.tid()), table);
        } finally {
            transaction.releaseSnapshot(snapshot);
        }
        for (SystemTable.KeyIndex index : table.indexes()) {
            index(table, index).remove(transaction, table.key(index, before, 0), old.tid());
        }
    }

    private static void require(TupleOutcome outcome, SystemTable table) {
        if (!(outcome instanceof TupleOutcome.Ok)) {
            throw new SqlError(SqlState.INTERNAL_ERROR, "tuple concurrently updated")
                    .detail("Catalog " + table.name() + ".");
        }
    }

    private Table table(SystemTable table) {
        return storage.table(table.id(database), table.layout());
    }

    private Index index(SystemTable table, SystemTable.KeyIndex index) {
        return storage.index(table.indexId(database, index.oid()));
    }

    private static Batch batch(SystemTable table, Object[] values) {
        if (values.length != table.columnCount()) {
            throw new IllegalArgumentException(table.name() + ": " + Arrays.toString(values));
        }
        Batch batch = table.layout().batch(table.allAttributes(), 1);
        for (int i = 0; i < values.length; i++) {
            batch.column(i).set(0, values[i]);
        }
        batch.selection().all(1);
        return batch;
    }
}
