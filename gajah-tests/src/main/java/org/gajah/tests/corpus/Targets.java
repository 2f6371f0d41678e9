package org.gajah.tests.corpus;

import java.io.IOException;
import java.util.Optional;

/** Where tests find the Gajah that they run against. */
public final class Targets {
    private Targets() {}

    /** The server on the port of system property {@code corpus.port}; otherwise none. */
    public static Optional<Target> gajah() throws IOException {
        Integer port = Integer.getInteger("corpus.port");
        return port != null ? Optional.of(new RunningTarget(port)) : Optional.empty();
    }
}
