package org.gajah.exec;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.table.RowLayout;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/**
 * The columns that a scan of a table gives: what it asks of the storage, and the system columns, which it adds itself. The
 * two batches share their vectors.
 */
final class ScanColumns {
    private static final int CTID = -1;
    private static final int XMIN = -2;
    private static final int TABLE_OID = -6;

    private final int relation;
    private final int[] attributes;
    private final int[] stored;
    private final int[] systemColumns;
    private final Batch raw;
    private final Batch out;
    private final LongVector tids;

    ScanColumns(Relation relation, RowLayout layout, List<Integer> wanted, int capacity) {
        this.relation = relation.oid();
        attributes = wanted.stream().mapToInt(Integer::intValue).toArray();
        stored = wanted.stream().filter(a -> a > 0).mapToInt(a -> a - 1).toArray();
        systemColumns = java.util.stream.IntStream.range(0, attributes.length).filter(i -> attributes[i] < 0).toArray();
        raw = layout.batch(stored, capacity);
        tids = new LongVector(capacity);
        Vector[] columns = new Vector[attributes.length];
        int next = 0;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = attributes[i] > 0 ? raw.column(next++) : systemVector(attributes[i], capacity);
        }
        out = new Batch(columns, capacity);
    }

    private Vector systemVector(int attribute, int capacity) {
        if (attribute == CTID) {
            return tids;
        }
        if (attribute == 0 || attribute < TABLE_OID) {
            throw SqlError.notSupported("column number " + attribute + " of a scan");
        }
        return Vector.of(Carrier.INT, capacity);
    }

    /** Layout indexes (from 0) to ask the storage for. */
    int[] stored() {
        return stored;
    }

    /** What the storage fills: one column for each of {@link #stored}. */
    Batch raw() {
        return raw;
    }

    LongVector tids() {
        return tids;
    }

    /** What the scan gives. */
    Batch out() {
        return out;
    }

    /** Fills the system columns of rows 0 to n-1, whose tids are set. */
    void fillSystemColumns(Table table, Snapshot snapshot, int count) {
        for (int column : systemColumns) {
            int attribute = attributes[column];
            if (attribute != CTID) {
                Vector vector = out.column(column);
                vector.reset();
                if (attribute == XMIN) {
                    LongVector writers = new LongVector(count);
                    table.writers(snapshot, tids.values, count, writers);
                    for (int row = 0; row < count; row++) {
                        ((IntVector) vector).put(row, (int) writers.values[row]);
                    }
                } else {
                    Vectors.fill(vector, 0, count, attribute == TABLE_OID ? relation : 0);
                }
            }
        }
    }
}
