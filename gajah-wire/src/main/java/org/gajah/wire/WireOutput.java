package org.gajah.wire;

import java.nio.charset.StandardCharsets;

/** Where messages are written to: a growing run of bytes. Numbers are big-endian. */
public interface WireOutput {
    void putByte(int value);

    void putShort(int value);

    void putInt(int value);

    void put(byte[] source, int offset, int length);

    /** Bytes written so far. */
    int size();

    /** Overwrites four bytes that were written before. */
    void setInt(int at, int value);

    default void put(byte[] source) {
        put(source, 0, source.length);
    }

    /** The text in UTF-8 and a terminating zero byte; a zero character inside would end it early and becomes a '?'. */
    default void putCString(String text) {
        if (!text.isEmpty()) {
            put((text.indexOf('\0') < 0 ? text : text.replace('\0', '?')).getBytes(StandardCharsets.UTF_8));
        }
        putByte(0);
    }

    /** Starts a message of this type; hand the result to {@link #end}. */
    default int begin(int type) {
        putByte(type);
        int at = size();
        putInt(0);
        return at;
    }

    /** Ends the message that began at {@code start}: fills in its length. */
    default void end(int start) {
        setInt(start, size() - start);
    }

    /** A message without contents. */
    default void putEmpty(int type) {
        putByte(type);
        putInt(4);
    }
}
