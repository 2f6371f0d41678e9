package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** A statement that waits, for whatever, ends when it is cancelled, terminated, or has waited as long as it may. */
class WaitsTest {
    /** What a statement waits for, held by another session's open transaction if there is something to hold. */
    enum Wait {
        ROW("UPDATE held SET b = 1 WHERE a = 1", "UPDATE held SET b = 2 WHERE a = 1", true),
        ROW_SHARE("UPDATE held SET b = 1 WHERE a = 1", "SELECT * FROM held WHERE a = 1 FOR SHARE", true),
        KEY("INSERT INTO held VALUES (2, 1)", "INSERT INTO held VALUES (2, 1)", true),
        PARENT("DELETE FROM held WHERE a = 1", "INSERT INTO child VALUES (1)", true),
        TABLE("LOCK TABLE held", "SELECT count(*) FROM held", true),
        DEFINITION("SELECT count(*) FROM held", "ALTER TABLE held ADD COLUMN c int", true),
        INDEX("INSERT INTO held VALUES (3, 1)", "CREATE INDEX ON held (b)", true),
        ADVISORY("SELECT pg_advisory_lock(7)", "SELECT pg_advisory_lock(7)", true),
        SLEEP("SELECT 1", "SELECT pg_sleep(1000)", false),
        NOTHING("SELECT 1", "SELECT count(*) FROM generate_series(1, 1000000000000)", false),
        JOIN("SELECT 1", "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b", false),
        RECURSION("SELECT 1", "WITH RECURSIVE r(n) AS (VALUES (1::bigint) UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r", false),
        PATTERN("SELECT 1", "SELECT count(*) FROM generate_series(1, 100000000) i WHERE repeat('a', 500) ~ ('a*a*a*b' || i)", false);

        private final String holding;
        private final String waiting;
        private final boolean lock;

        Wait(String holding, String waiting, boolean lock) {
            this.holding = holding;
            this.waiting = waiting;
            this.lock = lock;
        }
    }

    private static final long SHORTLY_SECONDS = 20;

    private static Gajah gajah;
    private static ExecutorService threads;
    private Connection holder;
    private Connection waiter;

    @BeforeAll
    static void open() throws SQLException {
        gajah = Gajah.inMemory();
        threads = Executors.newCachedThreadPool();
        try (Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            s.execute("CREATE TABLE held (a int PRIMARY KEY, b int)");
            s.execute("CREATE TABLE child (a int REFERENCES held)");
            s.execute("INSERT INTO held VALUES (1, 0)");
        }
    }

    @AfterAll
    static void shut() {
        threads.shutdownNow();
        gajah.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        holder = gajah.dataSource().getConnection();
        holder.setAutoCommit(false);
        waiter = gajah.dataSource().getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        holder.rollback();
        holder.close();
        waiter.close();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(sql);
        }
    }

    private SQLException failure(String sql) {
        long start = System.nanoTime();
        SQLException failure = assertThrows(SQLException.class, () -> run(waiter, sql));
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SHORTLY_SECONDS), "took too long: " + sql);
        return failure;
    }

    private static void assertFailed(String state, String message, SQLException failure) {
        assertEquals(state, failure.getSQLState(), failure.getMessage());
        assertTrue(failure.getMessage().contains(message), failure.getMessage());
    }

    private void assertUsable() throws SQLException {
        run(waiter, "SET statement_timeout = 0");
        run(waiter, "SET lock_timeout = 0");
        run(waiter, "SELECT 1");
    }

    @ParameterizedTest
    @EnumSource
    void statementTimeout(Wait wait) throws SQLException {
        run(holder, wait.holding);
        run(waiter, "SET statement_timeout = '150ms'");
        assertFailed("57014", "canceling statement due to statement timeout", failure(wait.waiting));
        assertUsable();
    }

    @ParameterizedTest
    @EnumSource
    void lockTimeout(Wait wait) throws SQLException {
        run(holder, wait.holding);
        run(waiter, "SET lock_timeout = '100ms'");
        run(waiter, "SET statement_timeout = '5s'");
        if (wait.lock) {
            assertFailed("55P03", "canceling statement due to lock timeout", failure(wait.waiting));
        } else {
            assertFailed("57014", "canceling statement due to statement timeout", failure(wait.waiting));
        }
        assertUsable();
    }

    @ParameterizedTest
    @EnumSource
    void transactionTimeout(Wait wait) throws SQLException {
        run(holder, wait.holding);
        run(waiter, "SET transaction_timeout = '150ms'");
        assertFailed("25P04", "terminating connection due to transaction timeout", failure(wait.waiting));
        assertTrue(waiter.isClosed());
    }

    /** Runs the waiting statement until the other session sees it waiting or running, then does something to it. */
    private SQLException interrupted(Wait wait, String function) throws Exception {
        run(holder, wait.holding);
        int processId = waiter.unwrap(PGConnection.class).getBackendPID();
        Future<SQLException> failed = threads.submit(() -> failure(wait.waiting));
        try (Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            String seen = "SELECT count(*) FROM pg_stat_activity WHERE pid = " + processId + " AND state = 'active' AND query LIKE '"
                    + wait.waiting.substring(0, 20) + "%'" + (wait.lock ? " AND cardinality(pg_blocking_pids(pid)) > 0" : "");
            boolean active = false;
            while (!active) {
                assertFalse(failed.isDone(), "the statement did not wait");
                try (ResultSet r = s.executeQuery(seen)) {
                    r.next();
                    active = r.getInt(1) > 0;
                }
            }
            s.execute("SELECT " + function + "(" + processId + ")");
        }
        return failed.get();
    }

    @ParameterizedTest
    @EnumSource
    void cancel(Wait wait) throws Exception {
        assertFailed("57014", "canceling statement due to user request", interrupted(wait, "pg_cancel_backend"));
        assertUsable();
    }

    @ParameterizedTest
    @EnumSource
    void terminate(Wait wait) throws Exception {
        assertFailed("57P01", "terminating connection due to administrator command", interrupted(wait, "pg_terminate_backend"));
        assertTrue(waiter.isClosed());
    }

    @Test
    void aCopyThatWaitsForItsClientTimesOut() throws Exception {
        run(waiter, "SET statement_timeout = '150ms'");
        CountDownLatch end = new CountDownLatch(1);
        InputStream stalled = new InputStream() {
            private int sent;

            @Override
            public int read() throws IOException {
                if (sent++ < 2) {
                    return sent == 1 ? '5' : '\t';
                }
                try {
                    end.await(2, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int b = read();
                into[offset] = (byte) b;
                return b < 0 ? -1 : 1;
            }
        };
        assertFailed("57014", "canceling statement due to statement timeout", assertThrows(SQLException.class,
                () -> waiter.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY held FROM STDIN", stalled, 1)));
        end.countDown();
        assertUsable();
    }

    @Test
    void idleTimeoutsEndTheSession() throws Exception {
        run(waiter, "SET idle_session_timeout = '100ms'");
        assertEnds("57P05", "terminating connection due to idle-session timeout");
        waiter = gajah.dataSource().getConnection();
        run(waiter, "SET idle_in_transaction_session_timeout = '100ms'");
        waiter.setAutoCommit(false);
        run(waiter, "UPDATE held SET b = 3 WHERE a = 1");
        assertEnds("25P03", "terminating connection due to idle-in-transaction timeout");
        run(holder, "SET LOCAL lock_timeout = '10s'");
        run(holder, "UPDATE held SET b = 4 WHERE a = 1");
        waiter = gajah.dataSource().getConnection();
        run(waiter, "SET transaction_timeout = '100ms'");
        waiter.setAutoCommit(false);
        run(waiter, "SELECT 1");
        assertEnds("25P04", "terminating connection due to transaction timeout");
    }

    /** The session's end is seen from outside, without a word from its client. */
    private void assertEnds(String state, String message) throws SQLException {
        int processId = waiter.unwrap(PGConnection.class).getBackendPID();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHORTLY_SECONDS);
        try (Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            boolean there = true;
            while (there) {
                assertTrue(System.nanoTime() < end, "it does not end");
                try (ResultSet r = s.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE pid = " + processId)) {
                    r.next();
                    there = r.getInt(1) > 0;
                }
            }
        }
        assertFailed(state, message, assertThrows(SQLException.class, () -> run(waiter, "SELECT 1")));
    }

    @Test
    void aTimeoutOfOneStatementDoesNotReachTheNext() throws SQLException, ExecutionException, InterruptedException {
        run(waiter, "SET statement_timeout = '30ms'");
        int failed = 0;
        for (int i = 0; i < 40; i++) {
            try {
                run(waiter, "SELECT pg_sleep(0.0" + (i % 4 + 1) + ")");
            } catch (SQLException e) {
                assertFailed("57014", "statement timeout", e);
                failed++;
            }
            run(waiter, "SET work_mem = '1MB'");
        }
        assertTrue(failed >= 10, failed + " of those that sleep longer");
    }
}
