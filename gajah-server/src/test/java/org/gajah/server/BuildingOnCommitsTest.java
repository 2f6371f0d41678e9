package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gajah.server.auth.HbaError;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.DataRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who changes a row that somebody else has just changed goes on while that commit is forced, but nobody is told of it before it is durable. */
class BuildingOnCommitsTest {
    private final HeldForces log = new HeldForces();
    private LiveServer server;
    private RawClient first;
    private RawClient second;
    private RawClient third;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(log.env(), Map.of());
        first = server.client("postgres");
        second = server.client("postgres");
        third = server.client("postgres");
        first.answer("create table t (id int primary key, n int check (n < 1000)); insert into t values (1, 10), (2, 20); create table h (n int)");
        // Looking up catalogs for the first time waits for the disk too.
        second.answer("begin; update t set n = n * 10 where id = 1; insert into h values (1); update t set n = n + 1 where id = 1;"
                + " update t set n = 0 where n = 25; insert into h select n from t where id = 1; rollback");
    }

    @AfterEach
    void stop() {
        log.letGo();
        List.of(first, second, third).forEach(RawClient::close);
        server.close();
    }

    /** The first session's commit is in the log and waits for the disk. */
    private void commitWaits(String sql) throws Exception {
        log.hold();
        first.query(sql);
        log.awaitOne();
    }

    private void assertWaits(String method) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (Thread.getAllStackTraces().values().stream().noneMatch(stack -> isIn(stack, method))) {
            assertTrue(System.nanoTime() < deadline, "nobody waits in " + method);
            Thread.onSpinWait();
        }
    }

    private static void awaitTwoThatCommit() {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (Thread.getAllStackTraces().values().stream().filter(stack -> isIn(stack, "commit")).count() < 2) {
            assertTrue(System.nanoTime() < deadline, "no second commit");
            Thread.onSpinWait();
        }
    }

    /** The messages in short, with the values of rows. */
    private static String brief(List<BackendMessage> messages) {
        StringBuilder all = new StringBuilder(RawClient.brief(messages));
        messages.forEach(m -> {
            if (m instanceof DataRow row) {
                for (int i = 0; i < row.values().count(); i++) {
                    all.append(" =").append(new String(row.values().get(i).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        });
        return all.toString();
    }

    private static String answer(RawClient client, String sql) throws IOException {
        return brief(client.untilReadyAfter(sql));
    }

    private static boolean isIn(StackTraceElement[] stack, String method) {
        return Arrays.stream(stack).anyMatch(f -> f.getMethodName().equals(method) && f.getClassName().startsWith("org.gajah.store."));
    }

    /** The answer comes no sooner than the disk has the first session's commit. */
    private String heldUp(String sql) throws IOException {
        second.query(sql);
        assertWaits("awaitEnd");
        log.letGo();
        assertEquals("UPDATE 1, ZI", RawClient.brief(first.untilReady()));
        return brief(second.untilReady());
    }

    @Test
    void updatesOfARowDoNotWaitForTheDisk() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        int forces = log.count();
        assertEquals("BEGIN, UPDATE 1, ZT", second.answer("begin; update t set n = n * 10 where id = 1"));
        assertEquals("INSERT 0 1, ZT", second.answer("insert into h values (1)"));
        assertEquals("UPDATE 1, ZT", second.answer("update t set n = n + 1 where id = 1"));
        assertEquals(forces, log.count());
        second.query("commit");
        log.letGo();
        assertEquals("UPDATE 1, ZI", RawClient.brief(first.untilReady()));
        assertEquals("COMMIT, ZI", RawClient.brief(second.untilReady()));
        assertTrue(answer(third, "select n from t where id = 1").contains("=111"), answer(third, "select n from t where id = 1"));
    }

    @Test
    void rowsOfACommitBehindOneThatIsForcedAreFreeAsWell() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        int forces = log.count();
        second.query("update t set n = n + 1 where id = 2");
        awaitTwoThatCommit();
        assertEquals("BEGIN, UPDATE 1, ZT", third.answer("begin; update t set n = n * 10 where id = 2"));
        assertEquals(forces, log.count());
        third.query("commit");
        log.letGo();
        assertEquals("UPDATE 1, ZI", RawClient.brief(first.untilReady()));
        assertEquals("UPDATE 1, ZI", RawClient.brief(second.untilReady()));
        assertEquals("COMMIT, ZI", RawClient.brief(third.untilReady()));
        assertTrue(answer(first, "select n from t where id = 2").contains("=210"), answer(first, "select n from t where id = 2"));
    }

    @Test
    void othersSeeNothingOfItYet() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        second.answer("begin; update t set n = n * 10 where id = 1");
        assertTrue(answer(third, "select n from t where id = 1").contains("=10"));
        assertFalse(answer(third, "select n from t where id = 1").contains("=11"));
    }

    @Test
    void rowsWait() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        second.answer("begin; update t set n = n * 10 where id = 1");
        assertTrue(heldUp("select n from t where id = 1").contains("=110"));
    }

    @Test
    void returnedRowsWait() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        assertTrue(heldUp("begin; update t set n = n * 10 where id = 1 returning n").contains("=110"));
    }

    @Test
    void lockedRowsWait() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        assertTrue(heldUp("begin; select n from t where id = 1 for update").contains("=11"));
    }

    @Test
    void errorsWait() throws Exception {
        commitWaits("update t set n = 999 where id = 1");
        assertTrue(heldUp("update t set n = n + 1 where id = 1").contains("23514"));
    }

    @Test
    void duplicateKeysWait() throws Exception {
        commitWaits("update t set id = 3 where id = 1");
        assertTrue(heldUp("insert into t values (3, 3)").contains("23505"));
    }

    @Test
    void rollbacksWait() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        second.answer("begin; update t set n = n * 10 where id = 1");
        assertEquals("ROLLBACK, ZI", heldUp("rollback"));
        assertTrue(answer(third, "select n from t where id = 1").contains("=11"));
    }

    @Test
    void messagesAndRoutinesWait() throws Exception {
        first.answer("create function say() returns trigger language plpgsql as $$ begin raise notice 'now %', new.n; return new; end $$;"
                + " create trigger say before update on t for each row when (new.n > 100) execute function say()");
        commitWaits("update t set n = n + 1 where id = 1");
        assertTrue(heldUp("update t set n = n * 10 where id = 1").contains("UPDATE 1"));
    }

    @Test
    void laterStatementsSeeAllOfWhatTheyBuildOn() throws Exception {
        commitWaits("begin; update t set n = n + 1 where id = 1; update t set n = n + 5 where id = 2; commit");
        second.answer("begin; update t set n = n * 10 where id = 1");
        assertEquals("UPDATE 1, ZT", second.answer("update t set n = 0 where n = 25"));
        assertEquals("INSERT 0 1, ZT", second.answer("insert into h select n from t where id = 1"));
        second.query("commit");
        log.letGo();
        assertTrue(brief(second.untilReady()).contains("COMMIT"));
        assertTrue(answer(third, "select n from h").contains("=110"));
        assertTrue(answer(third, "select n from t where id = 2").contains("=0"));
    }

    @Test
    void whatIsBuiltOnALostCommitIsLostWithIt() throws Exception {
        commitWaits("update t set n = n + 1 where id = 1");
        second.answer("begin; update t set n = n * 10 where id = 1");
        second.query("commit");
        log.fail();
        assertFalse(RawClient.brief(first.untilReady()).contains("UPDATE"));
        assertFalse(RawClient.brief(second.untilReady()).contains("COMMIT"));
        assertFalse(answer(third, "select n from t where id = 1").contains("=11"));
    }
}
