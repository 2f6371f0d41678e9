package org.gajah.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds a few bytes in an array, eight bytes at a time. */
final class ByteSearch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    /** Bytes below 32 have none of these bits. */
    private static final byte ABOVE_CONTROLS = (byte) 0xe0;

    /** Which bits count when a byte is compared with the first. */
    private final long mask;
    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    /** Looks for any of these; a byte may be given more than once. */
    ByteSearch(byte first, byte second, byte third, byte fourth) {
        this((byte) -1, first, second, third, fourth);
    }

    private ByteSearch(byte mask, byte first, byte second, byte third, byte fourth) {
        this.mask = spread(mask);
        this.first = spread(first);
        this.second = spread(second);
        this.third = spread(third);
        this.fourth = spread(fourth);
    }

    /** Looks for any of these and for control characters. */
    static ByteSearch withControls(byte first, byte second, byte third) {
        return new ByteSearch(ABOVE_CONTROLS, (byte) 0, first, second, third);
    }

    private static long spread(byte b) {
        return (b & 0xff) * ONES;
    }

    /** The place of the first of them in {@code [from, to)}, {@code to} if there is none. */
    int find(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = (long) LONG.get(bytes, at);
            long found = zeros(word & mask ^ first) | zeros(word ^ second) | zeros(word ^ third) | zeros(word ^ fourth);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && !isOne(bytes[at])) {
            at++;
        }
        return at;
    }

    /**
     * Writes the places of all of them in {@code [from, to)} into an array with room for {@code to - from + 2}; gives their number. Two
     * are written for every word, whether there are any or not: that costs less than to guess wrong.
     */
    int findAll(byte[] bytes, int from, int to, int[] places) {
        int count = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = (long) LONG.get(bytes, at);
            long others = others(word & mask ^ first) & others(word ^ second);
            if (fourth != second) {
                others &= others(word ^ third) & others(word ^ fourth);
            }
            long found = ~others & HIGHS;
            int end = count + Long.bitCount(found);
            do {
                places[count] = at + (Long.numberOfTrailingZeros(found) >>> 3);
                found &= found - 1;
                places[count + 1] = at + (Long.numberOfTrailingZeros(found) >>> 3);
                found &= found - 1;
                count += 2;
            } while (count < end);
            count = end;
        }
        for (; at < to; at++) {
            if (isOne(bytes[at])) {
                places[count++] = at;
            }
        }
        return count;
    }

    /** The high bit of every byte that is not zero; the others mean nothing. */
    private static long others(long word) {
        return (word & ~HIGHS) + ~HIGHS | word;
    }

    private boolean isOne(byte b) {
        return (b & (byte) mask) == (byte) first || b == (byte) second || b == (byte) third || b == (byte) fourth;
    }

    /** The high bit of every byte that is zero, and of none below the first such. */
    private static long zeros(long word) {
        return word - ONES & ~word & HIGHS;
    }

    /** Whether no byte in {@code [from, to)} is zero or above 127. */
    static boolean isPlainAscii(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = (long) LONG.get(bytes, at);
            if (((word - ONES | word) & HIGHS) != 0) {
                return false;
            }
        }
        while (at < to && bytes[at] > 0) {
            at++;
        }
        return at == to;
    }
}
