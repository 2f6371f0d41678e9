package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.settings.ServerSettings;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.Bind;
import org.gajah.wire.Close;
import org.gajah.wire.CopyData;
import org.gajah.wire.CopyDone;
import org.gajah.wire.CopyFail;
import org.gajah.wire.Describe;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.Execute;
import org.gajah.wire.Flush;
import org.gajah.wire.FunctionCall;
import org.gajah.wire.Parse;
import org.gajah.wire.Query;
import org.gajah.wire.Sync;
import org.gajah.wire.Values;
import org.gajah.wire.WireBuffer;
import org.junit.jupiter.api.Test;

/**
 * Random conversations with the real engine, some of their bytes changed: none may hang, end another connection, or leave
 * anything behind. A slice runs in each build; {@code ./fuzz MESSAGES SEED} is the campaign.
 */
class ProtocolFuzzTest {
    private static final int MESSAGES = Integer.getInteger("gajah.fuzz.messages", 20_000);
    private static final long SEED = Long.getLong("gajah.fuzz.seed", 1);
    private static final List<String> STATEMENTS = List.of("select 1", "select $1::int4", "select $1::text, $2::text",
            "", "begin", "commit", "rollback", "savepoint a", "rollback to a", "select 1/0", "selec",
            "select generate_series(1, 50)",
            "set application_name = 'f'", "show all", "copy (select 1) to stdout", "copy t from stdin",
            "declare c cursor for select 1",
            "fetch all from c", "prepare p as select 1", "execute p", "deallocate all", "create table t (a int)",
            "insert into t values (1)", "select * from t", "drop table t", "select '\u00e9\u20ac'", "discard all",
            "begin; select 1; fail; commit");
    private static final List<String> NAMES = List.of("", "", "", "a", "b");

    private final Random random = new Random(SEED);
    private final Map<String, Integer> states = new TreeMap<>();

    @Test
    void conversationsEndOrAreAnswered() throws IOException, HbaError {
        Cluster cluster = Instance.open(SystemEnv.inMemory(), new ServerSettings());
        ServerConfig config = new ServerConfig(List.of("127.0.0.1"), 0, new ServerConfig.Places(100, 3, 0), 60_000,
                HbaParser.parse("pg_hba.conf", "host all all all trust"), Optional.empty(), 4);
        try (Server server = Server.start(cluster, config, log());
                RawClient witness = RawClient.connected(server.addresses().getFirst())) {
            int sent = 0;
            while (sent < MESSAGES) {
                sent += conversation(server);
                assertEquals("RowDescription, DataRow, SELECT 1, ZI", witness.answer("select 1"), "seed " + SEED);
            }
            long end = System.nanoTime() + 10_000_000_000L;
            while (server.connectionCount() > 1 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertEquals(1, server.connectionCount(), "connections left, seed " + SEED);
            assertTrue(states.keySet().stream().noneMatch(s -> s.startsWith("internal error")), () -> states + ", seed " + SEED);
        } finally {
            System.out.println("fuzz: " + MESSAGES + " messages, seed " + SEED + ", errors " + states);
            cluster.close();
        }
    }

    private static ServerLog log() {
        return Boolean.getBoolean("gajah.debug") ? ServerLog.toStandardError()
                : new ServerLog(new PrintStream(OutputStream.nullOutputStream()));
    }

    /** Says up to a hundred things and then asks for a sign of life. */
    private int conversation(Server server) throws IOException {
        int count = 1 + random.nextInt(100);
        try (RawClient client = RawClient.connected(server.addresses().getFirst())) {
            WireBuffer out = new WireBuffer();
            for (int i = 0; i < count; i++) {
                int start = out.size();
                message(out);
                if (random.nextInt(50) == 0) {
                    mutate(out, start);
                }
            }
            new CopyFail("the end").encode(out);
            new Sync().encode(out);
            Thread writer = Thread.ofPlatform().start(() -> write(client, out.toBytes()));
            readToTheEnd(client);
            client.socket.shutdownInput();
            join(writer);
        } catch (SocketException closedByServer) {
            states.merge("closed", 1, Integer::sum);
        }
        return count;
    }

    private static void write(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
            client.socket.shutdownOutput();
        } catch (IOException closedByServer) {
            assertTrue(closedByServer instanceof SocketException, closedByServer.toString());
        }
    }

    private static void join(Thread thread) {
        try {
            assertTrue(thread.join(Duration.ofSeconds(10)), "a writer hangs, seed " + SEED);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void readToTheEnd(RawClient client) throws IOException {
        for (Optional<BackendMessage> message = client.next(); message.isPresent(); message = client.next()) {
            if (message.get() instanceof ErrorResponse error) {
                states.merge(error.report().sqlState(), 1, Integer::sum);
                if (error.report().sqlState().equals("XX000")) {
                    states.merge(error.report().message(), 1, Integer::sum);
                }
            }
        }
    }

    private String statement() {
        return STATEMENTS.get(random.nextInt(STATEMENTS.size()));
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private void message(WireBuffer out) {
        switch (random.nextInt(12)) {
            case 0, 1 -> out.frontend(new Parse(name(), statement(), random.nextBoolean() ? new int[0] : new int[] {23}));
            case 2, 3 -> out.frontend(new Bind(name(), name(), formats(), values(), formats()));
            case 4 -> out.frontend(new Describe(random.nextBoolean() ? 'S' : 'P', name()));
            case 5, 6 -> out.frontend(new Execute(name(), random.nextInt(4)));
            case 7 -> out.frontend(new Sync());
            case 8 -> out.frontend(new Query(statement()));
            case 9 -> out.frontend(new Close(random.nextBoolean() ? 'S' : 'P', name()));
            case 10 -> out.frontend(new Flush());
            case 11 -> rare(out);
            default -> throw new AssertionError();
        }
    }

    private void rare(WireBuffer out) {
        switch (random.nextInt(4)) {
            case 0 -> new CopyData(new byte[] {'1', '\n'}).encode(out);
            case 1 -> new CopyDone().encode(out);
            case 2 -> new CopyFail("no").encode(out);
            case 3 -> out.frontend(new FunctionCall(random.nextInt(2000), formats(), values(), (short) 0));
            default -> throw new AssertionError();
        }
    }

    private short[] formats() {
        short[] formats = new short[random.nextInt(3)];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = (short) random.nextInt(random.nextInt(20) == 0 ? 3 : 2);
        }
        return formats;
    }

    private Values values() {
        return switch (random.nextInt(4)) {
            case 0 -> Values.NONE;
            case 1 -> Values.of(Optional.of(new byte[] {'4', '2'}));
            case 2 -> Values.of(Optional.of(new byte[] {0, 0, 0, 7}), Optional.empty());
            default -> Values.of(Optional.of(new byte[] {(byte) 0xff, 0}));
        };
    }

    /** Changes a byte or two of the last message, now and then its length. */
    private void mutate(WireBuffer out, int start) {
        byte[] bytes = out.toBytes();
        for (int i = random.nextInt(2); i >= 0; i--) {
            bytes[start + random.nextInt(bytes.length - start)] = (byte) random.nextInt();
        }
        out.clear();
        out.put(bytes);
    }
}
