package org.gajah.exec;

import org.gajah.vector.Selection;

/** Rows that have been found and are handed out in portions. */
final class PendingRows {
    private Selection rows = new Selection(1);
    private int position;

    /** Starts with rows 0 to n-1. */
    void all(int n) {
        reserve(n);
        rows.all(n);
        position = 0;
    }

    /** Starts with the rows of a selection. */
    void start(Selection selection) {
        reserve(selection.rows.length);
        rows.copyFrom(selection);
        position = 0;
    }

    private void reserve(int capacity) {
        if (rows.rows.length < capacity) {
            rows = new Selection(capacity);
        }
    }

    void clear() {
        rows.clear();
        position = 0;
    }

    boolean isEmpty() {
        return position == rows.count();
    }

    /** Moves the next rows, at most {@code max}, to {@code out}. */
    void take(int max, Selection out) {
        int count = Math.min(max, rows.count() - position);
        System.arraycopy(rows.rows, position, out.rows, 0, count);
        out.setCount(count);
        position += count;
    }
}
