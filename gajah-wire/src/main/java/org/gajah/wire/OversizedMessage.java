package org.gajah.wire;

import java.io.IOException;

/** A message that is legal but larger than this process gives memory for; it was skipped, and the stream is in step. */
public final class OversizedMessage extends IOException {
    private static final long serialVersionUID = 1L;

    private final int type;
    private final int length;

    OversizedMessage(int type, int length) {
        super("out of memory");
        this.type = type;
        this.length = length;
    }

    /** The skipped message's type. */
    public int type() {
        return type;
    }

    /** Bytes of contents. */
    public int length() {
        return length;
    }
}
