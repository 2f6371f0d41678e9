package org.gajah.wire;

import java.io.IOException;

/**
 * The stream cannot be cut into frames any more; the connection has to be closed. {@link #tellPeer} says whether PostgreSQL
 * tells the client why: it does for an unknown type, and keeps silent about an impossible length.
 */
public final class FramingError extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean tellPeer;

    FramingError(String message, boolean tellPeer) {
        super(message);
        this.tellPeer = tellPeer;
    }

    static FramingError unknownType(int type) {
        return new FramingError("invalid frontend message type " + type, true);
    }

    static FramingError badLength() {
        return new FramingError("invalid message length", false);
    }

    public boolean tellPeer() {
        return tellPeer;
    }
}
