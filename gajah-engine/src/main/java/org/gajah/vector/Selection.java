package org.gajah.vector;

/** Which rows of a batch are in play: the first {@code count} entries of {@code rows}, ascending. */
public final class Selection {
    /** Row numbers, ascending. For inner loops. */
    public final int[] rows;
    private int count;

    public Selection(int capacity) {
        rows = new int[capacity];
    }

    public int count() {
        return count;
    }

    public int row(int index) {
        return rows[index];
    }

    public void clear() {
        count = 0;
    }

    public void add(int row) {
        rows[count++] = row;
    }

    /** For loops that have written {@code rows} themselves. */
    public void setCount(int count) {
        this.count = count;
    }

    /** Rows 0 to n-1. */
    public void all(int n) {
        for (int i = 0; i < n; i++) {
            rows[i] = i;
        }
        count = n;
    }

    /** Takes out {@code row} and those behind it. */
    public void removeFrom(int row) {
        while (count > 0 && rows[count - 1] >= row) {
            count--;
        }
    }

    public void copyFrom(Selection other) {
        System.arraycopy(other.rows, 0, rows, 0, other.count);
        count = other.count;
    }
}
