package org.gajah.wire;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a byte stream into frames.
 *
 * <p>The buffer starts small, doubles only when it is full of bytes that have arrived, and falls back to its first size when
 * a large frame is done with. After a {@link FramingError} the stream is out of step and must not be read again.
 */
public final class FrameReader {
    private static final int FIRST_SIZE = 8 * 1024;

    private final ByteInput input;
    private final int mostBytes;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int start;
    private int end;

    public FrameReader(ByteInput input) {
        this(input, FrameLimits.LARGE);
    }

    /** A reader that skips messages of more than {@code mostBytes} and reports them as {@link OversizedMessage}. */
    public FrameReader(ByteInput input, int mostBytes) {
        this.input = input;
        this.mostBytes = mostBytes;
    }

    /** A reader that starts with bytes which were read already. */
    public FrameReader(ByteInput input, int mostBytes, byte[] before) {
        this(input, mostBytes);
        if (before.length > FIRST_SIZE) {
            buffer = new byte[before.length];
        }
        System.arraycopy(before, 0, buffer, 0, before.length);
        end = before.length;
    }

    /** Whether a whole frame is there already, so that reading it cannot block. */
    public boolean hasFrame() {
        return end - start >= 5 && end - start - 1 >= BigEndian.getInt(buffer, start + 1);
    }

    /** Bytes that have arrived and were not read yet. */
    public int buffered() {
        return end - start;
    }

    /** The message that is there already, without consuming it. */
    public Frame peekFrame() {
        return new Frame(buffer[start] & 0xff, buffer, start + 5, BigEndian.getInt(buffer, start + 1) - 4);
    }

    /** Takes over some bytes that have arrived; waits if there are none. */
    public void takeOver() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (end == buffer.length) {
            makeRoom(end - start + 1);
        }
        end += Math.max(0, input.read(buffer, end, buffer.length - end));
    }

    /** Reads once if nothing is here; false if the input had nothing to give. */
    public boolean poll() throws IOException {
        if (start < end) {
            return true;
        }
        start = 0;
        end = 0;
        makeRoom(1);
        int got = input.read(buffer, 0, buffer.length);
        end = Math.max(0, got);
        return got != 0;
    }

    /** Gives the memory back while nothing is there to be read; it is taken again when bytes come. */
    public void relax() {
        if (start == end) {
            start = 0;
            end = 0;
            buffer = new byte[0];
        }
    }

    /** Takes all bytes that have arrived out of this reader. */
    public byte[] takeBuffered() {
        byte[] taken = Arrays.copyOfRange(buffer, start, end);
        start = 0;
        end = 0;
        return taken;
    }

    /** The next byte without consuming it, or -1 at the end of the stream. */
    public int peek() throws IOException {
        return fill(1) ? buffer[start] & 0xff : -1;
    }

    /** The next message; absent if the peer has closed the connection between two messages. */
    public Optional<Frame> next(FrameLimits limits) throws IOException {
        shrink();
        if (!fill(1)) {
            return Optional.empty();
        }
        int type = buffer[start] & 0xff;
        int limit = limits.limit(type);
        if (limit < 0) {
            throw FramingError.unknownType(type);
        }
        need(5);
        int length = BigEndian.getInt(buffer, start + 1);
        if (length < 4 || length - 4 > limit) {
            throw FramingError.badLength();
        }
        start += 5;
        return Optional.of(contents(type, length - 4));
    }

    /** A packet that opens a connection: it has no type byte. Absent if the peer goes away without a word. */
    public Optional<Frame> nextStartup() throws IOException {
        if (!fill(1)) {
            return Optional.empty();
        }
        need(4);
        int length = BigEndian.getInt(buffer, start);
        if (length < 8 || length > FrameLimits.STARTUP + 4) {
            throw new FramingError("invalid length of startup packet", false);
        }
        start += 4;
        return Optional.of(contents(0, length - 4));
    }

    private Frame contents(int type, int length) throws IOException {
        if (length > mostBytes) {
            skip(length);
            throw new OversizedMessage(type, length);
        }
        need(length);
        Frame frame = new Frame(type, buffer, start, length);
        start += length;
        return frame;
    }

    private void skip(int length) throws IOException {
        int left = length;
        while (left > 0) {
            need(1);
            int some = Math.min(left, end - start);
            start += some;
            left -= some;
        }
    }

    private void need(int count) throws IOException {
        if (!fill(count)) {
            throw new EOFException("unexpected EOF within message");
        }
    }

    private boolean fill(int count) throws IOException {
        while (end - start < count) {
            if (start == end) {
                start = 0;
                end = 0;
            }
            if (buffer.length - start < count || end == buffer.length) {
                makeRoom(count);
            }
            int got = input.read(buffer, end, buffer.length - end);
            if (got < 0) {
                return false;
            }
            end += got;
        }
        return true;
    }

    private void makeRoom(int count) {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            long most = Math.max(FIRST_SIZE, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, (int) Math.min(Math.max(count, FIRST_SIZE), most));
        }
    }

    private void shrink() {
        if (buffer.length > 8 * FIRST_SIZE && end - start < FIRST_SIZE / 2) {
            buffer = Arrays.copyOfRange(buffer, start, start + FIRST_SIZE);
            end -= start;
            start = 0;
        }
    }
}
