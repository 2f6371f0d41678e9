package org.gajah.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte array that grows as it is written to. Numbers are big-endian, as on PostgreSQL's wire. */
public final class ByteSink {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public ByteSink() {
        this(64);
    }

    public ByteSink(int capacity) {
        MemoryBudget.claim(capacity);
        bytes = new byte[Math.max(16, capacity)];
    }

    /** Room for {@code more} bytes behind {@link #size}; returns where they go in {@link #array}. */
    public int reserve(int more) {
        if (more > bytes.length - size) {
            grow(more);
        }
        return size;
    }

    private void grow(int more) {
        int needed = Math.addExact(size, more);
        int capacity = Math.max(needed, bytes.length + (bytes.length >> 1));
        MemoryBudget.claim(capacity);
        bytes = Arrays.copyOf(bytes, capacity);
    }

    public ByteSink putByte(int b) {
        int at = reserve(1);
        bytes[at] = (byte) b;
        size = at + 1;
        return this;
    }

    public ByteSink putShort(int value) {
        int at = reserve(2);
        SHORT.set(bytes, at, (short) value);
        size = at + 2;
        return this;
    }

    public ByteSink putInt(int value) {
        int at = reserve(4);
        INT.set(bytes, at, value);
        size = at + 4;
        return this;
    }

    public ByteSink putLong(long value) {
        int at = reserve(8);
        LONG.set(bytes, at, value);
        size = at + 8;
        return this;
    }

    public ByteSink put(byte[] source, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(source, offset, bytes, at, length);
        size = at + length;
        return this;
    }

    public ByteSink put(byte[] source) {
        return put(source, 0, source.length);
    }

    public ByteSink put(Slice source) {
        return put(source.array(), source.offset(), source.length());
    }

    /** The UTF-8 bytes of {@code text}, without a terminator. */
    public ByteSink put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The low byte of each character; for text known to be ASCII. */
    public ByteSink putAscii(CharSequence text) {
        int n = text.length();
        int at = reserve(n);
        for (int i = 0; i < n; i++) {
            bytes[at + i] = (byte) text.charAt(i);
        }
        size = at + n;
        return this;
    }

    /** The decimal digits of {@code value}. */
    public ByteSink putDecimal(long value) {
        if (value == Long.MIN_VALUE) {
            return putAscii("-9223372036854775808");
        }
        if (value < 0) {
            putByte('-');
            value = -value;
        }
        return putDigits(value, Decimals.count(value));
    }

    /** The last {@code count} decimal digits of {@code value}, which is not negative, with zeros in front where it has fewer. */
    public ByteSink putDigits(long value, int count) {
        int at = reserve(count);
        Decimals.write(value, bytes, at, count);
        size = at + count;
        return this;
    }

    /** Overwrites four bytes written before. */
    public void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Overwrites two bytes written before. */
    public void setShort(int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    public int size() {
        return size;
    }

    /** Forgets all bytes from {@code size} on, or takes in what was written where {@link #reserve} made room. */
    public void truncate(int size) {
        this.size = size;
    }

    /** Forgets the first {@code count} bytes. */
    public void removeFirst(int count) {
        size -= count;
        System.arraycopy(bytes, count, bytes, 0, size);
    }

    public void clear() {
        size = 0;
    }

    /** The backing array; valid up to {@link #size} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** What was written so far, sharing the array; valid until the next write or {@link #clear}. */
    public Slice view() {
        return new Slice(bytes, 0, size);
    }

    public Slice view(int from) {
        return new Slice(bytes, from, size - from);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
