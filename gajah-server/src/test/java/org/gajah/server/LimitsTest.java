package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.gajah.wire.Query;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.Terminate;
import org.junit.jupiter.api.Test;

/** Timeouts, the number of connections, shutdown, and clients that mean harm. */
class LimitsTest {
    private static final String TRUST = "host all all all trust";

    @Test
    void superusersFindASlotWhenOthersDoNot() throws IOException {
        try (ToyServer server = ToyServer.start(TRUST, 3, 60_000, Optional.empty())) {
            server.cluster().role("joe", "", false);
            Map<String, String> joe = Map.of("user", "joe", "database", "postgres");
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                clients.add(RawClient.connected(server.address(), StartupMessage.V3_0, joe));
            }
            assertEquals("AuthenticationOk, FATAL 53300", refused(server.address(), joe));
            clients.add(server.client());
            assertEquals("AuthenticationOk, FATAL 53300", refused(server.address(), Map.of("user", "postgres")));
            clients.removeFirst().close();
            clients.removeLast().close();
            awaitSessions(server, 1);
            clients.add(RawClient.connected(server.address(), StartupMessage.V3_0, joe));
            clients.forEach(RawClient::close);
        }
    }

    private static void awaitSessions(ToyServer server, int count) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (server.server().connectionCount() > count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static String refused(InetSocketAddress address, Map<String, String> parameters) throws IOException {
        try (RawClient client = new RawClient(address)) {
            client.send(new StartupMessage(StartupMessage.V3_0, parameters));
            return RawClient.brief(client.untilEnd());
        }
    }

    @Test
    void anIdleSessionIsEnded() throws IOException {
        try (ToyServer server = ToyServer.start(); RawClient client = server.client()) {
            client.answer("idletimeout 100");
            assertEquals("FATAL 57P05", RawClient.brief(client.untilEnd()));
            assertTrue(server.becomesEmpty());
        }
    }

    @Test
    void anIdleTransactionIsEnded() throws IOException {
        try (ToyServer server = ToyServer.start(); RawClient client = server.client()) {
            client.answer("begin; idletimeout 100");
            assertEquals("FATAL 25P03", RawClient.brief(client.untilEnd()));
            assertTrue(server.becomesEmpty());
        }
    }

    @Test
    void aBusySessionIsNotIdle() throws IOException {
        try (ToyServer server = ToyServer.start(); RawClient client = server.client()) {
            client.answer("idletimeout 300");
            long end = System.nanoTime() + 900_000_000L;
            while (System.nanoTime() < end) {
                assertEquals("RowDescription, DataRow, SELECT 1, ZI", client.answer("rows 1"));
            }
        }
    }

    @Test
    void whoDoesNotAuthenticateInTimeIsDropped() throws IOException {
        try (ToyServer server = ToyServer.start("host all all all scram-sha-256", 10, 300, Optional.empty());
                RawClient silent = new RawClient(server.address());
                RawClient halfway = new RawClient(server.address());
                RawClient stalled = new RawClient(server.address())) {
            halfway.send(new byte[] {0, 0, 0, 50, 0, 3});
            stalled.send(new StartupMessage(StartupMessage.V3_0, Map.of("user", "postgres")));
            assertEquals("AuthenticationSASL", RawClient.brief(stalled.untilEnd()));
            assertEquals(-1, silent.nextByte());
            assertEquals(-1, halfway.nextByte());
            assertTrue(server.becomesEmpty());
        }
    }

    @Test
    void shutdownTellsIdleAndBusyClients() throws IOException {
        try (ToyServer server = ToyServer.start(); RawClient idle = server.client(); RawClient busy = server.client()) {
            busy.query("hang");
            assertEquals("NOTICE hanging", RawClient.brief(List.of(busy.expect())));
            server.server().close();
            assertEquals("FATAL 57P01", RawClient.brief(idle.untilEnd()));
            assertEquals("FATAL 57P01", RawClient.brief(busy.untilEnd()));
            assertTrue(server.becomesEmpty());
        }
    }

    @Test
    void silentConnectionsCostNoThreads() throws IOException {
        try (ToyServer server = ToyServer.start()) {
            int before = Thread.activeCount();
            List<RawClient> silent = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                silent.add(new RawClient(server.address()));
                silent.getLast().send(new byte[] {0, 0});
            }
            try (RawClient good = server.client()) {
                assertEquals("RowDescription, DataRow, SELECT 1, ZI", good.answer("rows 1"));
                assertTrue(Thread.activeCount() - before < 20, "threads: " + (Thread.activeCount() - before));
            }
            silent.forEach(RawClient::close);
        }
    }

    @Test
    void garbageNeverHurtsAnyoneElse() throws IOException {
        long seed = Long.getLong("gajah.fuzz.seed", 7);
        int rounds = Integer.getInteger("gajah.fuzz.connections", 200);
        Random random = new Random(seed);
        try (ToyServer server = ToyServer.start(); RawClient witness = server.client()) {
            for (int i = 0; i < rounds; i++) {
                try (RawClient client = random.nextBoolean() ? server.client() : new RawClient(server.address())) {
                    byte[] noise = new byte[random.nextInt(600)];
                    random.nextBytes(noise);
                    if (random.nextBoolean() && noise.length > 5) {
                        noise[0] = (byte) "QPBDECSHFdcfX".charAt(random.nextInt(13));
                        noise[1] = 0;
                        noise[2] = 0;
                    }
                    client.send(new Query("rows 1"));
                    client.send(noise);
                    client.socket.shutdownOutput();
                    client.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException resetByServer) {
                    assertTrue(resetByServer instanceof SocketException, "seed " + seed + ": " + resetByServer);
                }
                assertEquals("RowDescription, DataRow, SELECT 1, ZI", witness.answer("rows 1"), "seed " + seed);
            }
            witness.send(new Terminate());
            assertTrue(server.becomesEmpty(), "seed " + seed);
        }
    }
}
