package org.gajah.exec;

import java.util.Arrays;
import java.util.List;

import org.gajah.type.Ordered;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Distinct keys, numbered from 0 in the order they came: what grouping, hash joins, DISTINCT and set operations share. Open
 * addressing over the keys' hashes. Nulls are equal to each other here; who sees that differently keeps them out.
 */
final class KeyTable {
    private static final int NULL_HASH = 0x5bd1e995;

    private final Ordered[] orders;
    private final RowStore keys;
    private long[] hashes = new long[16];
    private int[] table = new int[64];
    private long[] rowHashes = new long[16];

    KeyTable(Ordered[] orders, List<Carrier> carriers) {
        this.orders = orders;
        this.keys = new RowStore(carriers);
    }

    /** How many keys there are. */
    int size() {
        return keys.size();
    }

    long bytes() {
        return keys.bytes() + 4L * table.length + 8L * hashes.length;
    }

    /** The keys by number. */
    RowStore keys() {
        return keys;
    }

    void clear() {
        keys.clear();
        if (table.length > 4096) {
            table = new int[64];
        } else {
            Arrays.fill(table, 0);
        }
    }

    /** Computes the hashes of the selected rows; {@link #find} and {@link #findOrAdd} then take row numbers. */
    void hash(Vector[] columns, Selection rows) {
        if (rowHashes.length < rows.rows.length) {
            rowHashes = new long[rows.rows.length];
        }
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            rowHashes[rows.rows[i]] = 0;
        }
        for (int c = 0; c < columns.length; c++) {
            Vector column = columns[c];
            Ordered order = orders[c];
            for (int i = 0; i < count; i++) {
                int row = rows.rows[i];
                long part = column.isNull(row) ? NULL_HASH : order.hash(column, row);
                rowHashes[row] = (rowHashes[row] ^ part) * 0x9E3779B97F4A7C15L;
            }
        }
        for (int i = 0; i < count; i++) {
            int row = rows.rows[i];
            rowHashes[row] ^= rowHashes[row] >>> 32;
        }
    }

    /** A row's hash, of which all bits are as good as random. */
    long hash(int row) {
        return rowHashes[row];
    }

    /** The hash of a key of the table. */
    long keyHash(int key) {
        return hashes[key];
    }

    /** The number of the row's key, or -1. */
    int find(Vector[] columns, int row) {
        long hash = rowHashes[row];
        for (int at = (int) hash & table.length - 1; table[at] != 0; at = at + 1 & table.length - 1) {
            int key = table[at] - 1;
            if (hashes[key] == hash && same(columns, row, key)) {
                return key;
            }
        }
        return -1;
    }

    /** The number of the row's key, which is added if it is new: then it is the number that {@link #size} was before. */
    int findOrAdd(Vector[] columns, int row) {
        long hash = rowHashes[row];
        int at = (int) hash & table.length - 1;
        for (; table[at] != 0; at = at + 1 & table.length - 1) {
            int key = table[at] - 1;
            if (hashes[key] == hash && same(columns, row, key)) {
                return key;
            }
        }
        int added = keys.size();
        keys.append(columns, row);
        if (added == hashes.length) {
            hashes = Arrays.copyOf(hashes, added * 2);
        }
        hashes[added] = hash;
        table[at] = added + 1;
        if (2 * keys.size() > table.length) {
            grow();
        }
        return added;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int key = 0; key < keys.size(); key++) {
            int at = (int) hashes[key] & table.length - 1;
            while (table[at] != 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = key + 1;
        }
    }

    private boolean same(Vector[] columns, int row, int key) {
        int place = keys.place(key);
        for (int c = 0; c < columns.length; c++) {
            Vector stored = keys.vector(key, c);
            boolean isNull = columns[c].isNull(row);
            if (isNull != stored.isNull(place) || !isNull && orders[c].compare(columns[c], row, stored, place) != 0) {
                return false;
            }
        }
        return true;
    }
}
