package org.gajah.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.gajah.base.Slice;

/** COPY data as one stream of bytes, however they are cut into messages. */
final class CopyBytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final CopySource source;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;

    CopyBytes(CopySource source) {
        this.source = source;
    }

    /** Whether so many bytes follow; waits for them. The buffer grows by what has come, not by what is asked for. */
    boolean has(int count) {
        return to - from >= count || fill(count);
    }

    private boolean fill(int count) {
        while (to - from < count && !ended) {
            Slice more = source.next();
            if (more.isEmpty()) {
                ended = true;
            } else {
                append(more);
            }
        }
        return to - from >= count;
    }

    private void append(Slice more) {
        int left = to - from;
        if (to + more.length() > buffer.length) {
            byte[] target = left + more.length() > buffer.length
                    ? Arrays.copyOf(buffer, Math.max(left + more.length(), Math.multiplyExact(buffer.length, 2))) : buffer;
            System.arraycopy(buffer, from, target, 0, left);
            buffer = target;
            from = 0;
            to = left;
        }
        System.arraycopy(more.array(), more.offset(), buffer, to, more.length());
        to += more.length();
    }

    /** The next bytes, which {@link #has} has found; valid until the next call. */
    Slice take(int count) {
        Slice taken = new Slice(buffer, from, count);
        from += count;
        return taken;
    }

    int takeShort() {
        from += Short.BYTES;
        return (short) SHORT.get(buffer, from - Short.BYTES);
    }

    int takeInt() {
        from += Integer.BYTES;
        return getInt(buffer, from - Integer.BYTES);
    }

    /** The array that the next bytes are in, from {@link #at} on; valid until {@link #has} is asked again. */
    byte[] array() {
        return buffer;
    }

    int at() {
        return from;
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Passes over bytes that {@link #has} has found. */
    void pass(int count) {
        from += count;
    }

    /** Passes over so many bytes; false if there are not so many. */
    boolean skip(int count) {
        int left = count;
        while (left > 0 && has(1)) {
            int now = Math.min(left, to - from);
            from += now;
            left -= now;
        }
        return left == 0;
    }

    /** Drops what has come. */
    void clear() {
        from = to;
    }
}
