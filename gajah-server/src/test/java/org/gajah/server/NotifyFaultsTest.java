package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gajah.base.SystemEnv;
import org.gajah.server.auth.HbaError;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.DataRow;
import org.gajah.wire.NotificationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that go away, stall, come and go, while others commit. */
class NotifyFaultsTest {
    @TempDir
    private Path directory;
    private LiveServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(SystemEnv.of(directory), Map.of());
        client = server.client("postgres");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static List<String> values(RawClient client, String sql) throws IOException {
        return client.untilReadyAfter(sql).stream().filter(DataRow.class::isInstance)
                .map(row -> new String(((DataRow) row).values().get(0).orElseThrow())).toList();
    }

    @Test
    void aListenerCutOffInTheMiddleOfAMessageLeavesNothingBehind() throws IOException {
        RawClient cut = server.client("postgres");
        RawClient other = server.client("postgres");
        cut.answer("listen c");
        other.answer("listen c");
        String filler = "x".repeat(7000);
        for (int i = 0; i < 2000; i++) {
            client.answer("notify c, '" + i + " " + filler + "'");
            if (i == 1000) {
                assertEquals('A', cut.nextByte());
                assertTrue(cut.nextByte() >= 0);
                cut.close();
            }
        }
        for (int i = 0; i < 2000; i++) {
            assertEquals(i + " " + filler, ((NotificationResponse) other.expect()).payload());
        }
        while (!values(client, "select count(*) from gajah_listeners").equals(List.of("1"))) {
            client.answer("notify c, ''");
        }
        other.answer("unlisten *");
        assertEquals(List.of("0"), values(client, "select pg_notification_queue_usage()"));
        other.close();
    }

    /** -Dnotify.stallSeconds=60 stalls it for a minute. */
    @Test
    void aStalledListenerHoldsUpNobodyAndLosesNothing() throws Exception {
        long end = System.nanoTime() + 1_000_000_000L * Integer.getInteger("notify.stallSeconds", 0);
        int least = 20_000;
        String filler = "y".repeat(6000);
        RawClient stalled = server.client("postgres");
        RawClient quick = server.client("postgres");
        stalled.answer("listen c");
        quick.answer("listen c");
        AtomicInteger committed = new AtomicInteger(Integer.MAX_VALUE);
        Thread notifier = Thread.ofPlatform().start(() -> {
            try {
                int sent = 0;
                while (sent < least || System.nanoTime() < end) {
                    client.answer("notify c, '" + sent++ + " " + filler + "'");
                }
                client.answer("notify c, 'end'");
                committed.set(sent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (RawClient listener : List.of(quick, stalled)) {
            int heard = 0;
            for (String payload = payload(listener); !payload.equals("end"); payload = payload(listener)) {
                assertEquals(heard++ + " " + filler, payload);
            }
            notifier.join();
            assertEquals(committed.get(), heard);
        }
        stalled.close();
        quick.close();
    }

    private static String payload(RawClient listener) throws IOException {
        return ((NotificationResponse) listener.expect()).payload();
    }

    /** What one listener heard while it listened: all from behind the number seen just after LISTEN to the one seen just before UNLISTEN. */
    private record Spell(List<String> heard, long firstSure, long lastSure) {
    }

    @Test
    void whoComesAndGoesHearsARunOfTheCommitsEachOnce() throws Exception {
        long seed = System.nanoTime();
        client.answer("select gajah.retain_channel('m', interval '1 day')");
        AtomicBoolean over = new AtomicBoolean();
        List<Spell> spells = Collections.synchronizedList(new ArrayList<>());
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> listeners = new ArrayList<>();
        List<Thread> notifiers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            listeners.add(started(failures, () -> comeAndGo(over, spells, new Random(seed + number))));
            notifiers.add(started(failures, () -> commit(number, new Random(seed - number))));
        }
        for (Thread thread : notifiers) {
            thread.join();
        }
        over.set(true);
        for (Thread thread : listeners) {
            thread.join();
        }
        assertEquals(List.of(), failures, "seed " + seed);
        List<String> commits = values(client, "select payload from gajah.notifications_since('m', 0)");
        assertTrue(commits.stream().noneMatch(p -> p.contains("aborted")));
        int heard = 0;
        for (Spell spell : spells) {
            heard += spell.heard.size();
            int from = spell.heard.isEmpty() ? 0 : commits.indexOf(spell.heard.getFirst());
            assertTrue(from >= 0, "seed " + seed + ": heard what is not committed: " + spell.heard);
            assertEquals(commits.subList(from, from + spell.heard.size()), spell.heard, "seed " + seed);
            if (spell.firstSure < spell.lastSure) {
                assertTrue(from <= spell.firstSure && from + spell.heard.size() >= spell.lastSure, "seed " + seed + ": " + spell);
            }
        }
        assertTrue(heard > 0 && spells.size() > 3);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread started(List<Throwable> failures, Work work) {
        return Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                failures.add(e);
            }
        });
    }

    private void commit(int number, Random random) throws IOException {
        try (RawClient own = server.client("postgres")) {
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(4) == 0) {
                    own.answer("begin; notify m, 'aborted " + number + " " + i + "'; rollback");
                }
                assertEquals("NOTIFY, ZI", own.answer("notify m, '" + number + " " + i + "'"));
            }
        }
    }

    /** Listens until it has heard what it saw committed, and again; between two spells nothing may come. */
    private void comeAndGo(AtomicBoolean over, List<Spell> spells, Random random) throws IOException {
        try (RawClient own = server.client("postgres")) {
            while (!over.get()) {
                List<BackendMessage> messages = new ArrayList<>(own.untilReadyAfter("listen m"));
                long first = Long.parseLong(values(own, messages, "select gajah.last_notification('m')"));
                for (int i = random.nextInt(20); i > 0; i--) {
                    messages.addAll(own.untilReadyAfter("select " + i));
                }
                long last = Long.parseLong(values(own, messages, "select gajah.last_notification('m')"));
                long deadline = System.nanoTime() + 10_000_000_000L;
                while (last > first && Long.parseLong(values(own, messages, "select gajah.last_delivered('m')")) < last
                        && System.nanoTime() < deadline) {
                    messages.addAll(own.untilReadyAfter("select 0"));
                }
                messages.addAll(own.untilReadyAfter("unlisten m"));
                spells.add(new Spell(heard(messages), first, last));
                messages.clear();
                messages.addAll(own.untilReadyAfter("select pg_sleep(0.00" + random.nextInt(5) + ")"));
                assertEquals(List.of(), heard(messages));
            }
        }
    }

    private static List<String> heard(List<BackendMessage> messages) {
        return messages.stream().filter(NotificationResponse.class::isInstance).map(m -> ((NotificationResponse) m).payload()).toList();
    }

    /** A value, while everything that comes is kept. */
    private static String values(RawClient client, List<BackendMessage> kept, String sql) throws IOException {
        List<BackendMessage> messages = client.untilReadyAfter(sql);
        kept.addAll(messages);
        return messages.stream().filter(DataRow.class::isInstance).map(row -> new String(((DataRow) row).values().get(0).orElseThrow()))
                .findFirst().orElseThrow();
    }
}
