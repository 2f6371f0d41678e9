package org.gajah.tests.corpus;

import java.io.IOException;

/** A server that somebody else started and that trusts the superuser {@code postgres} on the loopback interface. */
record RunningTarget(int port) implements Target {
    @Override
    public void restart() throws IOException {
        throw new IOException("a server that was not started here cannot be restarted here");
    }

    @Override
    public void close() {
        assert port > 0;
    }
}
