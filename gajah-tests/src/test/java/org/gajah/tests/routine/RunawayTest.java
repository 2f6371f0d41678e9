package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.gajah.api.Gajah;
import org.gajah.server.embed.EmbeddedProvider;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** Code on the embedding program's class path that polls nothing and does not stop (S24): it loses its session, and nobody else anything. */
class RunawayTest {
    private static final Map<String, String> SETTINGS = Map.of("gajah.java_class_path", "on", "gajah.runaway_grace", "150");
    private static final String TOLD = "terminating connection because a Java routine does not stop";

    /** A loop without an end, until the test says so; then it tries to write, and says what came of that. */
    private static final class Loop {
        final AtomicBoolean begun = new AtomicBoolean();
        final AtomicBoolean stopped = new AtomicBoolean();
        final CompletableFuture<String> after = new CompletableFuture<>();

        Loop() {
            Scripted.does(spi -> {
                begun.set(true);
                while (!stopped.get()) {
                    Thread.onSpinWait();
                }
                try {
                    spi.execute("UPDATE kept SET v = 3");
                    after.complete("written");
                } catch (RuntimeException e) {
                    after.complete(e.getMessage());
                }
                return "returned";
            });
        }

        void awaitBeginning() {
            while (!begun.get()) {
                Thread.onSpinWait();
            }
        }
    }

    private static Connection connect(Target target) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + target.port() + "/postgres?user=postgres");
    }

    private static void tables(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("CREATE TABLE kept (v int)");
            s.execute("INSERT INTO kept VALUES (1)");
            s.execute("CREATE FUNCTION runs() RETURNS text LANGUAGE java AS 'org.gajah.tests.routine.Scripted.function'");
        }
    }

    private static int processId(Statement s) throws SQLException {
        try (ResultSet r = s.executeQuery("SELECT pg_backend_pid()")) {
            r.next();
            return r.getInt(1);
        }
    }

    /** Runs a statement that fails on another thread, and gives what it failed with. */
    private static CompletableFuture<PSQLException> failing(Statement s, String sql) {
        return CompletableFuture.supplyAsync(() -> assertThrows(PSQLException.class, () -> s.execute(sql)));
    }

    private static void assertFree(Connection other, int processId) throws SQLException {
        assertFree(other, processId, "1");
    }

    private static void assertFree(Connection other, int processId, String kept) throws SQLException {
        try (Statement s = other.createStatement()) {
            while (!RoutineFixture.rows(s, "SELECT 1 FROM pg_stat_activity WHERE pid = " + processId).isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(List.of(kept), RoutineFixture.rows(s, "SELECT v FROM kept FOR UPDATE NOWAIT"));
            assertEquals(List.of(), RoutineFixture.rows(s, "SELECT 1 FROM pg_locks WHERE pid = " + processId));
            s.execute("UPDATE kept SET v = v");
        }
    }

    @Test
    void s24ACancelTakesTheSessionFromItsThread() throws Exception {
        Loop loop = new Loop();
        try (Target gajah = Targets.gajah(SETTINGS); Connection c = connect(gajah); Statement s = c.createStatement(); Connection other = connect(gajah);
                Statement o = other.createStatement()) {
            tables(c);
            int id = processId(s);
            s.execute("BEGIN");
            s.execute("UPDATE kept SET v = 2");
            CompletableFuture<PSQLException> failure = failing(s, "SELECT runs()");
            loop.awaitBeginning();
            assertEquals(List.of("t"), RoutineFixture.rows(o, "SELECT pg_cancel_backend(" + id + ")"));
            PSQLException told = failure.get(30, TimeUnit.SECONDS);
            assertEquals("57P01 " + TOLD, told.getSQLState() + " " + told.getServerErrorMessage().getMessage());
            assertEquals("FATAL", told.getServerErrorMessage().getSeverity());
            assertFree(other, id);
            loop.stopped.set(true);
            assertEquals(TOLD, loop.after.get(30, TimeUnit.SECONDS), "its SPI is dead");
            assertEquals(List.of("1"), RoutineFixture.rows(o, "SELECT v FROM kept"));
            assertEquals(List.of("0"), RoutineFixture.rows(o, "SELECT count(*) FROM kept WHERE v <> 1"));
        }
    }

    @Test
    void s24ATimeoutDoesSoToo() throws Exception {
        Loop loop = new Loop();
        try (Target gajah = Targets.gajah(SETTINGS); Connection c = connect(gajah); Statement s = c.createStatement(); Connection other = connect(gajah)) {
            tables(c);
            int id = processId(s);
            s.execute("SET statement_timeout = 1500");
            PSQLException told = failing(s, "UPDATE kept SET v = length(runs())").get(30, TimeUnit.SECONDS);
            assertEquals("57P01", told.getSQLState());
            assertFree(other, id);
            loop.stopped.set(true);
            assertEquals(TOLD, loop.after.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void codeThatWaitsForeverIsLeftBehindAsWell() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        AtomicBoolean begun = new AtomicBoolean();
        Scripted.does(spi -> {
            begun.set(true);
            never.get();
            return "over";
        });
        try (Target gajah = Targets.gajah(SETTINGS); Connection c = connect(gajah); Statement s = c.createStatement(); Connection other = connect(gajah);
                Statement o = other.createStatement()) {
            tables(c);
            int id = processId(s);
            CompletableFuture<PSQLException> failure = failing(s, "DO $$ BEGIN UPDATE kept SET v = 5; PERFORM runs(); EXCEPTION WHEN OTHERS THEN UPDATE kept SET v = 6; END $$");
            while (!begun.get()) {
                Thread.onSpinWait();
            }
            RoutineFixture.rows(o, "SELECT pg_terminate_backend(" + id + ")");
            assertEquals("57P01", failure.get(30, TimeUnit.SECONDS).getSQLState());
            assertFree(other, id);
            never.complete(null);
            assertEquals(List.of("1"), RoutineFixture.rows(o, "SELECT v FROM kept"));
        }
    }

    @Test
    void anActionBehindACommitIsLeftBehindAndTheCommitStands() throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean stopped = new AtomicBoolean();
        Scripted.does(spi -> {
            spi.execute("UPDATE kept SET v = 7");
            spi.onCommit(() -> {
                begun.set(true);
                while (!stopped.get()) {
                    Thread.onSpinWait();
                }
            });
            return "done";
        });
        for (String sql : List.of("SELECT runs()", "COMMIT", "CALL runs_procedure()")) {
            try (Target gajah = Targets.gajah(SETTINGS); Connection c = connect(gajah); Statement s = c.createStatement(); Connection other = connect(gajah);
                    Statement o = other.createStatement()) {
                tables(c);
                s.execute("CREATE PROCEDURE runs_procedure() LANGUAGE plpgsql AS $$ BEGIN PERFORM runs(); COMMIT; UPDATE kept SET v = 9; END $$");
                int id = processId(s);
                if (sql.equals("COMMIT")) {
                    s.execute("BEGIN");
                    s.execute("SELECT runs()");
                }
                begun.set(false);
                stopped.set(false);
                CompletableFuture<PSQLException> failure = failing(s, sql);
                while (!begun.get()) {
                    Thread.onSpinWait();
                }
                RoutineFixture.rows(o, "SELECT pg_cancel_backend(" + id + ")");
                PSQLException told = failure.get(30, TimeUnit.SECONDS);
                assertEquals("57P01 " + TOLD, told.getSQLState() + " " + told.getServerErrorMessage().getMessage(), sql);
                assertFree(other, id, "7");
                stopped.set(true);
                assertEquals(List.of("7"), RoutineFixture.rows(o, "SELECT v FROM kept"), sql);
            }
        }
    }

    @Test
    void anActionBehindARollbackHoldsNobodyUp() throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean stopped = new AtomicBoolean();
        Scripted.does(spi -> {
            spi.execute("UPDATE kept SET v = 7");
            spi.onRollback(() -> {
                begun.set(true);
                while (!stopped.get()) {
                    Thread.onSpinWait();
                }
            });
            return "done";
        });
        Target gajah = Targets.gajah(SETTINGS);
        try (Connection other = connect(gajah)) {
            tables(other);
            int id;
            try (Connection c = connect(gajah); Statement s = c.createStatement()) {
                id = processId(s);
                s.execute("BEGIN");
                s.execute("SELECT runs()");
            }
            assertFree(other, id);
            while (!begun.get()) {
                Thread.onSpinWait();
            }
        }
        long begin = System.nanoTime();
        gajah.close();
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(9));
        stopped.set(true);
    }

    @Test
    void aBlockOfASubtransactionIsLeftBehindAsWell() throws Exception {
        Loop loop = new Loop();
        Scripted.Body inner = Scripted.body();
        Scripted.does(spi -> spi.subtransaction(() -> inner.run(spi)));
        try (Target gajah = Targets.gajah(SETTINGS); Connection c = connect(gajah); Statement s = c.createStatement(); Connection other = connect(gajah)) {
            tables(c);
            int id = processId(s);
            s.execute("SET statement_timeout = 1500");
            assertEquals("57P01", failing(s, "UPDATE kept SET v = length(runs())").get(30, TimeUnit.SECONDS).getSQLState());
            assertFree(other, id);
            loop.stopped.set(true);
            assertEquals(TOLD, loop.after.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void codeThatComesBackInTimeKeepsItsSession() throws Exception {
        Scripted.does(spi -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return spi.execute("SELECT 1").rows().row(0).getText(1);
        });
        try (Target gajah = Targets.gajah(Map.of("gajah.java_class_path", "on", "gajah.runaway_grace", "20000")); Connection c = connect(gajah);
                Statement s = c.createStatement()) {
            tables(c);
            s.execute("SET statement_timeout = 20");
            assertEquals("57014", failing(s, "SELECT runs()").get(30, TimeUnit.SECONDS).getSQLState());
            s.execute("SET statement_timeout = 0");
            assertEquals(List.of("1"), RoutineFixture.rows(s, "SELECT v FROM kept"));
        }
    }

    @Test
    void aServerStopsWithoutIt() throws Exception {
        Loop loop = new Loop();
        AtomicReference<CompletableFuture<PSQLException>> failure = new AtomicReference<>();
        Target gajah = Targets.gajah(SETTINGS);
        Connection c = connect(gajah);
        try (Statement s = c.createStatement()) {
            tables(c);
            failure.set(failing(s, "SELECT runs()"));
            loop.awaitBeginning();
            long begin = System.nanoTime();
            gajah.close();
            assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(9));
            assertEquals("57P01", failure.get().get(30, TimeUnit.SECONDS).getSQLState());
        }
        loop.stopped.set(true);
        assertEquals(TOLD, loop.after.get(30, TimeUnit.SECONDS));
        c.close();
    }

    @Test
    void theProgramsOwnThreadFreesItsSession(@TempDir Path directory) throws Exception {
        Loop loop = new Loop();
        try (Gajah gajah = new EmbeddedProvider().open(directory, SETTINGS); Connection c = gajah.dataSource().getConnection();
                Statement s = c.createStatement(); Connection other = gajah.dataSource().getConnection(); Statement o = other.createStatement()) {
            tables(c);
            int id = processId(s);
            s.execute("BEGIN");
            s.execute("UPDATE kept SET v = 2");
            CompletableFuture<PSQLException> failure = failing(s, "SELECT runs()");
            loop.awaitBeginning();
            RoutineFixture.rows(o, "SELECT pg_cancel_backend(" + id + ")");
            assertFree(other, id);
            loop.stopped.set(true);
            assertEquals("57P01", failure.get(30, TimeUnit.SECONDS).getSQLState());
        }
    }
}
