package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.Socket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A connection that runs on its client's thread while that waits: what needs a thread of its own gets one, and nothing waits for itself. */
public class HostedConnectionTest {
    private final Gajah gajah = Gajah.inMemory();
    private Connection connection;

    /** Public, as a class with functions of the database must be. */
    public HostedConnectionTest() {
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = gajah.dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        gajah.close();
    }

    private static String one(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(sql)) {
            assertTrue(r.next());
            return r.getString(1);
        }
    }

    /** A function of the database: which thread runs it. */
    public static String thread() {
        return Thread.currentThread().getName();
    }

    @Test
    void aStatementRunsOnTheThreadThatWaitsForIt() throws SQLException {
        assertTrue(hosted() > 0);
    }

    @Test
    void aTransactionRunsOnTheThreadThatWaitsForItFromItsBeginning() throws SQLException {
        connection.setAutoCommit(false);
        assertTrue(hosted() > 0);
    }

    /** How many of 100 statements, each the first of its transaction, ran on this thread: a connection that has got a thread may stay there for a while. */
    private int hosted() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE FUNCTION thread() RETURNS text LANGUAGE java AS 'org.gajah.server.embed.HostedConnectionTest.thread'");
        }
        int hosted = 0;
        for (int i = 0; i < 100; i++) {
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            hosted += one(connection, "SELECT thread()").equals(Thread.currentThread().getName()) ? 1 : 0;
        }
        return hosted;
    }

    @Test
    void aCopyBehindAnotherStatementInOneTextWorks() throws SQLException, IOException {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE t (a int)");
        }
        try (Socket socket = new MemorySocketFactory(((Embedded) gajah).key()).createSocket()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            greet(in, out);
            send(out, 'Q', "BEGIN; COPY t FROM STDIN; COMMIT\0");
            skipTo(in, 'G');
            send(out, 'd', "1\n");
            send(out, 'c', "");
            skipTo(in, 'Z');
            assertEquals("1", one(connection, "SELECT count(*) FROM t"));
        }
    }

    @Test
    void aLargeResultIsReadWhileItIsMade() throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet r = s.executeQuery("SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i")) {
            int count = 0;
            while (r.next()) {
                assertEquals(++count, r.getInt(1));
            }
            assertEquals(20_000, count);
        }
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE t (a int, b text)");
            assertTrue(s.execute("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 5000) i RETURNING a, b"));
            assertEquals("5000", one(connection, "SELECT count(*) FROM t"));
        }
    }

    @Test
    void anErrorInTheMiddleOfALargeResultEndsIt() throws SQLException {
        SQLException failed = assertThrows(SQLException.class,
                () -> one(connection, "SELECT repeat('x', 1000 / (5000 - i)) || repeat('y', 900) FROM generate_series(1, 6000) i"));
        assertEquals("22012", failed.getSQLState());
        assertEquals("1", one(connection, "SELECT 1"));
    }

    @Test
    void aLargeResultIsReadInPieces() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            s.setFetchSize(3000);
            try (ResultSet r = s.executeQuery("SELECT i, repeat('x', 1000) FROM generate_series(1, 10000) i")) {
                int count = 0;
                while (r.next()) {
                    count++;
                    if (count % 2500 == 0) {
                        assertEquals("7", one(connection, "SELECT 7"));
                    }
                }
                assertEquals(10_000, count);
            }
        }
        connection.commit();
    }

    @Test
    void largeValuesAndBatchesGoIn() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE t (a int, b text)");
        }
        try (PreparedStatement p = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 0; i < 300; i++) {
                p.setInt(1, i);
                p.setString(2, "y".repeat(i == 7 ? 3_000_000 : 1000));
                p.addBatch();
            }
            assertEquals(300, p.executeBatch().length);
        }
        assertEquals("3299000", one(connection, "SELECT sum(length(b)) FROM t"));
    }

    @Test
    void copyGoesBothWays() throws Exception {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE t (a int, b text)");
        }
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            rows.append(i).append("\tsome text\n");
        }
        assertEquals(50_000, copy.copyIn("COPY t FROM STDIN", new StringReader(rows.toString())));
        StringWriter back = new StringWriter();
        assertEquals(50_000, copy.copyOut("COPY t TO STDOUT", back));
        assertEquals(rows.toString(), back.toString());
        assertEquals("50000", one(connection, "SELECT count(*) FROM t"));
    }

    @Test
    void threadsWithLittleStackAndVirtualOnesAreServed() throws Exception {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Runnable work = () -> {
            try (Connection c = gajah.dataSource().getConnection()) {
                assertEquals("5050", one(c, "SELECT sum(i) FROM generate_series(1, 100) i"));
            } catch (SQLException | AssertionError e) {
                failed.set(e);
            }
        };
        Thread little = new Thread(null, work, "little", 200 << 10);
        little.start();
        Thread virtual = Thread.ofVirtual().start(work);
        little.join();
        virtual.join();
        assertEquals(null, failed.get());
    }

    @Test
    void aCommandRunsThoughNobodyComesForItsAnswer() throws Exception {
        String begun = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
        try (Socket socket = new MemorySocketFactory(((Embedded) gajah).key()).createSocket()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            greet(in, out);
            send(out, 'P', "\0SELECT pg_advisory_lock(77)\0\0\0");
            send(out, 'B', "\0\0\0\0\0\0\0\0");
            send(out, 'E', "\0\0\0\0\0");
            send(out, 'S', "");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!one(connection, begun).equals("1")) {
                assertTrue(System.nanoTime() < end, "it does not run");
            }
        }
    }

    private static void greet(DataInputStream in, DataOutputStream out) throws IOException {
        send(out, 0, "\0\3\0\0user\0postgres\0database\0postgres\0\0");
        skipTo(in, 'Z');
    }

    /** Reads messages up to one of that type. */
    private static void skipTo(DataInputStream in, int type) throws IOException {
        int read;
        do {
            read = in.readByte();
            in.skipNBytes(in.readInt() - 4);
        } while (read != type);
    }

    private static void send(DataOutputStream out, int type, String body) throws IOException {
        if (type != 0) {
            out.writeByte(type);
        }
        out.writeInt(body.length() + 4);
        out.writeBytes(body);
        out.flush();
    }

    @Test
    void theEndOfTheServerReachesConnectionsThatWait() throws SQLException {
        one(connection, "SELECT 1");
        gajah.close();
        SQLException ended = assertThrows(SQLException.class, () -> one(connection, "SELECT 1"));
        assertFalse(ended.getSQLState().isEmpty());
    }
}
