package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gajah.server.auth.HbaError;
import org.gajah.wire.NotificationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notifying sessions hold each other up no longer than to put their commits in order; forcing the log is not part of that. */
class NotifyCommitTest {
    private final HeldForces log = new HeldForces();
    private LiveServer server;
    private RawClient first;
    private RawClient second;
    private RawClient third;
    private RawClient listener;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(log.env(), Map.of());
        first = server.client("postgres");
        second = server.client("postgres");
        third = server.client("postgres");
        listener = server.client("postgres");
        first.answer("create table t (n int)");
        first.answer("select gajah.retain_channel('kept', interval '1 day')");
        listener.answer("listen c; listen kept");
    }

    @AfterEach
    void stop() {
        log.letGo();
        List.of(first, second, third, listener).forEach(RawClient::close);
        server.close();
    }

    private String heard() throws IOException {
        return ((NotificationResponse) listener.expect()).payload();
    }

    private static void awaitCommitting(int sessions) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (Thread.getAllStackTraces().values().stream().filter(NotifyCommitTest::waitsForTheLog).count() < sessions) {
            assertTrue(System.nanoTime() < deadline, "fewer than " + sessions + " sessions wait for the log");
            Thread.onSpinWait();
        }
    }

    private static boolean waitsForTheLog(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(f -> f.getClassName().equals("org.gajah.log.LogWriter") && f.getMethodName().equals("await"));
    }

    @Test
    void n29WhoWritesNothingNotifiesWhileAnotherIsForced() throws Exception {
        log.hold();
        first.query("insert into t values (1); notify c, 'slow'");
        log.awaitOne();
        assertEquals("NOTIFY, ZI", second.answer("notify c, 'quick'"));
        assertEquals("quick", heard());
        log.letGo();
        assertEquals("INSERT 0 1, NOTIFY, ZI", RawClient.brief(first.untilReady()));
        assertEquals("slow", heard());
    }

    @Test
    void n29ThoseWhoWriteAndNotifyShareAForce() throws Exception {
        assertShared("c");
    }

    @Test
    void n29ThoseWhoNotifyOnARetainedChannelShareAForceToo() throws Exception {
        assertShared("kept");
    }

    private void assertShared(String channel) throws Exception {
        log.hold();
        first.query("insert into t values (1); notify " + channel + ", 'one'");
        log.awaitOne();
        int forces = log.count();
        second.query("insert into t values (2); notify " + channel + ", 'two'");
        third.query("insert into t values (3); notify " + channel + ", 'three'");
        awaitCommitting(2);
        log.letGo();
        for (RawClient client : List.of(first, second, third)) {
            assertEquals("INSERT 0 1, NOTIFY, ZI", RawClient.brief(client.untilReady()));
        }
        assertEquals(forces + 1, log.count(), "forces for two sessions that committed at the same time");
        assertEquals("one", heard());
        assertEquals(List.of("three", "two"), List.of(heard(), heard()).stream().sorted().toList());
    }

    @Test
    void whatOnlyNotifiesIsNotWrittenAtAll() throws IOException {
        first.answer("insert into t values (1)");
        int forces = log.count();
        for (int i = 0; i < 100; i++) {
            first.answer("notify c, '" + i + "'");
            assertEquals(Integer.toString(i), heard());
        }
        assertEquals(forces, log.count());
    }

    @Test
    void whoSeesACommitNotifiesBehindIt() throws Exception {
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 1; i <= 500; i++) {
                    first.answer("begin; insert into t values (" + i + "); notify c, 'w" + i + "'; commit");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        second.answer("create function seen() returns void language plpgsql as $$ begin perform pg_notify('c', 'r' || coalesce(max(n), 0)) from t; end $$");
        while (writer.isAlive()) {
            second.answer("select seen()");
        }
        writer.join();
        int written = 0;
        second.answer("notify c, 'end'");
        for (String payload = heard(); !payload.equals("end"); payload = heard()) {
            int number = Integer.parseInt(payload.substring(1));
            written = payload.startsWith("w") ? number : written;
            assertTrue(number <= written, "row " + number + " was seen, and heard of before its own notification; the last was " + written);
        }
        assertEquals(500, written);
    }
}
