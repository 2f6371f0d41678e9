package org.gajah.command;

import java.util.Arrays;

import org.gajah.base.Slice;

/** COPY data as one stream of bytes, however they are cut into messages. */
final class CopyBytes {
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
        from += 2;
        return (short) (buffer[from - 2] << 8 | buffer[from - 1] & 0xff);
    }

    int takeInt() {
        return takeShort() << 16 | takeShort() & 0xffff;
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
