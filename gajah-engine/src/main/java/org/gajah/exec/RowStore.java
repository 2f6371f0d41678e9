package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Rows kept in memory, in columns, numbered from 0 in the order they came. */
final class RowStore {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;
    private static final int FIRST_CHUNK_ROWS = 64;

    private final List<Carrier> carriers;
    private final List<Vector[]> chunks = new ArrayList<>();
    private int size;
    private long bytes;

    RowStore(List<Carrier> carriers) {
        this.carriers = carriers;
    }

    int size() {
        return size;
    }

    /** Memory taken by the rows, roughly. */
    long bytes() {
        return bytes;
    }

    List<Carrier> carriers() {
        return carriers;
    }

    void clear() {
        size = 0;
        bytes = 0;
        while (chunks.size() > 1) {
            chunks.removeLast();
        }
        if (!chunks.isEmpty()) {
            for (Vector vector : chunks.getFirst()) {
                vector.reset();
            }
        }
    }

    /** Appends the selected rows of a batch: its first columns, as many as the store has. */
    void append(Batch batch) {
        Selection rows = batch.selection();
        for (int i = 0; i < rows.count(); i++) {
            append(batch, rows.rows[i]);
        }
    }

    /** Appends one row. */
    void append(Batch batch, int row) {
        Vector[] chunk = room();
        int at = size & CHUNK_ROWS - 1;
        for (int c = 0; c < chunk.length; c++) {
            Vector source = batch.column(c);
            chunk[c].copyFrom(source, row, at);
            bytes += Vectors.weight(source, row);
        }
        size++;
    }

    /** Appends one row of given vectors. */
    void append(Vector[] columns, int row) {
        Vector[] chunk = room();
        int at = size & CHUNK_ROWS - 1;
        for (int c = 0; c < chunk.length; c++) {
            chunk[c].copyFrom(columns[c], row, at);
            bytes += Vectors.weight(columns[c], row);
        }
        size++;
    }

    private Vector[] room() {
        int chunk = size >>> CHUNK_BITS;
        int at = size & CHUNK_ROWS - 1;
        if (chunk == chunks.size()) {
            chunks.add(fresh(size == 0 ? FIRST_CHUNK_ROWS : CHUNK_ROWS));
        } else if (chunk == 0 && at == FIRST_CHUNK_ROWS && carriers.size() > 0 && chunks.getFirst()[0].capacity() == FIRST_CHUNK_ROWS) {
            Vector[] larger = fresh(CHUNK_ROWS);
            for (int c = 0; c < larger.length; c++) {
                for (int row = 0; row < at; row++) {
                    Vectors.share(chunks.getFirst()[c], row, larger[c], row);
                }
            }
            chunks.set(0, larger);
        }
        return chunks.get(chunk);
    }

    private Vector[] fresh(int capacity) {
        Vector[] made = new Vector[carriers.size()];
        for (int c = 0; c < made.length; c++) {
            made[c] = Vector.of(carriers.get(c), capacity);
        }
        return made;
    }

    /** The vector that holds a row's column; the row's place in it is {@link #place}. */
    Vector vector(int row, int column) {
        return chunks.get(row >>> CHUNK_BITS)[column];
    }

    /** The row's index within the vectors that hold it. */
    static int place(int row) {
        return row & CHUNK_ROWS - 1;
    }

    /** The boxed value, which does not share bytes, or null. */
    Object get(int row, int column) {
        return vector(row, column).get(place(row));
    }

    /** Makes row {@code target} of some vectors, from {@code firstColumn} on, point at a stored row. */
    void share(int row, Batch out, int firstColumn, int target) {
        Vector[] chunk = chunks.get(row >>> CHUNK_BITS);
        int at = row & CHUNK_ROWS - 1;
        for (int c = 0; c < chunk.length; c++) {
            Vectors.share(chunk[c], at, out.column(firstColumn + c), target);
        }
    }

    /** Gives rows from {@code from} on, at most {@code max}, as a batch whose columns are the store's own; returns how many. */
    int view(int from, int max, Batch out) {
        int at = from & CHUNK_ROWS - 1;
        int count = Math.min(Math.min(max, size - from), Math.min(CHUNK_ROWS - at, out.selection().rows.length));
        Selection rows = out.selection();
        if (count <= 0) {
            rows.clear();
            return 0;
        }
        Vector[] chunk = chunks.get(from >>> CHUNK_BITS);
        for (int c = 0; c < chunk.length; c++) {
            out.setColumn(c, chunk[c]);
        }
        for (int i = 0; i < count; i++) {
            rows.rows[i] = at + i;
        }
        rows.setCount(count);
        return count;
    }
}
