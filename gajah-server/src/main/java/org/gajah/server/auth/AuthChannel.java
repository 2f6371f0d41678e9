package org.gajah.server.auth;

import java.io.IOException;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.Frame;
import org.gajah.wire.FrameLimits;

/** How an exchange talks to the client. */
public interface AuthChannel {
    /** Sends a message at once. */
    void send(BackendMessage message) throws IOException;

    /** Waits for the next message. */
    Frame receive(FrameLimits limits) throws IOException;
}
