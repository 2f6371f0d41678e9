package org.gajah.exec;

import java.util.Arrays;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** What errors say of the rows that a load has gathered: their lines, and the beginnings of their texts. */
final class WaitingRows {
    private final ByteSink texts = new ByteSink(256);
    private long[] lines = new long[64];
    private int[] ends = new int[64];
    private int size;

    WaitingRows() {
        texts.clear();
    }

    int size() {
        return size;
    }

    /** Adds a row; its text is copied. */
    void add(long line, Slice text) {
        if (size == lines.length) {
            lines = Arrays.copyOf(lines, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        texts.put(text);
        lines[size] = line;
        ends[size++] = texts.size();
    }

    long line(int row) {
        return lines[row];
    }

    TableLoader.Row get(int row) {
        int start = row == 0 ? 0 : ends[row - 1];
        return new TableLoader.Row(lines[row], new Slice(texts.array(), start, ends[row] - start).copy());
    }

    void clear() {
        texts.clear();
        size = 0;
    }
}
