package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.gajah.tests.servers.GajahServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** COPYs that somebody ends before they are done. */
class CopyInterruptionTest {
    private static final String MANY_ROWS = "COPY (SELECT i, repeat('x', 1000) FROM generate_series(1, 1000000) i) TO STDOUT";

    @RegisterExtension
    static final GajahServer GAJAH = new GajahServer();

    @BeforeEach
    void makeTable() throws IOException {
        try (CopyClient client = client()) {
            client.query("DROP TABLE IF EXISTS t; CREATE TABLE t (a int, b text)").ask();
        }
    }

    private static CopyClient client() throws IOException {
        return new CopyClient(GAJAH.port(), "postgres");
    }

    @Test
    void c11CancelEndsACopyThatWaitsForItsClientAtOnce() throws IOException {
        try (CopyClient client = client()) {
            client.query("COPY t FROM STDIN").data("1\tx\n").send().next();
            client.cancel();
            assertEquals("E 57014 canceling statement due to user request / COPY t, line 2, Z I", String.join(", ", client.answer(1)));
            assertEquals("T, SELECT 0, Z I", client.data("2\ty\n").done().query("TABLE t").ask());
        }
    }

    @Test
    void c11CancelInTheExtendedProtocolSkipsToSync() throws IOException {
        try (CopyClient client = client()) {
            client.query("BEGIN").ask();
            client.parse("COPY t FROM STDIN").bind().execute(0).flush().send();
            client.next();
            client.next();
            assertEquals("G text 2", client.next());
            client.cancel();
            assertEquals("E 57014 canceling statement due to user request / COPY t, line 1", client.next());
            assertEquals("Z E", client.data("1\tx\n").done().sync().ask());
        }
    }

    @Test
    void c11StatementTimeoutEndsACopyThatWaitsForItsClient() throws IOException {
        try (CopyClient client = client()) {
            client.query("SET statement_timeout = '50ms'").ask();
            assertEquals("G text 2, E 57014 canceling statement due to statement timeout / COPY t, line 1, Z I",
                    client.query("COPY t FROM STDIN").ask());
            assertEquals("T, SELECT 0, Z I", client.query("TABLE t").ask());
        }
    }

    @Test
    void c11IdleInTransactionTimeoutDoesNotFireInACopy() throws IOException {
        try (CopyClient client = client(); CopyClient other = client()) {
            client.query("SET idle_in_transaction_session_timeout = '1ms'; BEGIN; COPY t FROM STDIN").send();
            client.next();
            client.next();
            assertEquals("G text 2", client.next());
            assertEquals("T, D f, SELECT 1, Z I", other.query("SELECT pg_sleep(0.05) IS NULL").ask());
            assertEquals("COPY 1, Z T", client.data("1\tx\n").done().ask());
        }
    }

    @Test
    void c12CancelFreesACopyWhoseClientDoesNotRead() throws IOException {
        try (CopyClient client = client(); CopyClient other = client()) {
            client.query(MANY_ROWS).send();
            letItBlock(client, other);
            client.cancel();
            String answer = String.join(", ", client.answer(1));
            assertTrue(answer.matches("d…, E 57014 canceling statement due to user request, Z I"), answer);
            assertEquals("T, D 1, SELECT 1, Z I", client.query("SELECT 1").ask());
        }
    }

    @Test
    void c12TerminationFreesACopyWhoseClientDoesNotRead() throws IOException {
        try (CopyClient client = client(); CopyClient other = client()) {
            client.query("BEGIN; LOCK t").ask();
            client.query(MANY_ROWS).send();
            letItBlock(client, other);
            assertEquals("T, D t, SELECT 1, Z I", other.query("SELECT pg_terminate_backend(" + client.processId() + ", 10000)").ask());
            assertEquals("BEGIN, LOCK TABLE, COMMIT, Z I", other.query("BEGIN; LOCK t; COMMIT").ask());
        }
    }

    @Test
    void c12AServerWhoseClientDoesNotReadMakesNoMoreThanSocketsHold() throws IOException {
        try (CopyClient client = client(); CopyClient other = client()) {
            client.query(MANY_ROWS).send();
            letItBlock(client, other);
            String asked = "SELECT bytes_processed < 64000000 FROM pg_stat_progress_copy WHERE pid = " + client.processId();
            assertEquals("T, D t, SELECT 1, Z I", other.query(asked).ask());
            client.cancel();
        }
    }

    /** Gives the server the time to fill the sockets' buffers; if it is slower, the test shows less and fails no more. */
    private static void letItBlock(CopyClient client, CopyClient other) throws IOException {
        assertEquals("H text 2", client.next());
        other.query("SELECT pg_sleep(0.3)").ask();
    }

    @Test
    void c13AClientThatVanishesLeavesNoRowsAndNoLocks() throws IOException {
        try (CopyClient client = client()) {
            client.query("BEGIN; LOCK t").ask();
            client.query("COPY t FROM STDIN").data("1\tx\n".repeat(5000)).send().next();
        }
        try (CopyClient other = client()) {
            assertEquals("T, D 0, SELECT 1, Z I", other.query("SELECT count(*) FROM t").ask());
        }
    }

    @Test
    void c17PgjdbcCancelsACopyInAndGoesOn() throws SQLException {
        try (Connection connection = jdbc(); Statement statement = connection.createStatement()) {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY t FROM STDIN");
            byte[] row = "1\tx\n".getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(row, 0, row.length);
            copy.cancelCopy();
            assertTrue(statement.executeQuery("SELECT 1").next());
            SQLException twice = assertThrows(SQLException.class, copy::cancelCopy);
            assertTrue(twice.getMessage().contains("nactive"), twice.getMessage());
        }
    }

    /** The driver leaves the answer to its cancel request to the next statement, also with PostgreSQL. */
    @Test
    void c17PgjdbcCancelsACopyOutAndGoesOn() throws SQLException {
        for (int i = 0; i < 5; i++) {
            try (Connection connection = jdbc(); Statement statement = connection.createStatement()) {
                CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(MANY_ROWS);
                copy.readFromCopy();
                copy.cancelCopy();
                assertEquals("57014", assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 1")).getSQLState());
                assertTrue(statement.executeQuery("SELECT 1").next());
            }
        }
    }

    private static Connection jdbc() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + GAJAH.port() + "/postgres", "postgres", "");
    }
}
