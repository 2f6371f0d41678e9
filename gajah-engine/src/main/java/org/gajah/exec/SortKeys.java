package org.gajah.exec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keys in byte form, none of which begins another one, sorted by a radix sort over eight bytes at a time. The first eight bytes
 * stand in an array of their own; only longer keys have a rest elsewhere.
 */
final class SortKeys {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SMALL = 48;
    private static final int FEW = 8;
    private static final int MOST_DEPTH = 32;
    private static final int[] NONE = new int[0];

    private long[] first = new long[64];
    /** Where the bytes behind the first eight begin in {@link #rest} (index row) and end (index row + 1); empty while no key is longer. */
    private int[] restAt = NONE;
    private byte[] rest = new byte[0];
    private int restSize;
    private int[] shortLengths = NONE;
    private int size;

    /** Where the radix sort puts what it moves. */
    private long[] otherKeys = new long[0];
    private int[] otherRows = NONE;

    void clear() {
        size = 0;
        restSize = 0;
        restAt = NONE;
        if (first.length > 1 << 16) {
            first = new long[64];
        }
        rest = new byte[0];
        shortLengths = NONE;
        otherKeys = new long[0];
        otherRows = NONE;
    }

    /** Memory that the keys take, with what sorting them will take. */
    long bytes() {
        return 32L * size + restSize + (restAt == NONE ? 0 : 4L * size);
    }

    void add(byte[] key, int length) {
        if (size == first.length) {
            first = Arrays.copyOf(first, size * 2);
        }
        if (length >= 8) {
            first[size] = (long) LONG.get(key, 0);
        } else {
            long bits = 0;
            for (int i = 0; i < length; i++) {
                bits |= (key[i] & 0xffL) << 56 - 8 * i;
            }
            first[size] = bits;
        }
        if (length > 8 || restAt != NONE) {
            addRest(key, length);
        }
        if (length < 8 || shortLengths != NONE) {
            addShort(length);
        }
        size++;
    }

    private void addRest(byte[] key, int length) {
        if (size + 2 > restAt.length) {
            restAt = Arrays.copyOf(restAt, first.length + 1);
        }
        int more = Math.max(0, length - 8);
        if (restSize + more > rest.length) {
            rest = Arrays.copyOf(rest, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(Math.addExact(restSize, more), rest.length * 2L + 1024)));
        }
        if (more > 0) {
            System.arraycopy(key, 8, rest, restSize, more);
        }
        restAt[size] = restSize;
        restSize += more;
        restAt[size + 1] = restSize;
    }

    /** Remembers how long keys below eight bytes are; the others have 8 here. */
    private void addShort(int length) {
        if (size >= shortLengths.length) {
            int old = shortLengths.length;
            shortLengths = Arrays.copyOf(shortLengths, first.length);
            Arrays.fill(shortLengths, old, shortLengths.length, 8);
        }
        shortLengths[size] = Math.min(8, length);
    }

    /** A key's bytes. */
    byte[] get(int row) {
        int tail = restAt == NONE ? 0 : restAt[row + 1] - restAt[row];
        int head = shortLengths == NONE ? 8 : shortLengths[row];
        byte[] key = new byte[head + tail];
        for (int i = 0; i < head; i++) {
            key[i] = (byte) (first[row] >>> 56 - 8 * i);
        }
        if (tail > 0) {
            System.arraycopy(rest, restAt[row], key, 8, tail);
        }
        return key;
    }

    /** The numbers of the keys in their order; those of equal keys ascending. */
    int[] sorted() {
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        long[] keys = Arrays.copyOf(first, size);
        otherKeys = new long[size];
        otherRows = new int[size];
        sort(keys, rows, 0, size, 0);
        otherKeys = new long[0];
        otherRows = NONE;
        return rows;
    }

    /** Sorts a range whose keys agree in their first {@code 8 * depth} bytes and have the next eight in {@code keys}. */
    private void sort(long[] keys, int[] rows, int from, int to, int depth) {
        if (to - from <= SMALL) {
            insertionSort(keys, rows, from, to);
        } else {
            radixSort(keys, rows, from, to);
        }
        if (restAt == NONE) {
            return;
        }
        int at = from;
        while (at < to) {
            int end = at + 1;
            while (end < to && keys[end] == keys[at]) {
                end++;
            }
            if (end - at > 1) {
                deepen(keys, rows, at, end, depth);
            }
            at = end;
        }
    }

    /** Sorts keys that agree so far by what follows, if anything does. */
    private void deepen(long[] keys, int[] rows, int from, int to, int depth) {
        if (to - from <= FEW || depth > MOST_DEPTH) {
            compareRests(rows, from, to, 8 * depth);
            return;
        }
        boolean more = false;
        int offset = 8 * depth;
        for (int i = from; i < to; i++) {
            int begin = restAt[rows[i]] + offset;
            int end = restAt[rows[i] + 1];
            more |= begin < end;
            keys[i] = load(begin, end);
        }
        if (more) {
            sort(keys, rows, from, to, depth + 1);
        }
    }

    /** Sorts by comparing what follows as a whole. */
    private void compareRests(int[] rows, int from, int to, int offset) {
        if (to - from > FEW) {
            Integer[] boxed = Arrays.stream(rows, from, to).boxed().toArray(Integer[]::new);
            Arrays.sort(boxed, (a, b) -> compareRest(a, b, offset));
            for (int i = from; i < to; i++) {
                rows[i] = boxed[i - from];
            }
            return;
        }
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && compareRest(rows[at - 1], row, offset) > 0) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private int compareRest(int a, int b, int offset) {
        int beginA = Math.min(restAt[a] + offset, restAt[a + 1]);
        int beginB = Math.min(restAt[b] + offset, restAt[b + 1]);
        return Arrays.compareUnsigned(rest, beginA, restAt[a + 1], rest, beginB, restAt[b + 1]);
    }

    private long load(int begin, int end) {
        if (begin + 8 <= rest.length && begin < end) {
            long bits = (long) LONG.get(rest, begin);
            int present = end - begin;
            return present >= 8 ? bits : bits & -1L << 64 - 8 * present;
        }
        long bits = 0;
        for (int i = begin; i < end && i < begin + 8; i++) {
            bits |= (rest[i] & 0xffL) << 56 - 8 * (i - begin);
        }
        return bits;
    }

    private static void insertionSort(long[] keys, int[] rows, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long key = keys[i];
            int row = rows[i];
            long flipped = key ^ Long.MIN_VALUE;
            int at = i;
            while (at > from && (keys[at - 1] ^ Long.MIN_VALUE) > flipped) {
                keys[at] = keys[at - 1];
                rows[at] = rows[at - 1];
                at--;
            }
            keys[at] = key;
            rows[at] = row;
        }
    }

    /** Byte by byte from the last; bytes in which all keys agree cost nothing. */
    private void radixSort(long[] keys, int[] rows, int from, int to) {
        int[][] counts = new int[8][256];
        long first0 = keys[from];
        long differing = 0;
        boolean ascending = true;
        long before = first0 ^ Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            long key = keys[i];
            differing |= key ^ first0;
            long flipped = key ^ Long.MIN_VALUE;
            ascending &= flipped >= before;
            before = flipped;
        }
        if (ascending) {
            return;
        }
        for (int b = 0; b < 8; b++) {
            if ((differing >>> 8 * b & 0xff) != 0) {
                int[] count = counts[b];
                int shift = 8 * b;
                for (int i = from; i < to; i++) {
                    count[(int) (keys[i] >>> shift) & 0xff]++;
                }
            }
        }
        long[] fromKeys = keys;
        int[] fromRows = rows;
        long[] toKeys = otherKeys;
        int[] toRows = otherRows;
        for (int b = 0; b < 8; b++) {
            if ((differing >>> 8 * b & 0xff) != 0) {
                pass(counts[b], 8 * b, fromKeys, fromRows, toKeys, toRows, from, to);
                long[] swapKeys = fromKeys;
                fromKeys = toKeys;
                toKeys = swapKeys;
                int[] swapRows = fromRows;
                fromRows = toRows;
                toRows = swapRows;
            }
        }
        if (fromKeys != keys) {
            System.arraycopy(fromKeys, from, keys, from, to - from);
            System.arraycopy(fromRows, from, rows, from, to - from);
        }
    }

    private static void pass(int[] count, int shift, long[] fromKeys, int[] fromRows, long[] toKeys, int[] toRows, int from, int to) {
        int at = from;
        for (int d = 0; d < 256; d++) {
            int n = count[d];
            count[d] = at;
            at += n;
        }
        for (int i = from; i < to; i++) {
            long key = fromKeys[i];
            int target = count[(int) (key >>> shift) & 0xff]++;
            toKeys[target] = key;
            toRows[target] = fromRows[i];
        }
    }
}
