package org.gajah.tests.bench;

import java.nio.ByteBuffer;

/** Where one connection's reader is within a message: it looks at nothing but where messages begin and what kind they are. */
final class MessageCounter {
    private static final int HEADER = 5;

    private final byte[] header = new byte[HEADER];
    private int have;
    private long skip;

    /** Counts the messages of a type that begin in these bytes; an error message ends it all. */
    int count(ByteBuffer bytes, char type) {
        int count = 0;
        while (bytes.hasRemaining()) {
            if (skip > 0) {
                int some = (int) Math.min(skip, bytes.remaining());
                bytes.position(bytes.position() + some);
                skip -= some;
            } else {
                header[have++] = bytes.get();
                if (have == HEADER) {
                    have = 0;
                    skip = ByteBuffer.wrap(header).getInt(1) - 4L;
                    count += header[0] == type ? 1 : 0;
                    if (header[0] == 'E') {
                        throw new IllegalStateException("the server has reported an error");
                    }
                }
            }
        }
        return count;
    }
}
