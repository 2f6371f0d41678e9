package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

import org.gajah.api.Gajah;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL behind foreign tables that ends connections, asks for passwords or goes away, and clients that go away. */
class RemoteFailuresTest {
    private static final String KILL = "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = 'postgres_fdw'";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static PostgresOracle server;
    private static Gajah gajah;
    private static Connection there;
    private static Connection here;

    @BeforeAll
    static void start() throws SQLException {
        server = PostgresOracle.start();
        gajah = Gajah.inMemory();
        there = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "");
        here = gajah.dataSource().getConnection();
        Lines.run(there, "CREATE TABLE t AS SELECT i AS id, repeat('x', 200) AS v FROM generate_series(1, 20000) i", "CREATE TABLE w (id int PRIMARY KEY)",
                "CREATE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = 1500 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$",
                "CREATE TRIGGER ends BEFORE INSERT ON w FOR EACH ROW EXECUTE FUNCTION ends()", "CREATE VIEW slow AS SELECT 1 AS a FROM pg_sleep(120)");
        Lines.run(here, "CREATE EXTENSION postgres_fdw",
                "CREATE SERVER pg FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + server.port() + "', dbname 'postgres', batch_size '1000')",
                "CREATE USER MAPPING FOR PUBLIC SERVER pg OPTIONS (user 'postgres', password_required 'false')",
                "CREATE FOREIGN TABLE t (id int, v text) SERVER pg", "CREATE FOREIGN TABLE w (id int) SERVER pg", "CREATE FOREIGN TABLE slow (a int) SERVER pg", "CREATE TABLE mine (id int)");
    }

    @BeforeEach
    void empty() throws SQLException {
        Lines.run(there, "TRUNCATE w");
        Lines.run(here, "ROLLBACK", "TRUNCATE mine");
    }

    @AfterAll
    static void stop() throws SQLException {
        here.close();
        gajah.close();
        there.close();
        server.close();
    }

    private static String state(String sql) {
        return assertThrows(SQLException.class, () -> Lines.run(here, sql), sql).getSQLState();
    }

    private static void await(String query, String wanted) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Lines.of(there, query).equals(List.of(wanted))) {
            assertTrue(System.nanoTime() < end, query);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfAScanIsAnErrorOfTheStatementAlone() throws SQLException {
        Lines.run(here, "BEGIN", "DECLARE c CURSOR FOR SELECT id, v FROM t");
        assertEquals(10, Lines.of(here, "FETCH 10 FROM c").size());
        Lines.run(there, KILL);
        assertEquals("08006", state("FETCH ALL FROM c"));
        assertEquals("25P02", state("SELECT 1"));
        Lines.run(here, "ROLLBACK");
        assertEquals(List.of("20000"), Lines.of(here, "SELECT count(*) FROM t"));
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfABatchLeavesNothing() throws SQLException {
        assertEquals("08006", state("INSERT INTO w SELECT generate_series(1, 3000)"));
        assertEquals(List.of("0"), Lines.of(here, "SELECT count(*) FROM w"));
        Lines.run(here, "INSERT INTO w SELECT generate_series(1, 1400)");
        assertEquals(List.of("1400"), Lines.of(there, "SELECT count(*) FROM w"));
    }

    @Test
    void aConnectionThatEndsBeforeCommitTakesTheLocalChangesAlong() throws SQLException {
        Lines.run(here, "BEGIN", "INSERT INTO mine VALUES (1)", "INSERT INTO w VALUES (1)");
        Lines.run(there, KILL);
        assertEquals("08006", state("COMMIT"));
        assertEquals(List.of("0|0"), Lines.of(here, "SELECT (SELECT count(*) FROM mine), (SELECT count(*) FROM w)"));
    }

    @Test
    void rollbackToASavepointNeverFailsButTheServerIsOutOfTheTransactionThen() throws SQLException {
        Lines.run(here, "BEGIN", "INSERT INTO mine VALUES (1)", "INSERT INTO w VALUES (1)", "SAVEPOINT s");
        Lines.run(there, KILL);
        assertEquals("08006", state("SELECT count(*) FROM t"));
        Lines.run(here, "ROLLBACK TO s", "INSERT INTO mine VALUES (2)");
        assertEquals("08000", state("SELECT count(*) FROM t"));
        Lines.run(here, "ROLLBACK TO s", "RELEASE s");
        assertEquals(List.of("1"), Lines.of(here, "SELECT id FROM mine"));
        assertEquals("08000", state("COMMIT"));
        assertEquals(List.of("0|0"), Lines.of(here, "SELECT (SELECT count(*) FROM mine), (SELECT count(*) FROM w)"));
    }

    @Test
    void aHandlerCatchesTheLossButTheTransactionCannotCommit() throws SQLException {
        assertEquals("08000", state("DO $$ BEGIN BEGIN INSERT INTO w VALUES (1500); EXCEPTION WHEN connection_failure THEN INSERT INTO mine VALUES (7); END;"
                + " BEGIN PERFORM FROM t; EXCEPTION WHEN connection_exception THEN INSERT INTO mine VALUES (8); END; END $$"));
        assertEquals(List.of("0|20000"), Lines.of(here, "SELECT (SELECT count(*) FROM mine), (SELECT count(*) FROM t)"));
    }

    @Test
    void aServerThatHasRestartedIsFoundAgain() throws Exception {
        assertEquals(List.of("20000"), Lines.of(here, "SELECT count(*) FROM t"));
        there.close();
        server.restart();
        there = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "");
        assertEquals(List.of("20000"), Lines.of(here, "SELECT count(*) FROM t"));
    }

    @Test
    void aCancelRequestReachesTheServer() throws Exception {
        try (Statement s = here.createStatement()) {
            CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
                try {
                    s.execute("SELECT * FROM slow");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'postgres_fdw' AND state = 'active' AND query LIKE '%slow%'", "1");
            s.cancel();
            ExecutionException e = assertThrows(ExecutionException.class, run::get);
            assertEquals("57014", ((SQLException) e.getCause().getCause()).getSQLState());
        }
        await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'postgres_fdw' AND state <> 'idle'", "0");
        assertEquals(List.of("20000"), Lines.of(here, "SELECT count(*) FROM t"));
    }

    @Test
    void aClientThatVanishesInTheMiddleOfAScanLeavesNoTransactionThere() throws SQLException {
        Connection vanishing = gajah.dataSource().getConnection();
        Lines.run(vanishing, "BEGIN", "DECLARE c CURSOR FOR SELECT id, v FROM t");
        assertEquals(10, Lines.of(vanishing, "FETCH 10 FROM c").size());
        await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'postgres_fdw' AND state = 'idle in transaction'", "1");
        vanishing.abort(Runnable::run);
        await("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'postgres_fdw' AND state <> 'idle'", "0");
        assertEquals(List.of("20000"), Lines.of(here, "SELECT count(*) FROM t"));
    }

    @Test
    void sessionsOneAfterTheOtherShareConnections() throws SQLException {
        for (int i = 0; i < 100; i++) {
            try (Connection c = gajah.dataSource().getConnection()) {
                assertEquals(List.of("v"), Lines.of(c, "SELECT 'v' FROM t WHERE id = 1"));
            }
        }
        assertTrue(Integer.parseInt(Lines.of(there, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'postgres_fdw'").getFirst()) <= 8);
    }

    @Test
    void aPasswordCountsOnlyIfItIsAskedFor() throws SQLException {
        String rules = Lines.of(there, "SELECT setting FROM pg_settings WHERE name = 'hba_file'").getFirst();
        Lines.run(there, "CREATE ROLE guest LOGIN PASSWORD 'secret'", "GRANT SELECT ON t TO guest");
        Lines.run(here, "CREATE ROLE plain", "GRANT SELECT ON t TO plain", "GRANT USAGE ON FOREIGN SERVER pg TO plain", "CREATE USER MAPPING FOR plain SERVER pg OPTIONS (user 'guest', password 'secret')");
        try {
            Lines.run(here, "SET ROLE plain");
            assertEquals("2F003", state("SELECT count(*) FROM t"));
            Lines.run(there, "COPY (SELECT 'host all guest 127.0.0.1/32 scram-sha-256' UNION ALL SELECT 'host all all 127.0.0.1/32 trust') TO '" + rules + "'", "SELECT pg_reload_conf()");
            await("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'scram-sha-256'", "1");
            assertEquals(List.of("20000"), Lines.of(here, "SELECT count(*) FROM t"));
            Lines.run(here, "RESET ROLE", "ALTER USER MAPPING FOR plain SERVER pg OPTIONS (SET password 'wrong')", "SET ROLE plain");
            assertEquals("08001", state("SELECT count(*) FROM t"));
        } finally {
            Lines.run(here, "RESET ROLE");
            Lines.run(there, "COPY (SELECT 'host all all 127.0.0.1/32 trust') TO '" + rules + "'", "SELECT pg_reload_conf()");
        }
    }
}
