package org.gajah.vector;

import java.util.List;

/**
 * Up to {@link #MAX_ROWS} rows in columns, of which a {@link Selection} is in play. The vectors belong to whoever produced
 * the batch and are overwritten by its next one: keep values, not batches.
 */
public final class Batch {
    public static final int MAX_ROWS = 1024;

    private final Vector[] columns;
    private final Selection selection;

    public Batch(Vector[] columns, int capacity) {
        this.columns = columns;
        this.selection = new Selection(capacity);
    }

    /** A batch with fresh vectors of these carriers. */
    public static Batch of(List<Carrier> carriers, int capacity) {
        Vector[] columns = new Vector[carriers.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Vector.of(carriers.get(i), capacity);
        }
        return new Batch(columns, capacity);
    }

    public int columnCount() {
        return columns.length;
    }

    /** All columns; the array is the batch's own. */
    public Vector[] columns() {
        return columns;
    }

    public Vector column(int index) {
        return columns[index];
    }

    /** Makes {@code vector} the column: how operators pass columns on without copying. */
    public void setColumn(int index, Vector vector) {
        columns[index] = vector;
    }

    public Selection selection() {
        return selection;
    }

    /** Rows in play. */
    public int count() {
        return selection.count();
    }

    /** Forgets all rows, keeping the memory. */
    public void reset() {
        selection.clear();
        for (Vector column : columns) {
            column.reset();
        }
    }
}
