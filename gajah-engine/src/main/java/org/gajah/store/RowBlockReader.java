package org.gajah.store;

import org.gajah.base.ByteSink;
import org.gajah.page.Memory;
import org.gajah.table.Attribute;

/** Reads what {@link RowBlock} has written: into a page, or row by row as images. */
final class RowBlockReader {
    private final byte[] bytes;
    private final int count;
    private final RowFormat format;
    /** By attribute: where its bitmap of nulls is (0: none), its values, its lengths; -1 for values of dropped ones. */
    private final int[] nulls;
    private final int[] values;
    private final int[] lengths;

    /** A block of {@code count} rows at {@code start}; {@code format} is theirs or a later one. */
    RowBlockReader(byte[] bytes, int start, int count, RowFormat format) {
        this.bytes = bytes;
        this.count = count;
        this.format = format;
        int n = getShort(start);
        nulls = new int[n];
        values = new int[n];
        lengths = new int[n];
        int at = start + 2;
        for (int i = 0; i < n; i++) {
            int kind = bytes[at++];
            if (kind == RowBlock.DROPPED) {
                values[i] = -1;
                continue;
            }
            if (kind == RowBlock.WITH_NULLS) {
                nulls[i] = at;
                at += (count + 7) / 8;
            }
            int width = format.imageWidth(i);
            if (width == Attribute.VARIABLE) {
                lengths[i] = at;
                at += 2 * count;
                values[i] = at;
                at += sum(lengths[i]);
            } else {
                values[i] = at;
                at += width * count;
            }
        }
    }

    private int getShort(int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }

    private int sum(int at) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += getShort(at + 2 * i);
        }
        return total;
    }

    private boolean isNull(int attribute, int row) {
        return nulls[attribute] != 0 && (bytes[nulls[attribute] + row / 8] >> row % 8 & 1) != 0;
    }

    /** Puts the rows into free slots that follow each other, for which the page has room in one piece. */
    void fill(long page, PageLayout layout, int slot) {
        for (int i = 0; i < layout.columns.length; i++) {
            boolean present = values[i] >= 0;
            HeapPage.setNullBits(page, layout, i, slot, count, !present);
            if (present && layout.format.width(i) == Attribute.VARIABLE) {
                fillVariable(page, layout, i, slot);
            } else if (present) {
                int width = layout.format.width(i);
                Memory.put(page, layout.columns[i] + slot * width, bytes, values[i], count * width);
            }
            for (int row = 0; present && nulls[i] != 0 && row < count; row++) {
                if (isNull(i, row)) {
                    HeapPage.setNullBits(page, layout, i, slot + row, 1, true);
                }
            }
        }
    }

    private void fillVariable(long page, PageLayout layout, int attribute, int slot) {
        int total = sum(lengths[attribute]);
        int top = Memory.getInt(page, PageLayout.HEAP_TOP) - total;
        Memory.put(page, top, bytes, values[attribute], total);
        Memory.putInt(page, PageLayout.HEAP_TOP, top);
        int entry = HeapPage.entry(layout, attribute, slot);
        for (int row = 0; row < count; row++) {
            int length = getShort(lengths[attribute] + 2 * row);
            Memory.putLong(page, entry + 8 * row, (long) top << 16 | length);
            top += length;
        }
    }

    /** Calls back with each row in turn, as a {@link TupleImage}. */
    void forEachImage(ImageVisitor visitor) {
        int n = values.length;
        int[] next = values.clone();
        ByteSink image = new ByteSink(256);
        for (int row = 0; row < count; row++) {
            image.clear();
            int bitmaps = TupleImage.begin(image, n);
            for (int i = 0; i < n; i++) {
                if (values[i] < 0) {
                    continue;
                }
                TupleImage.setPresent(image, bitmaps, i);
                boolean variable = format.imageWidth(i) == Attribute.VARIABLE;
                int length = variable ? getShort(lengths[i] + 2 * row) : format.imageWidth(i);
                if (isNull(i, row)) {
                    TupleImage.setNull(image, bitmaps, n, i);
                } else {
                    if (variable) {
                        TupleImage.putVarint(image, length * 2);
                    }
                    image.put(bytes, next[i], length);
                }
                next[i] += length;
            }
            visitor.image(row, image.array());
        }
    }

    /** Receives rows. */
    @FunctionalInterface
    interface ImageVisitor {
        /** @param bytes begin with the image; valid during the call */
        void image(int row, byte[] bytes);
    }
}
