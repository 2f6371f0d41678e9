package org.gajah.wire;

import java.io.IOException;

/** Where bytes come from: {@code InputStream::read} is one. */
@FunctionalInterface
public interface ByteInput {
    /** Blocks until at least one byte is there; the number of bytes read, or -1 at the end of the stream. */
    int read(byte[] into, int offset, int length) throws IOException;
}
