package org.gajah.page;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The only way to the bytes of pages: static getters and setters by page address and offset within the page, little-endian.
 *
 * <p>Every access is checked against the page's size, and addresses come only from {@link BufferPool}, whose memory is never
 * freed: nothing here can leave the pages. (One constant segment is as fast as raw access; a segment object a page is not.)
 */
public final class Memory {
    public static final int PAGE_SIZE = 16384;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong BIG_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final MemorySegment ALL = all();

    private Memory() {
    }

    @SuppressWarnings("restricted")
    private static MemorySegment all() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    private static long at(long page, int offset, int length) {
        return page + Objects.checkIndex(offset, PAGE_SIZE - length + 1);
    }

    private static long run(long page, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, PAGE_SIZE);
        return page + offset;
    }

    public static byte getByte(long page, int offset) {
        return ALL.get(ValueLayout.JAVA_BYTE, at(page, offset, 1));
    }

    public static int getUnsignedByte(long page, int offset) {
        return getByte(page, offset) & 0xff;
    }

    public static short getShort(long page, int offset) {
        return ALL.get(SHORT, at(page, offset, 2));
    }

    public static int getUnsignedShort(long page, int offset) {
        return getShort(page, offset) & 0xffff;
    }

    public static int getInt(long page, int offset) {
        return ALL.get(INT, at(page, offset, 4));
    }

    public static long getLong(long page, int offset) {
        return ALL.get(LONG, at(page, offset, 8));
    }

    /** Eight bytes as a big-endian number: unsigned order is then byte order. */
    public static long getBigEndianLong(long page, int offset) {
        return ALL.get(BIG_LONG, at(page, offset, 8));
    }

    public static float getFloat(long page, int offset) {
        return ALL.get(FLOAT, at(page, offset, 4));
    }

    public static double getDouble(long page, int offset) {
        return ALL.get(DOUBLE, at(page, offset, 8));
    }

    public static void putByte(long page, int offset, int value) {
        ALL.set(ValueLayout.JAVA_BYTE, at(page, offset, 1), (byte) value);
    }

    public static void putShort(long page, int offset, int value) {
        ALL.set(SHORT, at(page, offset, 2), (short) value);
    }

    public static void putInt(long page, int offset, int value) {
        ALL.set(INT, at(page, offset, 4), value);
    }

    public static void putLong(long page, int offset, long value) {
        ALL.set(LONG, at(page, offset, 8), value);
    }

    public static void putBigEndianLong(long page, int offset, long value) {
        ALL.set(BIG_LONG, at(page, offset, 8), value);
    }

    public static void putFloat(long page, int offset, float value) {
        ALL.set(FLOAT, at(page, offset, 4), value);
    }

    public static void putDouble(long page, int offset, double value) {
        ALL.set(DOUBLE, at(page, offset, 8), value);
    }

    public static void get(long page, int offset, byte[] target, int targetOffset, int length) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, run(page, offset, length), target, targetOffset, length);
    }

    public static void put(long page, int offset, byte[] source, int sourceOffset, int length) {
        MemorySegment.copy(source, sourceOffset, ALL, ValueLayout.JAVA_BYTE, run(page, offset, length), length);
    }

    /** {@code count} ints that lie one after the other. */
    public static void getInts(long page, int offset, int[] target, int targetOffset, int count) {
        MemorySegment.copy(ALL, INT, run(page, offset, Math.multiplyExact(count, 4)), target, targetOffset, count);
    }

    /** {@code count} longs that lie one after the other. */
    public static void getLongs(long page, int offset, long[] target, int targetOffset, int count) {
        MemorySegment.copy(ALL, LONG, run(page, offset, Math.multiplyExact(count, 8)), target, targetOffset, count);
    }

    /** {@code count} doubles that lie one after the other. */
    public static void getDoubles(long page, int offset, double[] target, int targetOffset, int count) {
        MemorySegment.copy(ALL, DOUBLE, run(page, offset, Math.multiplyExact(count, 8)), target, targetOffset, count);
    }

    /** Moves bytes within a page, or from one to another; the runs may overlap. */
    public static void copy(long fromPage, int from, long toPage, int to, int length) {
        MemorySegment.copy(ALL, run(fromPage, from, length), ALL, run(toPage, to, length), length);
    }

    public static void fill(long page, int offset, int length, int value) {
        ALL.asSlice(run(page, offset, length), length).fill((byte) value);
    }

    /** Compares a run in the page with bytes, unsigned, as {@link java.util.Arrays#compareUnsigned(byte[], byte[])}. */
    public static int compare(long page, int offset, int length, byte[] bytes, int start, int count) {
        long from = run(page, offset, length);
        Objects.checkFromIndexSize(start, count, bytes.length);
        int common = Math.min(length, count);
        int i = 0;
        for (; i <= common - 8; i += 8) {
            long a = ALL.get(BIG_LONG, from + i);
            long b = (long) BYTES_AS_LONG.get(bytes, start + i);
            if (a != b) {
                return Long.compareUnsigned(a, b);
            }
        }
        for (; i < common; i++) {
            int difference = (ALL.get(ValueLayout.JAVA_BYTE, from + i) & 0xff) - (bytes[start + i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return length - count;
    }

    private static final VarHandle BYTES_AS_LONG =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The whole page as a buffer, for file I/O. */
    public static ByteBuffer buffer(long page) {
        return ALL.asSlice(page, PAGE_SIZE).asByteBuffer();
    }
}
