package org.gajah.exec;

import java.util.List;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** Rows by number, from 0, that outlive the statement they come from: results that are read again or later. */
public final class StoredRows implements AutoCloseable {
    private final List<Carrier> carriers;
    private final RowStore rows;

    public StoredRows(List<Carrier> carriers, Workspace workspace) {
        this.carriers = carriers;
        this.rows = new RowStore(carriers, new WorkMemory(workspace));
        rows.begin();
    }

    RowStore rows() {
        return rows;
    }

    public long size() {
        return rows.size();
    }

    /** Copies the selected rows. */
    public void add(Batch batch) {
        rows.append(batch);
    }

    /** The boxed value, or null. */
    public Object get(long row, int column) {
        return rows.get((int) row, column);
    }

    /** Up to {@code count} rows from {@code from} on, as many as lie together; the batch shares the stored vectors. */
    public Batch view(long from, long count) {
        Batch batch = new Batch(new Vector[carriers.size()], Batch.MAX_ROWS);
        rows.view((int) from, (int) Math.min(count, Batch.MAX_ROWS), batch);
        return batch;
    }

    /** Up to {@code count} rows from {@code from} downwards, in that order. */
    public Batch viewDown(long from, long count) {
        int number = (int) Math.min(Math.min(count, from + 1), Batch.MAX_ROWS);
        Batch batch = Batch.of(carriers, Math.max(1, number));
        for (int i = 0; i < number; i++) {
            rows.share((int) from - i, batch, 0, i);
        }
        batch.selection().all(number);
        return batch;
    }

    /** Gives memory and file back. */
    @Override
    public void close() {
        rows.close();
    }
}
