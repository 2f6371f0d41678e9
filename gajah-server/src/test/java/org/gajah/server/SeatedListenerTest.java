package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.gajah.server.auth.HbaError;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.DataRow;
import org.gajah.wire.NotificationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners that have been quiet for so long that they wait without a thread. */
class SeatedListenerTest {
    private static final int LINGER_MILLIS = 20;
    private LiveServer server;
    private RawClient listener;
    private RawClient notifier;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(Map.of());
        listener = server.client("postgres");
        notifier = server.client("postgres");
        listener.answer("listen c");
    }

    @AfterEach
    void stop() {
        listener.close();
        notifier.close();
        server.close();
    }

    /** Returns when only the notifier has a thread. */
    private static void awaitSeated() {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (Thread.getAllStackTraces().values().stream().filter(SeatedListenerTest::servesAClient).count() > 1) {
            assertTrue(System.nanoTime() < deadline, "the listener keeps its thread");
            Thread.onSpinWait();
        }
    }

    private static boolean servesAClient(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(f -> f.getClassName().endsWith("connection.Connection") && f.getMethodName().equals("commands"));
    }

    @Test
    void aQuietListenerHasNoThreadAndIsToldAtOnce() throws IOException {
        awaitSeated();
        for (int i = 0; i < 100; i++) {
            notifier.answer("notify c, '" + i + "'");
            assertEquals(Integer.toString(i), ((NotificationResponse) listener.expect()).payload());
        }
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", listener.answer("select 1"));
        assertEquals("NOTIFY, A c own, ZI", listener.answer("notify c, 'own'"));
    }

    @Test
    void commandsAroundTheMomentAtWhichItGivesItsThreadBackMissNothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Thread sender = Thread.ofPlatform().start(() -> {
            Random own = new Random(~seed);
            try {
                for (int i = 0; i < 400; i++) {
                    notifier.answer("notify c, '" + i + "'");
                    LockSupport.parkNanos(own.nextInt(6_000_000));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<BackendMessage> messages = new ArrayList<>();
        while (sender.isAlive()) {
            LockSupport.parkNanos((LINGER_MILLIS - 2) * 1_000_000L + random.nextInt(4_000_000));
            messages.addAll(listener.untilReadyAfter("select 1"));
        }
        messages.addAll(listener.untilReadyAfter("notify c, 'end'"));
        List<String> heard = messages.stream().filter(NotificationResponse.class::isInstance)
                .map(m -> ((NotificationResponse) m).payload()).toList();
        List<String> sent = new ArrayList<>(java.util.stream.IntStream.range(0, 400).mapToObj(Integer::toString).toList());
        sent.add("end");
        assertEquals(sent, heard, "seed " + seed);
    }

    @Test
    void oneThatDoesNotReadCanBeTerminated() throws IOException {
        awaitSeated();
        String filler = "x".repeat(7000);
        for (int i = 0; i < 3000; i++) {
            notifier.answer("notify c, '" + i + filler + "'");
        }
        notifier.answer("select pg_terminate_backend(" + listener.key.processId() + ")");
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!count("gajah_listeners").equals("0")) {
            assertTrue(System.nanoTime() < deadline, "the listener is still there");
        }
    }

    private String count(String relation) throws IOException {
        return notifier.untilReadyAfter("select count(*) from " + relation).stream().filter(DataRow.class::isInstance)
                .map(row -> new String(((DataRow) row).values().get(0).orElseThrow())).findFirst().orElseThrow();
    }

    @Test
    void oneThatStallsGetsEverythingWhenItReadsAgainAndItsCommandsTheirAnswers() throws IOException {
        awaitSeated();
        String filler = "x".repeat(7000);
        for (int i = 0; i < 3000; i++) {
            notifier.answer("notify c, '" + i + filler + "'");
        }
        for (int i = 0; i < 1500; i++) {
            assertEquals(i + filler, ((NotificationResponse) listener.expect()).payload());
        }
        List<BackendMessage> rest = listener.untilReadyAfter("select 1");
        List<String> heard = rest.stream().filter(NotificationResponse.class::isInstance).map(m -> ((NotificationResponse) m).payload()).toList();
        for (int i = 0; i < heard.size(); i++) {
            assertEquals(1500 + i + filler, heard.get(i));
        }
        assertEquals(1500, heard.size());
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", RawClient.brief(rest.stream().filter(m -> !(m instanceof NotificationResponse)).toList()));
    }

    @Test
    void anIdleTimeoutEndsIt() throws IOException {
        listener.answer("set idle_session_timeout = 100");
        awaitSeated();
        assertEquals("FATAL 57P05", RawClient.brief(listener.untilEnd()));
    }

    @Test
    void aStoppingServerSaysSo() throws IOException, HbaError {
        awaitSeated();
        server.restart();
        assertEquals("FATAL 57P01", RawClient.brief(listener.untilEnd()));
    }

    @Test
    void oneInATransactionIsToldAtItsEnd() throws IOException {
        listener.answer("begin");
        awaitSeated();
        notifier.answer("notify c, 'x'");
        awaitSeated();
        assertEquals("COMMIT, A c x, ZI", listener.answer("commit"));
    }
}
