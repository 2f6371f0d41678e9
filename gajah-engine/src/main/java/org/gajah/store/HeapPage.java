package org.gajah.store;

import java.util.stream.LongStream;

import org.gajah.base.ByteSink;
import org.gajah.page.Memory;
import org.gajah.table.Attribute;

/**
 * The bytes of a table page: slots, values, and the byte heap. Static functions over a page address; the caller holds the latch.
 *
 * <p>Invariants: a slot is free if its version word is 0. The entry of a variable-length value that is not null is either offset and
 * length into the page's heap, or a pointer to an overflow value. Heap bytes that no entry refers to are counted as garbage.
 */
final class HeapPage {
    static final int KIND_HEAP = 1;
    /** Longer values always go to the overflow pages. */
    static final int INLINE_LIMIT = 2048;
    static final long LIVE = 1L << 48;
    static final long XID_MASK = LIVE - 1;
    /** The word holds no xid but a pointer to an {@link Extension}. */
    static final long EXTENDED = 1L << 49;
    private static final int OVERFLOW_MARK = 0xffff;

    private HeapPage() {
    }

    static void initialise(long page, PageLayout layout) {
        Memory.putByte(page, PageLayout.KIND, KIND_HEAP);
        Memory.putShort(page, PageLayout.CAPACITY, layout.capacity);
        Memory.putShort(page, PageLayout.SLOTS, 0);
        Memory.putShort(page, PageLayout.LIVE, 0);
        Memory.putInt(page, PageLayout.VERSION, layout.format.version());
        Memory.putInt(page, PageLayout.HEAP_TOP, Memory.PAGE_SIZE);
        Memory.putInt(page, PageLayout.GARBAGE, 0);
    }

    static boolean isInitialised(long page) {
        return Memory.getByte(page, PageLayout.KIND) == KIND_HEAP;
    }

    static int capacity(long page) {
        return Memory.getUnsignedShort(page, PageLayout.CAPACITY);
    }

    static int formatVersion(long page) {
        return Memory.getInt(page, PageLayout.VERSION);
    }

    /** Slots that were ever in use: all beyond are free. */
    static int slots(long page) {
        return Memory.getUnsignedShort(page, PageLayout.SLOTS);
    }

    static int live(long page) {
        return Memory.getUnsignedShort(page, PageLayout.LIVE);
    }

    static long word(long page, PageLayout layout, int slot) {
        return Memory.getLong(page, layout.word(slot));
    }

    static void setWord(long page, PageLayout layout, int slot, long word) {
        Memory.putLong(page, layout.word(slot), word);
    }

    /** The first free slot, or -1. */
    static int freeSlot(long page, PageLayout layout) {
        int slots = slots(page);
        if (live(page) < slots) {
            for (int slot = 0; slot < slots; slot++) {
                if (word(page, layout, slot) == 0) {
                    return slot;
                }
            }
        }
        return slots < layout.capacity ? slots : -1;
    }

    /** Bytes that could be had for values, if need be after compaction. */
    static int room(long page, PageLayout layout, int reserved) {
        return Memory.getInt(page, PageLayout.HEAP_TOP) - layout.heapStart + Memory.getInt(page, PageLayout.GARBAGE) - reserved;
    }

    /** Makes a free slot a row of only nulls, written by {@code word}. */
    static void occupy(long page, PageLayout layout, int slot, long word) {
        int slots = slots(page);
        if (slot >= slots) {
            for (int s = slots; s < slot; s++) {
                setWord(page, layout, s, 0);
            }
            Memory.putShort(page, PageLayout.SLOTS, slot + 1);
        }
        for (int i = 0; i < layout.nulls.length; i++) {
            setNullBit(page, layout, i, slot, true);
        }
        setWord(page, layout, slot, word);
        Memory.putShort(page, PageLayout.LIVE, live(page) + 1);
    }

    /** Frees a slot and what its values take; overflow values too if there is somebody to take them. */
    static void release(long page, PageLayout layout, int slot, Overflow overflow) {
        for (int i = 0; i < layout.columns.length; i++) {
            displace(page, layout, i, slot, overflow);
        }
        Extension.free(word(page, layout, slot), overflow);
        setWord(page, layout, slot, 0);
        int live = live(page) - 1;
        Memory.putShort(page, PageLayout.LIVE, live);
    }

    static boolean isNull(long page, PageLayout layout, int attribute, int slot) {
        return (Memory.getByte(page, layout.nulls[attribute] + (slot >> 3)) >> (slot & 7) & 1) != 0;
    }

    private static void setNullBit(long page, PageLayout layout, int attribute, int slot, boolean isNull) {
        int at = layout.nulls[attribute] + (slot >> 3);
        int bit = 1 << (slot & 7);
        int old = Memory.getByte(page, at);
        Memory.putByte(page, at, isNull ? old | bit : old & ~bit);
    }

    /** Sets or clears the null bits of slots that follow each other. */
    static void setNullBits(long page, PageLayout layout, int attribute, int slot, int count, boolean isNull) {
        int at = slot;
        int end = slot + count;
        while (at < end) {
            if ((at & 7) == 0 && at + 8 <= end) {
                Memory.putByte(page, layout.nulls[attribute] + (at >> 3), isNull ? 0xff : 0);
                at += 8;
            } else {
                setNullBit(page, layout, attribute, at++, isNull);
            }
        }
    }

    /** The slot from which on all are free, if no other is; else -1. */
    static int freeTail(long page, PageLayout layout) {
        int slots = slots(page);
        return live(page) == slots && slots < layout.capacity ? slots : -1;
    }

    /** Free bytes of the heap in one piece. */
    static int freeRun(long page, PageLayout layout) {
        return Memory.getInt(page, PageLayout.HEAP_TOP) - layout.heapStart;
    }

    /** Takes the slots from a {@link #freeTail} on. */
    static void occupyTail(long page, PageLayout layout, int slot, int count, long word) {
        for (int i = 0; i < count; i++) {
            setWord(page, layout, slot + i, word);
        }
        Memory.putShort(page, PageLayout.SLOTS, slot + count);
        Memory.putShort(page, PageLayout.LIVE, slot + count);
    }

    private static boolean isVariable(PageLayout layout, int attribute) {
        return layout.format.width(attribute) == Attribute.VARIABLE;
    }

    static int entry(PageLayout layout, int attribute, int slot) {
        return layout.columns[attribute] + slot * 8;
    }

    static boolean isPointer(long page, int entry) {
        return Memory.getUnsignedShort(page, entry) == OVERFLOW_MARK;
    }

    static long pointer(long page, int entry) {
        return Integer.toUnsignedLong(Memory.getInt(page, entry + 4)) << 16 | Memory.getUnsignedShort(page, entry + 2);
    }

    /** The overflow values that a row refers to. */
    static LongStream pointers(long page, PageLayout layout, int slot) {
        LongStream.Builder found = LongStream.builder();
        for (int i = 0; i < layout.columns.length; i++) {
            if (layout.columns[i] >= 0 && isVariable(layout, i) && !isNull(page, layout, i, slot)
                    && isPointer(page, entry(layout, i, slot))) {
                found.add(pointer(page, entry(layout, i, slot)));
            }
        }
        if (Extension.isIn(word(page, layout, slot))) {
            found.add(Extension.pointer(word(page, layout, slot)));
        }
        return found.build();
    }

    /** The parts of an entry that was read as one little-endian number. */
    static boolean isPointerIn(long entry) {
        return (entry & 0xffff) == OVERFLOW_MARK;
    }

    static int lengthIn(long entry) {
        return (int) entry & 0xffff;
    }

    static int offsetIn(long entry) {
        return (int) entry >>> 16;
    }

    static int inlineLength(long page, int entry) {
        return Memory.getUnsignedShort(page, entry);
    }

    static int inlineOffset(long page, int entry) {
        return Memory.getUnsignedShort(page, entry + 2);
    }

    /** Makes a value null and gives its heap bytes, and its overflow value if {@code overflow} takes it, back. */
    private static void displace(long page, PageLayout layout, int attribute, int slot, Overflow overflow) {
        if (layout.columns[attribute] < 0 || isNull(page, layout, attribute, slot)) {
            return;
        }
        if (isVariable(layout, attribute)) {
            int entry = entry(layout, attribute, slot);
            if (isPointer(page, entry)) {
                overflow.free(pointer(page, entry));
            } else {
                Memory.putInt(page, PageLayout.GARBAGE,
                        Memory.getInt(page, PageLayout.GARBAGE) + inlineLength(page, entry));
            }
        }
        setNullBit(page, layout, attribute, slot, true);
    }

    /**
     * Stores the values of an image, for which there is room, over a row. What they replace is given back, overflow values to
     * {@code displaced}.
     */
    static void apply(long page, PageLayout layout, int slot, TupleReader values, Overflow displaced) {
        while (values.next()) {
            int attribute = values.attribute();
            if (attribute >= layout.columns.length || layout.columns[attribute] < 0) {
                continue;
            }
            displace(page, layout, attribute, slot, displaced);
            if (!values.isNull()) {
                store(page, layout, attribute, slot, values);
            }
        }
    }

    /** Stores the values of an image, for which there is room, into a row of only nulls. */
    static void fill(long page, PageLayout layout, int slot, TupleReader values) {
        while (values.next()) {
            int attribute = values.attribute();
            if (attribute < layout.columns.length && layout.columns[attribute] >= 0 && !values.isNull()) {
                store(page, layout, attribute, slot, values);
            }
        }
    }

    private static void store(long page, PageLayout layout, int attribute, int slot, TupleReader value) {
        if (isVariable(layout, attribute)) {
            storeVariable(page, layout, entry(layout, attribute, slot), value);
        } else {
            int at = layout.columns[attribute] + slot * value.length();
            switch (value.length()) {
                case 8 -> Memory.putLong(page, at, TupleReader.getLong(value.bytes(), value.offset()));
                case 4 -> Memory.putInt(page, at, TupleReader.getInt(value.bytes(), value.offset()));
                default -> Memory.put(page, at, value.bytes(), value.offset(), value.length());
            }
        }
        setNullBit(page, layout, attribute, slot, false);
    }

    private static void storeVariable(long page, PageLayout layout, int entry, TupleReader value) {
        if (value.isPointer()) {
            putPointer(page, entry, TupleReader.getLong(value.bytes(), value.offset()));
            return;
        }
        int length = value.length();
        if (Memory.getInt(page, PageLayout.HEAP_TOP) - layout.heapStart < length) {
            compact(page, layout);
        }
        int top = Memory.getInt(page, PageLayout.HEAP_TOP) - length;
        if (top < layout.heapStart) {
            throw new IllegalStateException("no room for a value of " + length + " bytes");
        }
        Memory.put(page, top, value.bytes(), value.offset(), length);
        Memory.putInt(page, PageLayout.HEAP_TOP, top);
        Memory.putShort(page, entry, length);
        Memory.putShort(page, entry + 2, top);
        Memory.putInt(page, entry + 4, 0);
    }

    private static void putPointer(long page, int entry, long pointer) {
        Memory.putShort(page, entry, OVERFLOW_MARK);
        Memory.putShort(page, entry + 2, (int) pointer);
        Memory.putInt(page, entry + 4, (int) (pointer >>> 16));
    }

    /** Moves all values to the end of the page, so that garbage becomes free space. */
    static void compact(long page, PageLayout layout) {
        int top = Memory.getInt(page, PageLayout.HEAP_TOP);
        byte[] old = new byte[Memory.PAGE_SIZE - top];
        Memory.get(page, top, old, 0, old.length);
        int from = top;
        int to = Memory.PAGE_SIZE;
        int slots = slots(page);
        for (int i = 0; i < layout.columns.length; i++) {
            if (layout.columns[i] < 0 || !isVariable(layout, i)) {
                continue;
            }
            for (int slot = 0; slot < slots; slot++) {
                int entry = entry(layout, i, slot);
                if (word(page, layout, slot) == 0 || isNull(page, layout, i, slot) || isPointer(page, entry)) {
                    continue;
                }
                int length = inlineLength(page, entry);
                to -= length;
                Memory.put(page, to, old, inlineOffset(page, entry) - from, length);
                Memory.putShort(page, entry + 2, to);
            }
        }
        Memory.putInt(page, PageLayout.HEAP_TOP, to);
        Memory.putInt(page, PageLayout.GARBAGE, 0);
    }

    /** Whether the row's value is the one that {@code value} stands at. */
    static boolean isSame(long page, PageLayout layout, int slot, TupleReader value, Overflow overflow) {
        int attribute = value.attribute();
        boolean isNull = isNull(page, layout, attribute, slot);
        if (isNull || value.isNull()) {
            return isNull == value.isNull();
        }
        int length = value.length();
        if (!isVariable(layout, attribute)) {
            return Memory.compare(page, layout.columns[attribute] + slot * length, length, value.bytes(), value.offset(),
                    length) == 0;
        }
        int entry = entry(layout, attribute, slot);
        if (isPointer(page, entry)) {
            return overflow.isSame(pointer(page, entry), value.bytes(), value.offset(), length);
        }
        return inlineLength(page, entry) == length
                && Memory.compare(page, inlineOffset(page, entry), length, value.bytes(), value.offset(), length) == 0;
    }

    /** Appends a row's value, not null, to an image as the page has it; returns the heap bytes that it takes. */
    static int save(long page, PageLayout layout, int attribute, int slot, ByteSink out) {
        int width = layout.format.width(attribute);
        if (width != Attribute.VARIABLE) {
            append(page, layout.columns[attribute] + slot * width, width, out);
            return 0;
        }
        int entry = entry(layout, attribute, slot);
        if (isPointer(page, entry)) {
            TupleImage.putVarint(out, TupleImage.POINTER_BYTES * 2 + 1);
            out.putLong(Long.reverseBytes(pointer(page, entry)));
            return 0;
        }
        int length = inlineLength(page, entry);
        TupleImage.putVarint(out, length * 2);
        append(page, inlineOffset(page, entry), length, out);
        return length;
    }

    private static void append(long page, int offset, int length, ByteSink out) {
        int at = out.reserve(length);
        Memory.get(page, offset, out.array(), at, length);
        out.truncate(at + length);
    }
}
