package org.gajah.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.gajah.api.Gajah;
import org.gajah.client.ConnectionSource;
import org.gajah.client.Subscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The listener with a Gajah in the same process, without a socket. */
class ListenerInProcessTest extends ListenerContract {
    private static Optional<Gajah> gajah = Optional.empty();

    @BeforeAll
    static void start() {
        gajah = Optional.of(Gajah.inMemory());
    }

    @AfterAll
    static void stop() {
        gajah.ifPresent(Gajah::close);
    }

    @Override
    ConnectionSource source() {
        return ConnectionSource.of(gajah.orElseThrow().dataSource());
    }

    @Test
    void l18NothingListensOnAPort() throws Exception {
        assertEquals(Optional.empty(), gajah.orElseThrow().port());
        Subscription subscription = ready(open(OPTIONS), "l18");
        place.run("NOTIFY l18, 'through memory'");
        assertEquals("through memory", payload(subscription));
    }
}
