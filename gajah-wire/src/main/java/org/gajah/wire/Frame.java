package org.gajah.wire;

/**
 * One message as it came: its type byte (0 for the packets that open a connection) and where its contents lie. Valid until
 * the next frame is read.
 */
public record Frame(int type, byte[] array, int offset, int length) {
    /** A reader over the contents. */
    public Body body() {
        return new Body(array, offset, length);
    }
}
