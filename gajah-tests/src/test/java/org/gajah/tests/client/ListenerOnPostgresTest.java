package org.gajah.tests.client;

import java.util.Optional;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The listener with a real PostgreSQL. */
class ListenerOnPostgresTest extends SocketListenerContract {
    private static Optional<PostgresOracle> oracle = Optional.empty();

    @BeforeAll
    static void start() {
        oracle = Optional.of(PostgresOracle.start());
    }

    @AfterAll
    static void stop() {
        oracle.ifPresent(PostgresOracle::close);
    }

    @Override
    int port() {
        return oracle.orElseThrow().port();
    }
}
