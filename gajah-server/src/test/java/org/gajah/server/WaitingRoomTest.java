package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gajah.wire.NotificationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Idle connections without threads behave like any other. */
class WaitingRoomTest {
    private ToyServer server;

    @BeforeEach
    void start() throws IOException {
        server = ToyServer.start("host all all all trust", 2000, 60_000, Optional.empty(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void manyIdleConnectionsNeedFewThreadsAndAllAnswer() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        int before = Thread.activeCount();
        for (int i = 0; i < 400; i++) {
            clients.add(server.client());
        }
        assertTrue(Thread.activeCount() - before < 100, "threads: " + (Thread.activeCount() - before));
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            RawClient client = clients.get(random.nextInt(clients.size()));
            assertEquals("RowDescription, DataRow, SELECT 1, ZI", client.answer("rows 1"), "seed " + seed);
        }
        clients.forEach(RawClient::close);
        assertTrue(server.becomesEmpty());
    }

    @Test
    void notificationsReachThem() throws IOException {
        try (RawClient listener = server.client(); RawClient notifier = server.client()) {
            listener.answer("listen ch");
            for (int i = 0; i < 300; i++) {
                notifier.answer("notify ch " + i);
                assertEquals(Integer.toString(i), ((NotificationResponse) listener.expect()).payload());
            }
            assertEquals("RowDescription, SELECT 0, ZI", listener.answer("rows 0"));
        }
    }

    @Test
    void timeoutsReachThem() throws IOException {
        try (RawClient client = server.client()) {
            client.answer("idletimeout 100");
            assertEquals("FATAL 57P05", RawClient.brief(client.untilEnd()));
        }
        assertTrue(server.becomesEmpty());
    }

    @Test
    void terminationAndShutdownReachThem() throws IOException {
        try (RawClient one = server.client(); RawClient other = server.client()) {
            server.cluster().session(one.key.processId()).orElseThrow().terminate();
            assertEquals("FATAL 57P01", RawClient.brief(one.untilEnd()));
            server.server().close();
            assertEquals("FATAL 57P01", RawClient.brief(other.untilEnd()));
        }
        assertTrue(server.becomesEmpty());
    }

    @Test
    void clientsThatVanishAreNoticed() throws IOException {
        server.client().close();
        assertTrue(server.becomesEmpty());
    }
}
