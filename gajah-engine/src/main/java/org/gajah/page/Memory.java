package org.gajah.page;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * The only way to the bytes of pages: static getters and setters by page address and offset within the page, little-endian.
 *
 * <p>Every access is checked against the page's size, and addresses come only from {@link BufferPool}, whose memory is never
 * freed: nothing here can leave the pages. An address is the number of an extent of 16 MB and a place in it: an array of few segments
 * costs nothing in scans and 15 % in random reads against one segment over all memory, which would need a restricted method; a
 * segment object a page costs much more.
 */
public final class Memory {
    public static final int PAGE_SIZE = 16384;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt BIG_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong BIG_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /** Log2 of the bytes of an extent. */
    private static final int EXTENT_SHIFT = 24;
    static final int EXTENT_PAGES = (1 << EXTENT_SHIFT) / PAGE_SIZE;
    private static final int MOST_EXTENTS = 1 << 15;
    private static final long WITHIN = (1L << EXTENT_SHIFT) - 1;
    /** The extents by number; number 0 stays empty, so that no page has address 0. Written under the class's monitor, read through addresses. */
    private static final MemorySegment[] EXTENTS = new MemorySegment[MOST_EXTENTS];
    private static int extents = 1;

    private Memory() {
    }

    /** Takes one more extent from the system; the address of its first page, the others follow at {@link #PAGE_SIZE}. */
    static synchronized long newExtent() {
        if (extents == MOST_EXTENTS) {
            throw new SqlError(SqlState.OUT_OF_MEMORY, "out of shared memory");
        }
        EXTENTS[extents] = Arena.global().allocate(1L << EXTENT_SHIFT, 4096);
        return (long) extents++ << EXTENT_SHIFT;
    }

    private static MemorySegment extent(long page) {
        return EXTENTS[(int) (page >>> EXTENT_SHIFT)];
    }

    private static long at(long page, int offset, int length) {
        return (page & WITHIN) + Objects.checkIndex(offset, PAGE_SIZE - length + 1);
    }

    private static long run(long page, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, PAGE_SIZE);
        return (page & WITHIN) + offset;
    }

    public static byte getByte(long page, int offset) {
        return extent(page).get(ValueLayout.JAVA_BYTE, at(page, offset, 1));
    }

    public static int getUnsignedByte(long page, int offset) {
        return getByte(page, offset) & 0xff;
    }

    public static short getShort(long page, int offset) {
        return extent(page).get(SHORT, at(page, offset, 2));
    }

    public static int getUnsignedShort(long page, int offset) {
        return getShort(page, offset) & 0xffff;
    }

    public static int getInt(long page, int offset) {
        return extent(page).get(INT, at(page, offset, 4));
    }

    public static long getLong(long page, int offset) {
        return extent(page).get(LONG, at(page, offset, 8));
    }

    /** Eight bytes as a big-endian number: unsigned order is then byte order. */
    public static long getBigEndianLong(long page, int offset) {
        return extent(page).get(BIG_LONG, at(page, offset, 8));
    }

    public static float getFloat(long page, int offset) {
        return extent(page).get(FLOAT, at(page, offset, 4));
    }

    public static double getDouble(long page, int offset) {
        return extent(page).get(DOUBLE, at(page, offset, 8));
    }

    public static void putByte(long page, int offset, int value) {
        extent(page).set(ValueLayout.JAVA_BYTE, at(page, offset, 1), (byte) value);
    }

    public static void putShort(long page, int offset, int value) {
        extent(page).set(SHORT, at(page, offset, 2), (short) value);
    }

    public static void putInt(long page, int offset, int value) {
        extent(page).set(INT, at(page, offset, 4), value);
    }

    public static void putLong(long page, int offset, long value) {
        extent(page).set(LONG, at(page, offset, 8), value);
    }

    public static void putBigEndianLong(long page, int offset, long value) {
        extent(page).set(BIG_LONG, at(page, offset, 8), value);
    }

    public static void putFloat(long page, int offset, float value) {
        extent(page).set(FLOAT, at(page, offset, 4), value);
    }

    public static void putDouble(long page, int offset, double value) {
        extent(page).set(DOUBLE, at(page, offset, 8), value);
    }

    public static void get(long page, int offset, byte[] target, int targetOffset, int length) {
        MemorySegment.copy(extent(page), ValueLayout.JAVA_BYTE, run(page, offset, length), target, targetOffset, length);
    }

    public static void put(long page, int offset, byte[] source, int sourceOffset, int length) {
        MemorySegment.copy(source, sourceOffset, extent(page), ValueLayout.JAVA_BYTE, run(page, offset, length), length);
    }

    /** {@code count} ints that lie one after the other. */
    public static void getInts(long page, int offset, int[] target, int targetOffset, int count) {
        MemorySegment.copy(extent(page), INT, run(page, offset, Math.multiplyExact(count, 4)), target, targetOffset, count);
    }

    /** {@code count} longs that lie one after the other. */
    public static void getLongs(long page, int offset, long[] target, int targetOffset, int count) {
        MemorySegment.copy(extent(page), LONG, run(page, offset, Math.multiplyExact(count, 8)), target, targetOffset, count);
    }

    /** {@code count} doubles that lie one after the other. */
    public static void getDoubles(long page, int offset, double[] target, int targetOffset, int count) {
        MemorySegment.copy(extent(page), DOUBLE, run(page, offset, Math.multiplyExact(count, 8)), target, targetOffset, count);
    }

    /** Moves bytes within a page, or from one to another; the runs may overlap. */
    public static void copy(long fromPage, int from, long toPage, int to, int length) {
        MemorySegment.copy(extent(fromPage), run(fromPage, from, length), extent(toPage), run(toPage, to, length), length);
    }

    public static void fill(long page, int offset, int length, int value) {
        extent(page).asSlice(run(page, offset, length), length).fill((byte) value);
    }

    /** Compares a run in the page with bytes, unsigned, as {@link java.util.Arrays#compareUnsigned(byte[], byte[])}. */
    public static int compare(long page, int offset, int length, byte[] bytes, int start, int count) {
        long from = run(page, offset, length);
        MemorySegment bytesOfPage = extent(page);
        Objects.checkFromIndexSize(start, count, bytes.length);
        int common = Math.min(length, count);
        int i = 0;
        for (; i <= common - 8; i += 8) {
            long a = bytesOfPage.get(BIG_LONG, from + i);
            long b = (long) BYTES_AS_LONG.get(bytes, start + i);
            if (a != b) {
                return Long.compareUnsigned(a, b);
            }
        }
        if (i <= common - 4) {
            int a = bytesOfPage.get(BIG_INT, from + i);
            int b = (int) BYTES_AS_INT.get(bytes, start + i);
            if (a != b) {
                return Integer.compareUnsigned(a, b);
            }
            i += 4;
        }
        for (; i < common; i++) {
            int difference = (bytesOfPage.get(ValueLayout.JAVA_BYTE, from + i) & 0xff) - (bytes[start + i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return length - count;
    }

    private static final VarHandle BYTES_AS_INT =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BYTES_AS_LONG =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The whole page as a buffer, for file I/O. */
    public static ByteBuffer buffer(long page) {
        return extent(page).asSlice(page & WITHIN, PAGE_SIZE).asByteBuffer();
    }
}
