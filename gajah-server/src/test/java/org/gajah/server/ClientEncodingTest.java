package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.settings.ServerSettings;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.Bind;
import org.gajah.wire.CopyData;
import org.gajah.wire.CopyDone;
import org.gajah.wire.DataRow;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.Execute;
import org.gajah.wire.Parse;
import org.gajah.wire.Query;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.Sync;
import org.gajah.wire.Values;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients whose text is not UTF-8. */
class ClientEncodingTest {
    private static final Charset LATIN1 = StandardCharsets.ISO_8859_1;

    private static Cluster cluster;
    private static Server server;

    @BeforeAll
    static void start() throws IOException, HbaError {
        cluster = Instance.open(SystemEnv.inMemory(), new ServerSettings());
        ServerConfig config = new ServerConfig(List.of("127.0.0.1"), 0, new ServerConfig.Places(50, 3, 0), 60_000,
                HbaParser.parse("pg_hba.conf", "host all all all trust"), Optional.empty(), ServerConfig.DEFAULT_THREADS_FOR_IDLE);
        server = Server.start(cluster, config, new ServerLog(new PrintStream(OutputStream.nullOutputStream())));
    }

    @AfterAll
    static void stop() {
        server.close();
        cluster.close();
    }

    private static RawClient client(String encoding) throws IOException {
        return RawClient.connected(server.addresses().getFirst(), StartupMessage.V3_0,
                Map.of("user", "postgres", "client_encoding", encoding));
    }

    private static byte[] value(List<BackendMessage> messages) {
        DataRow row = (DataRow) messages.stream().filter(m -> m instanceof DataRow).findFirst().orElseThrow(
                () -> new AssertionError(RawClient.brief(messages)));
        Values values = row.values();
        return Arrays.copyOfRange(values.array(), values.offsets()[0], values.offsets()[0] + values.lengths()[0]);
    }

    @Test
    void queriesAndResultsAreConverted() throws IOException {
        try (RawClient client = client("LATIN1")) {
            client.send(new Query("SELECT '\u00e4\u00f6' || length('\u00e4')".getBytes(LATIN1)));
            assertArrayEquals("\u00e4\u00f61".getBytes(LATIN1), value(client.untilReady()));
        }
    }

    @Test
    void parametersAreConvertedInBothFormats() throws IOException {
        byte[] text = "gr\u00fc\u00df".getBytes(LATIN1);
        for (short format : new short[] {0, 1}) {
            try (RawClient client = client("LATIN1")) {
                client.send(new Parse("", "SELECT $1::text", new int[] {25}),
                        new Bind("", "", new short[] {format}, Values.of(Optional.of(text)), new short[] {format}),
                        new Execute("", 0), new Sync());
                assertArrayEquals(text, value(client.untilReady()), "format " + format);
            }
        }
    }

    @Test
    void aCharacterThatTheClientCannotReadIsAnError() throws IOException {
        try (RawClient client = client("LATIN1")) {
            client.query("SELECT chr(8364)");
            ErrorResponse error = (ErrorResponse) client.untilReady().stream().filter(m -> m instanceof ErrorResponse).findFirst().orElseThrow();
            assertEquals("22P05", error.report().sqlState());
            assertEquals("character with byte sequence 0xe2 0x82 0xac in encoding \"UTF8\" has no equivalent in encoding \"LATIN1\"",
                    error.report().message());
            assertEquals("SELECT 1", RawClient.brief(List.of(client.untilReadyAfter("SELECT 1").get(2))));
        }
    }

    @Test
    void setTakesEffectForTheNextCommandAndErrorsAreConvertedToo() throws IOException {
        try (RawClient client = client("UTF8")) {
            client.untilReadyAfter("SET client_encoding = 'WIN1252'");
            client.send(new Query("SELECT '\u20ac'".getBytes(Charset.forName("windows-1252"))));
            assertArrayEquals(new byte[] {(byte) 0x80}, value(client.untilReady()));
            client.send(new Query("SELECT 1 FROM \"t\u00e4bel\"".getBytes(LATIN1)));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(client.socket.getInputStream().read());
            assertEquals('E', bytes.toByteArray()[0]);
            byte[] rest = client.socket.getInputStream().readNBytes(60);
            String found = new String(rest, LATIN1);
            assertEquals(true, found.contains("t\u00e4bel"), found);
        }
    }

    @Test
    void copyIsConvertedWhereverItsDataAreCut() throws IOException {
        try (RawClient client = client("SJIS")) {
            client.untilReadyAfter("CREATE TABLE copied (a text)");
            client.send(new Query("COPY copied FROM STDIN"));
            byte[] data = "\u65e5\u672c\n\u8a9e\n".getBytes(Charset.forName("windows-31j"));
            for (byte b : data) {
                client.send(new CopyData(new byte[] {b}));
            }
            client.send(new CopyDone());
            assertEquals("CopyInResponse, COPY 2, ZI", RawClient.brief(client.untilReady()));
            client.send(new Query("SELECT string_agg(length(a)::text, ',') FROM copied"));
            assertArrayEquals("2,1".getBytes(LATIN1), value(client.untilReady()));
        }
    }
}
