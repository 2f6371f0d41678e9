package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import org.gajah.wire.DataRow;
import org.gajah.wire.Describe;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.Execute;
import org.gajah.wire.Parse;
import org.gajah.wire.Sync;
import org.gajah.wire.Values;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server over the real engine, in memory. */
class RealEngineTest {
    private static Cluster cluster;
    private static Server server;

    @BeforeAll
    static void start() throws IOException, HbaError {
        cluster = Instance.open(SystemEnv.inMemory(), new ServerSettings());
        ServerConfig config = new ServerConfig(List.of("127.0.0.1"), 0, new ServerConfig.Places(50, 3, 0), 60_000,
                HbaParser.parse("pg_hba.conf", "host all all all trust"), Optional.empty(),
                ServerConfig.DEFAULT_THREADS_FOR_IDLE);
        server = Server.start(cluster, config, new ServerLog(new PrintStream(OutputStream.nullOutputStream())));
    }

    @AfterAll
    static void stop() {
        server.close();
        cluster.close();
    }

    private static Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.addresses().getFirst().getPort()
                + "/postgres?user=postgres&" + parameters);
    }

    @Test
    void everyQueryModeOfTheJdbcDriverWorks() throws SQLException {
        for (String mode : List.of("simple", "extended", "extendedForPrepared", "extendedCacheEverything")) {
            try (Connection connection = connect("prepareThreshold=1&preferQueryMode=" + mode);
                    PreparedStatement statement = connection.prepareStatement("select ?::int4 + 1, ?::text")) {
                for (int i = 0; i < 10; i++) {
                    statement.setInt(1, i);
                    statement.setString(2, "h\u00e9" + i);
                    try (ResultSet rows = statement.executeQuery()) {
                        assertTrue(rows.next());
                        assertEquals(i + 1, rows.getInt(1), mode);
                        assertEquals("h\u00e9" + i, rows.getString(2), mode);
                    }
                }
            }
        }
    }

    @Test
    void fetchSizesSuspendPortals() throws SQLException {
        try (Connection connection = connect("defaultRowFetchSize=7")) {
            connection.setAutoCommit(false);
            try (ResultSet rows = connection.createStatement().executeQuery("select generate_series(1, 100)")) {
                int sum = 0;
                while (rows.next()) {
                    sum += rows.getInt(1);
                }
                assertEquals(5050, sum);
            }
            connection.rollback();
        }
    }

    @Test
    void errorsKeepTheirStateAndTheConnection() throws SQLException {
        try (Connection connection = connect("")) {
            SQLException error = assertThrows(SQLException.class,
                    () -> connection.createStatement().executeQuery("select 1/0"));
            assertEquals("22012", error.getSQLState());
            assertTrue(connection.isValid(5));
        }
    }

    @Test
    void statementsThatArePipelinedFailTogether() throws IOException {
        try (RawClient client = RawClient.connected(server.addresses().getFirst())) {
            client.send(new Parse("", "select 1", new int[0]), bind(), new Describe('P', ""), new Execute("", 0),
                    new Parse("", "select 1/0", new int[0]), bind(), new Execute("", 0),
                    new Parse("", "select 2", new int[0]), bind(), new Execute("", 0), new Sync());
            assertEquals("ParseComplete, BindComplete, RowDescription, DataRow, SELECT 1, ParseComplete, BindComplete, "
                    + "ERROR 22012, ZI", RawClient.brief(client.untilReady()));
        }
    }

    @Test
    void whatGivesRowsIsNotDescribedInAFailedTransaction() throws IOException {
        try (RawClient client = RawClient.connected(server.addresses().getFirst())) {
            client.send(new Parse("rows", "select 1", new int[0]), new Parse("none", "delete from pg_class where false", new int[0]), new Sync());
            assertEquals("ParseComplete, ParseComplete, ZI", RawClient.brief(client.untilReady()));
            assertEquals("BEGIN, ERROR 42703, ZE", client.answer("begin; select nope"));
            client.send(new Describe('S', "rows"), new Sync());
            assertEquals("ERROR 25P02, ZE", RawClient.brief(client.untilReady()));
            client.send(new Describe('S', "none"), new Sync());
            assertEquals("ParameterDescription, NoData, ZE", RawClient.brief(client.untilReady()));
        }
    }

    @Test
    void anEmptyStatementsParametersAreLookedUpToo() throws IOException {
        try (RawClient client = RawClient.connected(server.addresses().getFirst())) {
            client.send(new Parse("", "", new int[] {1310743}), new Bind("", "", new short[0], Values.of(Optional.of(new byte[] {'1'})),
                    new short[0]), new Sync());
            List<BackendMessage> answer = client.untilReady();
            assertEquals("ParseComplete, ERROR XX000, ZI", RawClient.brief(answer));
            assertEquals("cache lookup failed for type 1310743", ((ErrorResponse) answer.get(1)).report().message());
            client.send(new Parse("", "", new int[0]), bind(), new Execute("", 0), new Sync());
            assertEquals("ParseComplete, BindComplete, EmptyQueryResponse, ZI", RawClient.brief(client.untilReady()));
        }
    }

    private static Bind bind() {
        return new Bind("", "", new short[0], Values.NONE, new short[0]);
    }

    @Test
    void startupSettingsHoldAndAreReported() throws IOException {
        try (RawClient client = RawClient.connected(server.addresses().getFirst(), 0x30000,
                Map.of("user", "postgres", "TimeZone", "Europe/Berlin", "options", "-c work_mem=8MB"))) {
            client.query("show work_mem; show timezone");
            List<BackendMessage> answer = client.untilReady();
            assertEquals("8MB", value(answer.get(1)));
            assertEquals("Europe/Berlin", value(answer.get(4)));
        }
    }

    private static String value(BackendMessage row) {
        return new String(((DataRow) row).values().get(0).orElseThrow());
    }

    @Test
    void aTransactionThatFailsSaysSoInItsStatus() throws IOException {
        try (RawClient client = RawClient.connected(server.addresses().getFirst())) {
            assertEquals("BEGIN, ZT", client.answer("begin"));
            client.send(new byte[] {'Q', 0, 0, 0, 6, (byte) 0xff, 0});
            assertEquals("ERROR 22021, ZE", RawClient.brief(client.untilReady()));
            assertEquals("ERROR 25P02, ZE", client.answer("select 1"));
            assertEquals("ROLLBACK, ZI", client.answer("rollback"));
        }
    }
}
