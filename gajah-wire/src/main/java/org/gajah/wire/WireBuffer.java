package org.gajah.wire;

import java.util.Arrays;

/** A growing byte array to write messages into, for clients and tests. */
public final class WireBuffer implements WireOutput {
    private byte[] bytes;
    private int size;

    public WireBuffer() {
        bytes = new byte[256];
    }

    private int take(int count) {
        int at = size;
        int needed = Math.addExact(at, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        size = needed;
        return at;
    }

    @Override
    public void putByte(int value) {
        int at = take(1);
        bytes[at] = (byte) value;
    }

    @Override
    public void putShort(int value) {
        int at = take(2);
        BigEndian.setShort(bytes, at, (short) value);
    }

    @Override
    public void putInt(int value) {
        int at = take(4);
        BigEndian.setInt(bytes, at, value);
    }

    @Override
    public void put(byte[] source, int offset, int length) {
        int at = take(length);
        System.arraycopy(source, offset, bytes, at, length);
    }

    @Override
    public void setInt(int at, int value) {
        BigEndian.setInt(bytes, at, value);
    }

    @Override
    public int size() {
        return size;
    }

    /** Writes a client's message; for chains of calls. */
    public WireBuffer frontend(FrontendMessage message) {
        message.encode(this);
        return this;
    }

    /** Writes a server's message; for chains of calls. */
    public WireBuffer backend(BackendMessage message) {
        message.encode(this);
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public void clear() {
        size = 0;
    }
}
