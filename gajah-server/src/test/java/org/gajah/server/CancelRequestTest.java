package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.gajah.server.auth.HbaError;
import org.gajah.wire.StartupMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CancelRequest, by a connection of its own as libpq sends it, reaches a statement wherever it waits, and then never the next one. */
class CancelRequestTest {
    private static final String CANCELLED = "canceling statement due to user request";

    private final HeldForces forces = new HeldForces();
    private LiveServer server;
    private RawClient holder;
    private RawClient waiter;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(forces.env(), Map.of());
        holder = server.client("postgres");
        holder.answer("CREATE TABLE t (a int PRIMARY KEY, b int); INSERT INTO t VALUES (1, 0)");
        waiter = RawClient.connected(server.address(), StartupMessage.V3_2, Map.of("user", "postgres", "database", "postgres"));
        assertEquals(32, waiter.key.secret().length);
    }

    @AfterEach
    void stop() {
        forces.letGo();
        holder.close();
        waiter.close();
        server.close();
    }

    private void cancel() throws IOException {
        try (RawClient canceller = new RawClient(server.address())) {
            canceller.send(waiter.cancelRequest());
            assertEquals(-1, canceller.nextByte());
        }
    }

    /** Returns when the waiter's session is in this state as others see it. */
    private void await(String condition) throws IOException {
        long end = System.nanoTime() + 20_000_000_000L;
        boolean there = false;
        while (!there) {
            assertTrue(System.nanoTime() < end, condition);
            there = holder.answer("SELECT 1 FROM pg_stat_activity WHERE pid = " + waiter.key.processId() + " AND " + condition).contains("DataRow");
        }
    }

    private void endsACancelledWait(String sql, String condition) throws IOException {
        waiter.query(sql);
        await(condition);
        cancel();
        String answer = RawClient.brief(waiter.untilReady());
        assertTrue(answer.matches("(.*, )?ERROR 57014, Z[IE]"), sql + ": " + answer);
        waiter.answer("ROLLBACK");
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", waiter.answer("SELECT 1"));
    }

    @Test
    void waitsForLocksEnd() throws IOException {
        assertEquals("BEGIN, UPDATE 1, RowDescription, DataRow, SELECT 1, ZT",
                holder.answer("BEGIN; UPDATE t SET b = 1 WHERE a = 1; SELECT pg_advisory_lock(7)"));
        String blocked = "cardinality(pg_blocking_pids(pid)) > 0";
        endsACancelledWait("UPDATE t SET b = 2 WHERE a = 1", blocked);
        endsACancelledWait("LOCK TABLE t; SELECT 1", blocked);
        endsACancelledWait("ALTER TABLE t ADD COLUMN c int", blocked);
        endsACancelledWait("BEGIN; SELECT * FROM t FOR UPDATE", blocked);
        endsACancelledWait("SELECT pg_advisory_lock(7)", blocked);
        endsACancelledWait("DO $$ BEGIN PERFORM pg_advisory_lock(7); END $$", blocked);
    }

    @Test
    void sleepsAndLongWorkEnd() throws IOException {
        endsACancelledWait("SELECT pg_sleep(1000)", "query LIKE '%pg_sleep%' AND state = 'active'");
        endsACancelledWait("SELECT count(*) FROM generate_series(1, 100000000000)", "query LIKE '%generate_series%' AND state = 'active'");
        endsACancelledWait("DO $$ BEGIN LOOP NULL; END LOOP; END $$", "query LIKE 'DO%' AND state = 'active'");
    }

    @Test
    void aCopyThatWaitsForItsClientEnds() throws IOException {
        waiter.query("COPY t FROM STDIN");
        assertEquals("CopyInResponse", RawClient.brief(List.of(waiter.expect())));
        cancel();
        assertEquals("ERROR 57014, ZI", RawClient.brief(waiter.untilReady()));
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", waiter.answer("SELECT 1"));
    }

    @Test
    void aCommitThatWaitsForTheDiskIsNotUndoneAndTheNextStatementNotHit() throws Exception {
        forces.hold();
        waiter.query("INSERT INTO t VALUES (2, 2)");
        forces.awaitOne();
        cancel();
        forces.letGo();
        assertEquals("INSERT 0 1, ZI", RawClient.brief(waiter.untilReady()));
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", waiter.answer("SELECT 1 FROM t WHERE a = 2"));
        server.restart();
        try (RawClient again = server.client("postgres")) {
            assertEquals("RowDescription, DataRow, SELECT 1, ZI", again.answer("SELECT 1 FROM t WHERE a = 2"));
        }
    }

    @Test
    void theAnswerNamesTheReason() throws IOException {
        waiter.query("SELECT pg_sleep(1000)");
        await("query LIKE '%pg_sleep%' AND state = 'active'");
        cancel();
        assertTrue(waiter.untilReady().stream().anyMatch(m -> m.toString().contains(CANCELLED)));
    }
}
