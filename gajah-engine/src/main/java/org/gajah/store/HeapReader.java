package org.gajah.store;

import org.gajah.base.Slice;
import org.gajah.page.Memory;
import org.gajah.table.Attribute;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** From page to vector: one column of some slots at a time. The caller holds the latch. */
final class HeapReader {
    /** From so many values on it pays to look whether they can be copied together. */
    private static final int RUN = 8;

    private HeapReader() {
    }

    /**
     * Reads {@code count} slots, ascending, from {@code slots[from]} on, into rows {@code row} and following. If they are neighbours
     * fixed-width values are copied in one go.
     */
    static void read(long page, PageLayout layout, int index, Attribute attribute, Overflow overflow, int[] slots, int from,
            int count, Vector out, int row) {
        if (attribute.dropped() || index >= layout.columns.length || layout.columns[index] < 0) {
            Object missing = attribute.dropped() || index < layout.columns.length ? null : attribute.missing();
            for (int i = 0; i < count; i++) {
                out.set(row + i, missing);
            }
            return;
        }
        boolean dense = slots[from + count - 1] - slots[from] == count - 1;
        boolean nulls = dense ? anyNull(page, layout, index, slots[from], count) : true;
        int column = layout.columns[index];
        if (dense && !nulls && out.mayHaveNulls()) {
            nulls = true;
        }
        switch (out) {
            case IntVector v -> readInts(page, column, attribute.width(), dense, slots, from, count, v.values, row);
            case LongVector v -> readLongs(page, column, dense, slots, from, count, v.values, row);
            case DoubleVector v -> readDoubles(page, column, attribute.width(), dense, slots, from, count, v.values, row);
            case BoolVector v -> {
                for (int i = 0; i < count; i++) {
                    v.values[row + i] = Memory.getByte(page, column + slots[from + i]) != 0;
                }
            }
            case BytesVector v -> {
                readBytes(page, layout, index, attribute, overflow, slots, from, count, v, row);
                return;
            }
            case ObjectVector v -> {
                readObjects(page, layout, index, attribute, overflow, slots, from, count, v, row);
                return;
            }
        }
        if (nulls) {
            markNulls(page, layout, index, slots, from, count, out, row);
        }
    }

    private static boolean anyNull(long page, PageLayout layout, int index, int first, int count) {
        int at = layout.nulls[index];
        int last = first + count - 1;
        for (int b = first >> 3; b <= last >> 3; b++) {
            if (Memory.getByte(page, at + b) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void markNulls(long page, PageLayout layout, int index, int[] slots, int from, int count, Vector out,
            int row) {
        boolean clear = out.mayHaveNulls();
        for (int i = 0; i < count; i++) {
            if (HeapPage.isNull(page, layout, index, slots[from + i])) {
                out.setNull(row + i);
                clear = true;
            } else if (clear) {
                clearNull(out, row + i);
            }
        }
    }

    /** Putting a value back where it is tells the vector that the row is not null. */
    private static void clearNull(Vector out, int row) {
        switch (out) {
            case IntVector v -> v.put(row, v.values[row]);
            case LongVector v -> v.put(row, v.values[row]);
            case DoubleVector v -> v.put(row, v.values[row]);
            case BoolVector v -> v.put(row, v.values[row]);
            case BytesVector v -> v.point(row, v.arrays[row], v.offsets[row], v.lengths[row]);
            case ObjectVector v -> v.put(row, v.values[row]);
        }
    }

    private static void readInts(long page, int column, int width, boolean dense, int[] slots, int from, int count,
            int[] values, int row) {
        if (width == 4 && dense) {
            Memory.getInts(page, column + slots[from] * 4, values, row, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int slot = slots[from + i];
            values[row + i] = switch (width) {
                case 4 -> Memory.getInt(page, column + slot * 4);
                case 2 -> Memory.getShort(page, column + slot * 2);
                default -> Memory.getByte(page, column + slot);
            };
        }
    }

    private static void readLongs(long page, int column, boolean dense, int[] slots, int from, int count, long[] values,
            int row) {
        if (dense) {
            Memory.getLongs(page, column + slots[from] * 8, values, row, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            values[row + i] = Memory.getLong(page, column + slots[from + i] * 8);
        }
    }

    private static void readDoubles(long page, int column, int width, boolean dense, int[] slots, int from, int count,
            double[] values, int row) {
        if (width == 4) {
            for (int i = 0; i < count; i++) {
                values[row + i] = Memory.getFloat(page, column + slots[from + i] * 4);
            }
        } else if (dense) {
            Memory.getDoubles(page, column + slots[from] * 8, values, row, count);
        } else {
            for (int i = 0; i < count; i++) {
                values[row + i] = Memory.getDouble(page, column + slots[from + i] * 8);
            }
        }
    }

    private static void readBytes(long page, PageLayout layout, int index, Attribute attribute, Overflow overflow,
            int[] slots, int from, int count, BytesVector out, int row) {
        int width = attribute.width();
        if (count >= RUN && width == Attribute.VARIABLE && readRun(page, layout, index, slots, from, count, out, row)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int slot = slots[from + i];
            if (HeapPage.isNull(page, layout, index, slot)) {
                out.setNull(row + i);
                continue;
            }
            int offset = layout.columns[index] + slot * width;
            int length = width;
            if (width == Attribute.VARIABLE) {
                int entry = HeapPage.entry(layout, index, slot);
                if (HeapPage.isPointer(page, entry)) {
                    byte[] value = overflow.read(HeapPage.pointer(page, entry));
                    out.point(row + i, value, 0, value.length);
                    continue;
                }
                offset = HeapPage.inlineOffset(page, entry);
                length = HeapPage.inlineLength(page, entry);
            }
            int at = out.allocate(row + i, length);
            Memory.get(page, offset, out.arrays[row + i], at, length);
        }
    }

    /** Copies the part of the page's heap in which many values lie at once; false if they lie too far apart or elsewhere. */
    private static boolean readRun(long page, PageLayout layout, int index, int[] slots, int from, int count, BytesVector out,
            int row) {
        int low = Memory.PAGE_SIZE;
        int high = 0;
        int total = 0;
        for (int i = 0; i < count; i++) {
            if (HeapPage.isNull(page, layout, index, slots[from + i])) {
                continue;
            }
            long entry = Memory.getLong(page, HeapPage.entry(layout, index, slots[from + i]));
            int length = HeapPage.lengthIn(entry);
            if (HeapPage.isPointerIn(entry)) {
                return false;
            }
            total += length;
            low = Math.min(low, HeapPage.offsetIn(entry));
            high = Math.max(high, HeapPage.offsetIn(entry) + length);
        }
        int span = Math.max(0, high - low);
        if (span > total * 2 + 256) {
            return false;
        }
        int shift = out.allocate(row, span) - low;
        byte[] bytes = out.arrays[row];
        Memory.get(page, low, bytes, low + shift, span);
        for (int i = 0; i < count; i++) {
            if (HeapPage.isNull(page, layout, index, slots[from + i])) {
                out.setNull(row + i);
            } else {
                long entry = Memory.getLong(page, HeapPage.entry(layout, index, slots[from + i]));
                out.point(row + i, bytes, HeapPage.offsetIn(entry) + shift, HeapPage.lengthIn(entry));
            }
        }
        return true;
    }

    private static void readObjects(long page, PageLayout layout, int index, Attribute attribute, Overflow overflow,
            int[] slots, int from, int count, ObjectVector out, int row) {
        for (int i = 0; i < count; i++) {
            int slot = slots[from + i];
            if (HeapPage.isNull(page, layout, index, slot)) {
                out.setNull(row + i);
            } else {
                byte[] stored = bytes(page, layout, index, overflow, slot);
                out.put(row + i, attribute.form().orElseThrow().load(Slice.of(stored)));
            }
        }
    }

    private static byte[] bytes(long page, PageLayout layout, int index, Overflow overflow, int slot) {
        int width = layout.format.width(index);
        int offset = layout.columns[index] + slot * width;
        int length = width;
        if (width == Attribute.VARIABLE) {
            int entry = HeapPage.entry(layout, index, slot);
            if (HeapPage.isPointer(page, entry)) {
                return overflow.read(HeapPage.pointer(page, entry));
            }
            offset = HeapPage.inlineOffset(page, entry);
            length = HeapPage.inlineLength(page, entry);
        }
        byte[] stored = new byte[length];
        Memory.get(page, offset, stored, 0, length);
        return stored;
    }
}
