package org.gajah.store;

import org.gajah.table.Attribute;

/**
 * Where things are on a table page of one format and capacity: version words, null bitmaps, one minipage a column, and behind them
 * the byte heap, which grows down from the page's end.
 */
final class PageLayout {
    static final int MAX_CAPACITY = 1024;
    static final int WORD_BYTES = 8;
    /** Offsets in the header. */
    static final int KIND = 16;
    static final int CAPACITY = 18;
    static final int SLOTS = 20;
    static final int LIVE = 22;
    static final int VERSION = 24;
    static final int HEAP_TOP = 28;
    static final int GARBAGE = 32;
    static final int FIRST = 40;

    final RowFormat format;
    final int capacity;
    /** By attribute: its null bitmap, and its minipage (-1 if dropped). */
    final int[] nulls;
    final int[] columns;
    /** Where the byte heap must not go below. */
    final int heapStart;

    PageLayout(RowFormat format, int capacity) {
        this.format = format;
        this.capacity = capacity;
        int n = format.size();
        nulls = new int[n];
        columns = new int[n];
        int at = FIRST + capacity * WORD_BYTES;
        for (int i = 0; i < n; i++) {
            columns[i] = -1;
            int width = format.width(i);
            if (width != RowFormat.DROPPED) {
                columns[i] = at;
                at += capacity * (width == Attribute.VARIABLE ? 8 : width);
            }
        }
        for (int i = 0; i < n; i++) {
            nulls[i] = at;
            at += (capacity + 7) / 8;
        }
        heapStart = at;
    }

    int word(int slot) {
        return FIRST + slot * WORD_BYTES;
    }
}
