package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.gajah.api.Gajah;
import org.gajah.api.SqlError;
import org.gajah.api.session.Rows;
import org.gajah.api.session.Session;
import org.gajah.api.session.SessionStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of a program in the same process, without JDBC. */
class DirectSessionTest {
    private final Gajah gajah = Gajah.inMemory();
    private final Session session = gajah.session();

    @AfterEach
    void close() {
        session.close();
        gajah.close();
    }

    private static long one(Session session, String sql) {
        try (Rows rows = session.prepare(sql).query()) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    private static String state(Runnable failing) {
        return assertThrows(SqlError.class, failing::run).state().code();
    }

    @Test
    void bindsRunsAndReadsWithoutMessages() {
        session.execute("CREATE TABLE t (a int PRIMARY KEY, b bigint, c float8, d text, e boolean, f bytea, g numeric, h date)");
        try (SessionStatement insert = session.prepare("INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")) {
            insert.set(1, 1).set(2, 1L << 40).set(3, 1.5).set(4, "gr\u00fcn").set(5, true).set(6, new byte[] {0, -1}).set(7, "12345678901234567890.5")
                    .set(8, "2024-02-29");
            assertEquals(1, insert.update());
            insert.set(1, 2).setNull(2).set(7, 7);
            assertEquals(1, insert.update());
        }
        try (SessionStatement select = session.prepare("SELECT * FROM t WHERE a >= $1 ORDER BY a"); Rows rows = select.set(1, 1).query()) {
            assertEquals(8, rows.columnCount());
            assertEquals("a", rows.columnName(1));
            assertEquals(20, rows.columnType(2));
            assertTrue(rows.next());
            assertEquals(1, rows.getInt(1));
            assertEquals(1L << 40, rows.getLong(2));
            assertEquals("22003", state(() -> rows.getInt(2)));
            assertEquals(1.5, rows.getDouble(3));
            assertEquals("gr\u00fcn", rows.getText(4));
            assertTrue(rows.getBoolean(5));
            assertArrayEquals(new byte[] {0, -1}, rows.getBytes(6));
            assertEquals("12345678901234567890.5", rows.getText(7));
            assertEquals("2024-02-29", rows.getText(8));
            assertEquals("42846", state(() -> rows.getLong(4)));
            assertTrue(rows.next());
            assertTrue(rows.isNull(2));
            assertNull(rows.getText(2));
            assertEquals("22004", state(() -> rows.getLong(2)));
            assertEquals(7, rows.getInt(7));
            assertFalse(rows.next());
            assertFalse(rows.next());
        }
    }

    @Test
    void manyRowsComeInOrderAndMayBeLeftEarly() {
        SessionStatement numbers = session.prepare("SELECT i FROM generate_series(1, $1) i");
        try (Rows rows = numbers.set(1, 10_000).query()) {
            for (int i = 1; i <= 10_000; i++) {
                assertTrue(rows.next());
                assertEquals(i, rows.getInt(1));
            }
            assertFalse(rows.next());
        }
        Rows left = numbers.query();
        assertTrue(left.next());
        assertEquals(3, one(session, "SELECT 3"));
        assertFalse(left.next());
    }

    @Test
    void changesCommitWithTheStatementOrTheTransaction() {
        try (Session other = gajah.session()) {
            session.execute("CREATE TABLE t (a int)");
            assertEquals(3, session.execute("INSERT INTO t VALUES (1), (2), (3)"));
            assertEquals(3, one(other, "SELECT count(*) FROM t"));
            session.begin();
            assertTrue(session.isInTransaction());
            assertEquals(3, session.prepare("DELETE FROM t").update());
            assertEquals(3, one(other, "SELECT count(*) FROM t"));
            session.rollback();
            session.begin();
            Rows open = session.prepare("SELECT a FROM t ORDER BY a").query();
            assertTrue(open.next());
            assertEquals(1, session.prepare("UPDATE t SET a = 10 WHERE a = 3").update());
            assertTrue(open.next());
            assertEquals(2, open.getInt(1));
            assertTrue(session.commit());
            assertFalse(session.isInTransaction());
            assertEquals(13, one(other, "SELECT sum(a) FROM t"));
        }
    }

    @Test
    void returningRunsToItsEnd() {
        session.execute("CREATE TABLE t (a int)");
        try (Rows rows = session.prepare("INSERT INTO t SELECT generate_series(1, 3000) RETURNING a").query()) {
            assertTrue(rows.next());
            assertEquals(1, rows.getInt(1));
        }
        assertEquals(3000, one(session, "SELECT count(*) FROM t"));
    }

    @Test
    void commandsGiveRowsToo() {
        session.execute("SET application_name = 'here'");
        try (Rows rows = session.prepare("SHOW application_name").query()) {
            assertTrue(rows.next());
            assertEquals("here", rows.getText(1));
            assertFalse(rows.next());
        }
        assertEquals("42601", state(() -> session.execute("SELEC 1")));
        assertEquals("22012", state(() -> one(session, "SELECT 1 / 0")));
    }

    @Test
    void anErrorFailsTheTransaction() {
        session.begin();
        assertEquals("42P01", state(() -> session.execute("SELECT * FROM nowhere")));
        assertEquals("25P02", state(() -> one(session, "SELECT 1")));
        assertFalse(session.commit());
        assertEquals(1, one(session, "SELECT 1"));
    }

    @Test
    void noticesAndNotificationsArrive() {
        List<String> heard = new ArrayList<>();
        session.onMessage((severity, message) -> heard.add(severity + " " + message.getMessage()));
        session.execute("DROP TABLE IF EXISTS nowhere");
        assertEquals(List.of("NOTICE table \"nowhere\" does not exist, skipping"), heard);
        session.execute("LISTEN channel");
        try (Session other = gajah.session()) {
            other.execute("NOTIFY channel, 'hello'");
            assertEquals(List.of(new Session.Notification(other.processId(), "channel", "hello")), session.notifications());
        }
        assertEquals(List.of(), session.notifications());
    }

    @Test
    void aRunningStatementIsCancelled() throws InterruptedException {
        Thread canceller = Thread.ofPlatform().start(() -> {
            try (Session other = gajah.session()) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (one(other, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%sleep(100)'") == 0
                        && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                session.cancel();
            }
        });
        assertEquals("57014", state(() -> session.execute("SELECT pg_sleep(100)")));
        canceller.join();
        session.execute("SET statement_timeout = '50ms'");
        assertEquals("57014", state(() -> session.prepare("SELECT pg_sleep(100)").update()));
    }

    @Test
    void endsWithTheClusterOrWhenClosed() {
        Session closed = gajah.session();
        closed.close();
        closed.close();
        assertEquals("08003", state(() -> closed.execute("SELECT 1")));
        gajah.close();
        assertThrows(SqlError.class, () -> session.execute("SELECT 1"));
    }

    @Test
    void rolesCountAsForConnections() {
        session.execute("CREATE ROLE ordinary LOGIN");
        session.execute("CREATE TABLE secret (a int)");
        try (Session ordinary = gajah.session("postgres", "ordinary")) {
            assertEquals("42501", state(() -> ordinary.execute("SELECT * FROM secret")));
        }
        assertEquals("28000", state(() -> gajah.session("postgres", "nobody")));
        assertEquals("3D000", state(() -> gajah.session("nowhere", "postgres")));
    }
}
