package org.gajah.base;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A run of bytes inside an array: UTF-8 text, or raw bytes. The bytes are never changed through a slice, and whoever makes
 * one promises that nobody else changes them while it is in use.
 */
public record Slice(byte[] array, int offset, int length) implements Comparable<Slice> {
    public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /** The UTF-8 bytes of {@code text}. */
    public static Slice of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte at(int index) {
        return array[offset + index];
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** {@code count} bytes from {@code start}, sharing the array. */
    public Slice slice(int start, int count) {
        return new Slice(array, offset + start, count);
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** The same bytes in an array of their own, for keeping. */
    public Slice copy() {
        return of(toBytes());
    }

    /** Byte-wise, unsigned: for UTF-8 this is code point order, PostgreSQL's C collation. */
    @Override
    public int compareTo(Slice other) {
        return Arrays.compareUnsigned(array, offset, offset + length,
                other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice s
                && Arrays.equals(array, offset, offset + length, s.array, s.offset, s.offset + s.length);
    }

    @Override
    public int hashCode() {
        int h = 1;
        for (int i = offset; i < offset + length; i++) {
            h = 31 * h + array[i];
        }
        return h;
    }

    /** The bytes read as UTF-8. */
    @Override
    public String toString() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** The bytes in lower-case hexadecimal. */
    public String toHex() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }
}
