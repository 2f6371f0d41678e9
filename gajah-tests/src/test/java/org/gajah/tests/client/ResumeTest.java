package org.gajah.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.Random;
import org.gajah.client.ConnectionSource;
import org.gajah.client.Event;
import org.gajah.client.NotificationListener;
import org.gajah.client.Overflow;
import org.gajah.client.Subscription;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions that resume a retained channel: every message once, in order, whatever happens to their connections. */
class ResumeTest {
    private Target gajah;
    private Place place;

    @BeforeEach
    void start() throws IOException, SQLException {
        gajah = Targets.gajah();
        place = new Place(() -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + gajah.port() + "/postgres", "postgres", ""));
        place.run("SELECT gajah.retain_channel('orders', interval '1 day')");
    }

    @AfterEach
    void stop() {
        gajah.close();
    }

    private NotificationListener open(int buffer) {
        return NotificationListener.open(place::connect, ListenerContract.OPTIONS.withBuffer(buffer, Overflow.DROP_OLDEST));
    }

    private void send(int from, int to) throws SQLException {
        ConnectionSource source = () -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + gajah.port() + "/postgres", "postgres", "");
        try (Connection connection = source.connect(); Statement statement = connection.createStatement()) {
            for (int i = from; i <= to; i++) {
                statement.execute("NOTIFY orders, '" + i + "'");
            }
        }
    }

    private static void expect(Subscription subscription, int from, int to) throws InterruptedException {
        for (int i = from; i <= to; i++) {
            Event.Message message = assertInstanceOf(Event.Message.class, ListenerContract.next(subscription));
            assertEquals("" + i, message.payload());
            assertEquals(OptionalLong.of(i), message.number());
        }
    }

    @Test
    void whatWasMissedComesBeforeWhatIsNew() throws Exception {
        send(1, 10);
        try (NotificationListener listener = open(1000)) {
            Subscription all = listener.resume("orders", OptionalLong.of(0));
            Subscription some = listener.resume("orders", OptionalLong.of(7));
            Subscription fresh = listener.resume("orders", OptionalLong.empty());
            listener.awaitReady(ListenerContract.SOON);
            expect(all, 1, 10);
            expect(some, 8, 10);
            place.setDown(true);
            send(11, 20);
            place.setDown(false);
            send(21, 30);
            expect(all, 11, 30);
            expect(some, 11, 30);
            expect(fresh, 11, 30);
        }
    }

    @Test
    void aSmallBufferLosesNothing() throws Exception {
        send(1, 500);
        try (NotificationListener listener = open(3)) {
            Subscription subscription = listener.resume("orders", OptionalLong.of(0));
            expect(subscription, 1, 500);
            send(501, 600);
            expect(subscription, 501, 600);
            assertEquals(0, listener.metrics().dropped());
        }
    }

    @Test
    void underLoadWithKillsEachMessageComesOnce() throws Exception {
        int total = 3000;
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (NotificationListener listener = open(100)) {
            Subscription subscription = listener.resume("orders", OptionalLong.of(0));
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    send(1, total);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int at = 1; at <= total;) {
                int to = Math.min(total, at + random.nextInt(400));
                expect(subscription, at, to);
                place.kill();
                at = to + 1;
            }
            sender.join();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void aRestartOfTheServerLosesNothing() throws Exception {
        try (NotificationListener listener = open(100)) {
            Subscription subscription = listener.resume("orders", OptionalLong.of(0));
            send(1, 50);
            expect(subscription, 1, 20);
            gajah.restart();
            send(51, 100);
            expect(subscription, 21, 100);
        }
    }

    @Test
    void whatIsNotKeptAnyMoreIsAGap() throws Exception {
        send(1, 10);
        place.run("SELECT gajah.retain_channel('orders', NULL)");
        place.run("SELECT gajah.retain_channel('orders', interval '1 day')");
        try (NotificationListener listener = open(100)) {
            Subscription subscription = listener.resume("orders", OptionalLong.of(4));
            Event.Gap gap = ListenerContract.gap(subscription);
            assertEquals(Event.Cause.EXPIRED, gap.cause());
            assertEquals(OptionalLong.of(5), gap.dropped());
            expect(subscription, 10, 10);
        }
    }
}
