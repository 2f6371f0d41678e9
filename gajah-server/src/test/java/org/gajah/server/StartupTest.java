package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.CancelRequest;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.GSSENCRequest;
import org.gajah.wire.NegotiateProtocolVersion;
import org.gajah.wire.ParameterStatus;
import org.gajah.wire.Query;
import org.gajah.wire.SSLRequest;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.WireBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first messages of a connection. */
class StartupTest {
    private ToyServer server;

    @BeforeEach
    void start() throws IOException {
        server = ToyServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient saying(int version, Map<String, String> parameters) throws IOException {
        RawClient client = new RawClient(server.address());
        client.send(new StartupMessage(version, new LinkedHashMap<>(parameters)));
        return client;
    }

    private String refusal(int version, Map<String, String> parameters) throws IOException {
        try (RawClient client = saying(version, parameters)) {
            List<BackendMessage> messages = client.untilEnd();
            ErrorResponse error = (ErrorResponse) messages.getLast();
            return error.report().sqlState() + " " + error.report().message();
        }
    }

    @Test
    void settingsAndKeyPrecedeReady() throws IOException {
        try (RawClient client = saying(StartupMessage.V3_0, Map.of("user", "postgres"))) {
            List<BackendMessage> messages = client.untilReady();
            assertTrue(messages.contains(new ParameterStatus("server_version", "18.6")), messages.toString());
            assertEquals(4, client.key.secret().length);
            assertTrue(client.key.processId() > 0);
        }
    }

    @Test
    void protocol32HasLongKeys() throws IOException {
        try (RawClient client = saying(StartupMessage.V3_2, Map.of("user", "postgres"))) {
            client.untilReady();
            assertEquals(32, client.key.secret().length);
        }
    }

    @Test
    void newerVersionsAndUnknownOptionsAreNegotiated() throws IOException {
        try (RawClient client = saying(0x30009, Map.of("user", "postgres", "_pq_.foo", "1"))) {
            assertEquals(new NegotiateProtocolVersion(StartupMessage.V3_2, List.of("_pq_.foo")), client.expect());
            client.untilReady();
            assertEquals(32, client.key.secret().length);
        }
    }

    @Test
    void otherMajorVersionsAreRefused() throws IOException {
        assertEquals("0A000 unsupported frontend protocol 4.0: server supports 3.0 to 3.2", refusal(0x40000, Map.of()));
        assertEquals("0A000 unsupported frontend protocol 2.0: server supports 3.0 to 3.2", refusal(0x20000, Map.of()));
    }

    @Test
    void aUserIsNeeded() throws IOException {
        assertEquals("28000 no PostgreSQL user name specified in startup packet",
                refusal(StartupMessage.V3_0, Map.of("database", "postgres")));
        assertEquals("28000 role \"nobody\" does not exist", refusal(StartupMessage.V3_0, Map.of("user", "nobody")));
    }

    @Test
    void theDatabaseHasToExist() throws IOException {
        assertEquals("3D000 database \"nope\" does not exist",
                refusal(StartupMessage.V3_0, Map.of("user", "postgres", "database", "nope")));
    }

    @Test
    void replicationIsRefused() throws IOException {
        assertEquals("0A000 replication connections are not supported",
                refusal(StartupMessage.V3_0, Map.of("user", "postgres", "replication", "true")));
        assertEquals("22023 invalid value for parameter \"replication\": \"bad\"",
                refusal(StartupMessage.V3_0, Map.of("user", "postgres", "replication", "bad")));
    }

    @Test
    void settingsComeFromParametersAndOptions() throws IOException {
        Map<String, String> parameters = Map.of("user", "postgres", "application_name", "me", "options",
                "-c search_path=a\\ b --work-mem=1MB -cgeqo=off");
        try (RawClient client = saying(StartupMessage.V3_0, parameters)) {
            client.untilReady();
            ToySession session = server.cluster().sessions.values().iterator().next();
            assertEquals("[Setting[name=search_path, value=a b], Setting[name=work_mem, value=1MB], "
                    + "Setting[name=geqo, value=off], Setting[name=application_name, value=me]]",
                    session.request.settings().toString());
            assertEquals("postgres", session.request.database());
        }
    }

    @Test
    void encryptionThatIsNotOfferedIsDeclinedOnce() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.send(new GSSENCRequest());
            assertEquals('N', client.nextByte());
            client.send(new SSLRequest());
            assertEquals('N', client.nextByte());
            client.send(new StartupMessage(StartupMessage.V3_0, Map.of("user", "postgres")));
            client.untilReady();
        }
        try (RawClient client = new RawClient(server.address())) {
            client.send(new SSLRequest());
            assertEquals('N', client.nextByte());
            client.send(new SSLRequest());
            assertEquals("FATAL 0A000", RawClient.brief(client.untilEnd()));
        }
    }

    @Test
    void plaintextBehindAnEncryptionRequestIsFatal() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            WireBuffer out = new WireBuffer();
            new SSLRequest().encode(out);
            new StartupMessage(StartupMessage.V3_0, Map.of("user", "postgres")).encode(out);
            new Query("rows 1").encode(out);
            client.send(out.toBytes());
            assertEquals('N', client.nextByte());
            List<BackendMessage> messages = client.untilEnd();
            assertEquals("FATAL 08P01", RawClient.brief(messages));
            assertEquals("received unencrypted data after SSL request",
                    ((ErrorResponse) messages.getFirst()).report().message());
        }
    }

    @Test
    void aStartupMessageWithoutItsTerminatorIsFatal() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.send(new byte[] {0, 0, 0, 13, 0, 3, 0, 0, 'u', 's', 'e', 'r', 'x'});
            List<BackendMessage> messages = client.untilEnd();
            assertEquals("invalid startup packet layout: expected terminator as last byte",
                    ((ErrorResponse) messages.getFirst()).report().message());
        }
    }

    @Test
    void lengthsOutOfBoundsCloseSilently() throws IOException {
        for (byte[] bytes : new byte[][] {{0, 0, 0, 3}, {0, 0, 0x27, 0x20}, {-1, -1, -1, -1}, {'G', 'E', 'T', ' '}}) {
            try (RawClient client = new RawClient(server.address())) {
                client.send(bytes);
                assertEquals(-1, client.nextByte());
            }
        }
    }

    @Test
    void cancelNeedsTheRightSecret() throws IOException {
        try (RawClient client = server.client()) {
            client.query("hang");
            assertEquals("NOTICE hanging", RawClient.brief(List.of(client.expect())));
            byte[] wrong = client.key.secret().clone();
            wrong[0] ^= 1;
            for (CancelRequest request : List.of(new CancelRequest(client.key.processId(), wrong),
                    new CancelRequest(client.key.processId(), new byte[32]), new CancelRequest(1, new byte[4]),
                    client.cancelRequest())) {
                try (RawClient canceller = new RawClient(server.address())) {
                    canceller.send(request);
                    assertEquals(-1, canceller.nextByte(), "there is never an answer");
                }
            }
            assertEquals("ERROR 57014, ZI", RawClient.brief(client.untilReady()));
        }
    }

    @Test
    void aLateCancelHitsNothing() throws IOException {
        try (RawClient client = server.client(); RawClient canceller = new RawClient(server.address())) {
            canceller.send(client.cancelRequest());
            assertEquals(-1, canceller.nextByte());
            assertEquals("RowDescription, DataRow, SELECT 1, ZI", client.answer("rows 1"));
        }
    }
}
