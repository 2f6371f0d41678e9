package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** Rows kept in memory by number, from 0: results that are read again or later. */
final class StoredRows {
    private static final int CHUNK = Batch.MAX_ROWS;

    private final List<Carrier> carriers;
    private final List<Vector[]> chunks = new ArrayList<>();
    private long size;

    StoredRows(List<Carrier> carriers) {
        this.carriers = carriers;
    }

    long size() {
        return size;
    }

    /** Copies the selected rows. */
    void add(Batch batch) {
        for (int i = 0; i < batch.count(); i++) {
            int at = (int) (size % CHUNK);
            if (at == 0) {
                chunks.add(carriers.stream().map(c -> Vector.of(c, CHUNK)).toArray(Vector[]::new));
            }
            Vector[] chunk = chunks.getLast();
            for (int c = 0; c < chunk.length; c++) {
                chunk[c].copyFrom(batch.column(c), batch.selection().row(i), at);
            }
            size++;
        }
    }

    /** Up to {@code count} rows from {@code from} on, as many as lie together; the batch shares the stored vectors. */
    Batch view(long from, long count) {
        int at = (int) (from % CHUNK);
        Vector[] chunk = chunks.isEmpty() ? new Vector[carriers.size()] : chunks.get((int) (from / CHUNK));
        Batch batch = new Batch(chunk, CHUNK);
        int rows = (int) Math.max(0, Math.min(Math.min(count, size - from), CHUNK - at));
        for (int i = 0; i < rows; i++) {
            batch.selection().add(at + i);
        }
        return batch;
    }

    /** Up to {@code count} rows from {@code from} downwards, in that order. */
    Batch viewDown(long from, long count) {
        int rows = (int) Math.min(Math.min(count, from + 1), CHUNK);
        Batch batch = Batch.of(carriers, Math.max(1, rows));
        for (int i = 0; i < rows; i++) {
            long row = from - i;
            Vector[] chunk = chunks.get((int) (row / CHUNK));
            for (int c = 0; c < chunk.length; c++) {
                batch.column(c).copyFrom(chunk[c], (int) (row % CHUNK), i);
            }
            batch.selection().add(i);
        }
        return batch;
    }
}
