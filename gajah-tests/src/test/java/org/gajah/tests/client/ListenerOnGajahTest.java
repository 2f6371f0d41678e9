package org.gajah.tests.client;

import java.io.IOException;
import java.util.Optional;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The listener with Gajah over TCP. */
class ListenerOnGajahTest extends SocketListenerContract {
    private static Optional<Target> gajah = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        gajah = Optional.of(Targets.gajah());
    }

    @AfterAll
    static void stop() {
        gajah.ifPresent(Target::close);
    }

    @Override
    int port() {
        return gajah.orElseThrow().port();
    }
}
