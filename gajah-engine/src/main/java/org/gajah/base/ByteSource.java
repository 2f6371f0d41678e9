package org.gajah.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a run of bytes from front to back. Numbers are big-endian. Reading past the end throws {@link Underflow}. */
public final class ByteSource {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Fewer bytes were left than asked for. */
    public static final class Underflow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Underflow() {
            super("insufficient data left in message", null, false, false);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteSource(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    public ByteSource(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteSource(Slice slice) {
        this(slice.array(), slice.offset(), slice.length());
    }

    public int remaining() {
        return end - at;
    }

    private int take(int count) {
        if (count < 0 || count > end - at) {
            throw new Underflow();
        }
        int from = at;
        at += count;
        return from;
    }

    public byte getByte() {
        return bytes[take(1)];
    }

    public int getUnsignedByte() {
        return bytes[take(1)] & 0xff;
    }

    public short getShort() {
        return (short) SHORT.get(bytes, take(2));
    }

    public int getInt() {
        return (int) INT.get(bytes, take(4));
    }

    public long getLong() {
        return (long) LONG.get(bytes, take(8));
    }

    /** The next {@code length} bytes, sharing the array. */
    public Slice getSlice(int length) {
        return new Slice(bytes, take(length), length);
    }

    /** All bytes that are left, sharing the array. */
    public Slice rest() {
        return getSlice(remaining());
    }
}
