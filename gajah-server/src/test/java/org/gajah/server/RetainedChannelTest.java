package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gajah.server.auth.HbaError;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.DataRow;
import org.gajah.wire.NotificationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels that keep what is notified, and the view of who listens. */
class RetainedChannelTest {
    private static final String ALL = "select number, payload from gajah.notifications_since('r', 0)";

    private LiveServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(Map.of());
        client = server.client("postgres");
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", client.answer("select gajah.retain_channel('r', interval '1 day')"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** The rows of a query, their columns joined by blanks. */
    private static List<String> rows(RawClient client, String sql) throws IOException {
        return client.untilReadyAfter(sql).stream().filter(DataRow.class::isInstance).map(DataRow.class::cast)
                .map(row -> IntStream.range(0, row.values().count()).mapToObj(i -> row.values().get(i).map(String::new).orElse("null"))
                        .collect(Collectors.joining(" "))).toList();
    }

    private static String payload(RawClient client) throws IOException {
        BackendMessage message = client.expect();
        return message instanceof NotificationResponse note ? note.payload() : RawClient.brief(List.of(message));
    }

    @Test
    void whatIsCommittedIsKeptInTheOrderOfCommits() throws IOException {
        RawClient second = server.client("postgres");
        client.answer("begin; notify r, 'first begun'; notify elsewhere, 'x'; notify r, 'same'; notify r, 'same'");
        assertEquals("BEGIN, NOTIFY, COMMIT, ZI", second.answer("begin read only; notify r, 'first committed'; commit"));
        client.answer("savepoint s; notify r, 'taken back'; rollback to s; commit");
        second.answer("begin; notify r, 'rolled back'; rollback");
        second.answer("notify r, 'with an error'; select 1/0");
        client.answer("notify r");
        assertEquals(List.of("1 first committed", "2 first begun", "3 same", "4 "), rows(client, ALL));
        assertEquals(List.of("2 first begun"), rows(client, "select number, payload from gajah.notifications_since('r', 1, 1)"));
        assertEquals(List.of("4"), rows(client, "select gajah.last_notification('r')"));
        second.close();
    }

    @Test
    void itSurvivesARestartAndNumbersGoOn() throws IOException, HbaError {
        client.answer("notify r, 'before'");
        server.restart();
        try (RawClient again = server.client("postgres")) {
            again.answer("notify r, 'after'");
            assertEquals(List.of("1 before", "2 after"), rows(again, ALL));
            again.answer("select gajah.retain_channel('r', null)");
            again.answer("notify r, 'not kept'");
            again.answer("select gajah.retain_channel('r', interval '1 hour')");
            again.answer("notify r, 'kept again'");
            assertEquals(List.of("2 after", "3 kept again"), rows(again, ALL));
        }
    }

    @Test
    void onlyTheDatabasesOwnerRetains() throws IOException {
        client.answer("create role somebody login");
        try (RawClient somebody = server.client("somebody")) {
            assertTrue(somebody.answer("select gajah.retain_channel('mine', interval '1 day')").contains("ERROR 42501"));
            assertEquals("NOTIFY, ZI", somebody.answer("notify r, 'by somebody'"));
            assertEquals(List.of("1 by somebody"), rows(somebody, ALL));
        }
        assertTrue(client.answer("select gajah.retain_channel('', interval '1 day')").contains("ERROR 22023"));
        assertTrue(client.answer("select gajah.retain_channel('r', interval '0')").contains("ERROR 22023"));
        assertTrue(client.answer("select gajah.listen_from('not retained', 0)").contains("ERROR 55000"));
        assertTrue(client.answer("begin read only; select gajah.retain_channel('x', interval '1 day')").contains("ERROR 25006"));
    }

    @Test
    void whatIsTooOldGoesButNeverTheNewest() throws IOException {
        client.answer("select gajah.retain_channel('r', interval '1 microsecond')");
        List<String> kept = List.of();
        for (int i = 1; kept.size() != 1 || i < 3; i++) {
            client.answer("notify r, '" + i + "'");
            kept = rows(client, ALL);
            assertTrue(kept.getLast().equals(i + " " + i), kept.toString());
            if (kept.size() == i && i > 1) {
                client.answer("select pg_sleep(1.1)");
            }
        }
    }

    @Test
    void aListenerThatWasAwayGetsWhatItMissedOnceAndThenWhatComes() throws Exception {
        int sessions = 3;
        int each = 400;
        List<Thread> notifiers = new ArrayList<>();
        for (int s = 0; s < sessions; s++) {
            RawClient notifier = server.client("postgres");
            String name = "s" + s;
            notifiers.add(Thread.ofPlatform().start(() -> {
                try (notifier) {
                    for (int i = 0; i < each; i++) {
                        notifier.answer("notify r, '" + name + " " + i + "'");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        List<String> heard = new ArrayList<>();
        while (heard.size() < sessions * each) {
            try (RawClient listener = server.client("postgres")) {
                listener.query("select gajah.listen_from('r', " + heard.size() + ")");
                listener.untilReady().forEach(m -> {
                    if (m instanceof NotificationResponse note) {
                        heard.add(note.payload());
                    }
                });
                for (int i = 0; i < 250 && heard.size() < sessions * each; i++) {
                    heard.add(payload(listener));
                }
            }
        }
        for (Thread notifier : notifiers) {
            notifier.join();
        }
        assertEquals(heard, rows(client, "select payload from gajah.notifications_since('r', 0)"));
        assertEquals(sessions * each, heard.stream().distinct().count());
    }

    @Test
    void theSessionKnowsTheLastNumberItWasGiven() throws IOException {
        client.answer("notify r, '1'; ");
        client.answer("notify r, '2'");
        try (RawClient listener = server.client("postgres")) {
            assertEquals("RowDescription, DataRow, SELECT 1, A r 2, ZI", listener.answer("select gajah.listen_from('r', 1)"));
            assertEquals(List.of("2"), rows(listener, "select gajah.last_delivered('r')"));
            client.answer("notify r, '3'");
            assertEquals("3", payload(listener));
            assertEquals(List.of("3"), rows(listener, "select gajah.last_delivered('r')"));
            assertEquals("RowDescription, DataRow, SELECT 1, A r 2, A r 3, ZI", listener.answer("select gajah.listen_from('r', 1)"));
            assertEquals("BEGIN, RowDescription, DataRow, SELECT 1, ROLLBACK, ZI",
                    listener.answer("begin; select gajah.listen_from('r', 0); rollback"));
            client.answer("notify r, '4'");
            assertEquals("4", payload(listener));
        }
    }

    @Test
    void theViewShowsWhoListensAndHowFarBehindTheyAre() throws IOException {
        try (RawClient listener = server.client("postgres")) {
            listener.answer("listen a; listen \"B\"");
            listener.answer("begin");
            String query = "select session, database, channel, backlog, age >= interval '0' from gajah_listeners order by channel";
            String session = listener.key.processId() + " postgres ";
            assertEquals(List.of(session + "B 0 null", session + "a 0 null"), rows(client, query));
            client.answer("notify a, '1'; notify a, '2'; notify nobody");
            assertEquals(List.of(session + "B 0 t", session + "a 2 t"), rows(client, query));
            assertEquals("COMMIT, A a 1, A a 2, ZI", listener.answer("commit"));
            assertEquals(List.of(session + "B 0 null", session + "a 0 null"), rows(client, query));
        }
    }

    @Test
    void theSchemaIsListedNowhere() throws IOException {
        assertEquals(List.of(), rows(client, "select nspname from pg_namespace where nspname = 'gajah'"));
    }
}
