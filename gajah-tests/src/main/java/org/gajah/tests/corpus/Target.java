package org.gajah.tests.corpus;

import java.io.IOException;

/** A server that files run against. */
public interface Target extends AutoCloseable {
    /** Where it listens on the loopback interface. */
    int port();

    /** Stops and starts it; what was committed is there afterwards. */
    void restart() throws IOException;

    @Override
    void close();
}
