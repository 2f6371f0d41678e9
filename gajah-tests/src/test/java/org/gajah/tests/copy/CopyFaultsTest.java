package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gajah.tests.servers.GajahServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/**
 * Connections break before and within every message of a COPY, both ways: afterwards the server has no session, lock or row of it
 * left, and one that survives runs the next query.
 */
class CopyFaultsTest {
    private static final String DONE = "T, D next, SELECT 1, Z I";

    @RegisterExtension
    static final GajahServer GAJAH = new GajahServer();

    /** What a client does through the proxy. Each step is sent and answered before the next. */
    enum Script {
        COPY_IN {
            @Override
            String run(CopyClient c) throws IOException {
                c.query("BEGIN; UPDATE held SET a = 1").ask();
                c.query("COPY t FROM STDIN").send().next();
                c.data("1\tx\n").send().data("2\ty\n3").send().data("\tz\n").done().ask();
                c.query("COMMIT").ask();
                return c.query("SELECT 'next'").ask();
            }
        },
        COPY_IN_EXTENDED {
            @Override
            String run(CopyClient c) throws IOException {
                c.parse("COPY t FROM STDIN").bind().execute(0).flush().send();
                c.next();
                c.next();
                c.next();
                c.data("1\tx\n").send().data("2\ty\n3\tz\n").done().sync().ask();
                return c.query("SELECT 'next'").ask();
            }
        },
        COPY_IN_THAT_FAILS {
            @Override
            String run(CopyClient c) throws IOException {
                c.query("COPY t FROM STDIN").send().next();
                c.data("1\tx\n").data("y\ty\n").data("3\tx\n").ask();
                c.fail("too late").send();
                return c.query("SELECT 'next'").ask();
            }
        },
        COPY_OUT {
            @Override
            String run(CopyClient c) throws IOException {
                c.query("BEGIN; LOCK held").ask();
                c.query("COPY (SELECT i, repeat('x', 50) FROM generate_series(1, 6) i) TO STDOUT").ask();
                c.query("COMMIT").ask();
                return c.query("SELECT 'next'").ask();
            }
        };

        abstract String run(CopyClient client) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void nothingIsLeftWhateverBreaksAtAnyMessage(Script script) throws Exception {
        int port = GAJAH.port();
        try (CopyClient control = new CopyClient(port, "postgres")) {
            control.query("DROP TABLE IF EXISTS t, held; CREATE TABLE t (a int, b text); CREATE TABLE held (a int)").ask();
            FaultProxy.Place nowhere = new FaultProxy.Place(FaultProxy.Way.TO_SERVER, -1, false);
            int[] messages = new int[FaultProxy.Way.values().length];
            try (FaultProxy proxy = new FaultProxy(port, FaultProxy.Fault.NONE, nowhere); CopyClient client = new CopyClient(proxy.port(), port, "postgres")) {
                assertEquals(DONE, script.run(client));
                for (FaultProxy.Way way : FaultProxy.Way.values()) {
                    messages[way.ordinal()] = proxy.count(way);
                }
            }
            assertNothingLeft(control, "a run without a fault");
            for (FaultProxy.Fault fault : FaultProxy.Fault.values()) {
                for (FaultProxy.Way way : FaultProxy.Way.values()) {
                    for (int i = 0; i < 2 * messages[way.ordinal()] && fault != FaultProxy.Fault.NONE; i++) {
                        breakAt(script, port, fault, new FaultProxy.Place(way, i / 2, i % 2 == 1), control);
                    }
                }
            }
            String place = control.query("INSERT INTO t VALUES (1) RETURNING ctid").ask();
            assertTrue(place.matches("T, D \\([01],.*"), "COPYs that broke have left pages: " + place);
        }
    }

    private static void breakAt(Script script, int port, FaultProxy.Fault fault, FaultProxy.Place place, CopyClient control) throws Exception {
        String what = script + ", " + fault + " at " + place;
        try (FaultProxy proxy = new FaultProxy(port, fault, place)) {
            FutureTask<String> run = new FutureTask<>(() -> {
                try (CopyClient client = new CopyClient(proxy.port(), port, "postgres")) {
                    return script.run(client);
                }
            });
            Thread thread = Thread.ofVirtual().start(run);
            if (fault == FaultProxy.Fault.STALL) {
                proxy.awaitFault();
                control.query("SELECT count(pg_terminate_backend(pid)) >= 0 FROM pg_stat_activity WHERE pid <> pg_backend_pid()").ask();
                proxy.cut();
            }
            thread.join();
            assertTrue(proxy.hasHappened(), what);
            if (fault == FaultProxy.Fault.SPLIT) {
                assertEquals(DONE, run.get(), what);
            } else if (run.state() == FutureTask.State.FAILED) {
                Throwable reason = run.exceptionNow();
                assertTrue(reason instanceof IOException, () -> what + ": " + new ExecutionException(reason));
            }
        }
        assertNothingLeft(control, what);
    }

    private static void assertNothingLeft(CopyClient control, String what) throws IOException {
        String others = "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()), "
                + "(SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid())";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String left = control.query(others).ask();
        while (!left.equals("T, D 0|0, SELECT 1, Z I")) {
            assertTrue(System.nanoTime() < deadline, () -> what + ": sessions and locks are left: " + sessions(control));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            left = control.query(others).ask();
        }
        String rows = control.query("BEGIN; LOCK t, held IN ACCESS EXCLUSIVE MODE NOWAIT; SELECT count(*) FROM t; DELETE FROM t; COMMIT").ask();
        assertTrue(rows.contains("D 0,") || rows.contains("D 3,"), () -> what + ": part of the rows: " + rows);
    }

    private static String sessions(CopyClient control) {
        try {
            return control.query("SELECT pid, state, query, wait_event FROM pg_stat_activity").ask();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void pgjdbcCopiesAcrossMessagesInPieces() throws Exception {
        FaultProxy.Place begin = new FaultProxy.Place(FaultProxy.Way.TO_SERVER, 0, true);
        for (FaultProxy.Place place : List.of(begin, new FaultProxy.Place(FaultProxy.Way.TO_CLIENT, 0, false))) {
            try (FaultProxy proxy = new FaultProxy(GAJAH.port(), FaultProxy.Fault.SPLIT, place);
                    Connection connection = jdbc(proxy.port()); Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE pieces (a int, b text)");
                assertEquals(2, connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY pieces FROM STDIN", new StringReader("1\tx\n2\ty\n")));
                StringWriter out = new StringWriter();
                connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY pieces TO STDOUT", out);
                assertEquals("1\tx\n2\ty\n", out.toString());
                assertTrue(statement.executeQuery("SELECT 1").next());
            }
        }
    }

    private static Connection jdbc(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }
}
