package org.gajah.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.gajah.client.ConnectionSource;
import org.gajah.client.Event;
import org.gajah.client.NotificationListener;
import org.gajah.client.Subscription;
import org.junit.jupiter.api.Test;

/** What can happen to connections over TCP besides. */
abstract class SocketListenerContract extends ListenerContract {
    /** Where the server listens on the loopback interface. */
    abstract int port();

    @Override
    ConnectionSource source() {
        return ConnectionSource.of("jdbc:postgresql://127.0.0.1:" + port() + "/postgres", "postgres", "");
    }

    private static ConnectionSource through(int port) {
        return ConnectionSource.of("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
    }

    @Test
    void l04AHalfOpenConnectionIsFoundInBoundedTime() throws Exception {
        try (Proxy proxy = new Proxy(port())) {
            NotificationListener listener = open(through(proxy.port()), OPTIONS.withKeepAlive(Duration.ofMillis(200), Duration.ofMillis(500)));
            Subscription subscription = ready(listener, "l4");
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                proxy.forget();
                assertEquals(Event.Cause.RECONNECTED, gap(subscription).cause());
                assertTrue(System.nanoTime() - start < 10_000_000_000L);
                place.run("NOTIFY l4, '" + i + "'");
                assertEquals("" + i, payload(subscription));
            }
        }
    }

    @Test
    void l04AConnectionThatDiesInTheMiddleOfAMessageIsFoundToo() throws Exception {
        try (Proxy proxy = new Proxy(port())) {
            NotificationListener listener = open(through(proxy.port()), OPTIONS.withKeepAlive(Duration.ofMillis(200), Duration.ofMillis(500)));
            Subscription subscription = ready(listener, "l4m");
            proxy.stopAfter(100);
            place.run("NOTIFY l4m, '" + "x".repeat(5000) + "'");
            assertEquals(Event.Cause.RECONNECTED, gap(subscription).cause());
            place.run("NOTIFY l4m, 'after'");
            assertEquals("after", payload(subscription));
        }
    }

    @Test
    void l04AConnectionCutInTheMiddleOfAMessageIsMadeAgain() throws Exception {
        try (Proxy proxy = new Proxy(port())) {
            Subscription subscription = ready(open(through(proxy.port()), OPTIONS), "l4c");
            proxy.cutAfter(100);
            place.run("NOTIFY l4c, '" + "x".repeat(5000) + "'");
            assertEquals(Event.Cause.RECONNECTED, gap(subscription).cause());
            place.run("NOTIFY l4c, 'after'");
            assertEquals("after", payload(subscription));
        }
    }

    @Test
    void l05AnotherHostAndOtherCredentialsAreTakenAtTheNextConnection() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Proxy first = new Proxy(port()); Proxy second = new Proxy(port())) {
            String url = "jdbc:postgresql://127.0.0.1:" + first.port() + ",127.0.0.1:" + second.port() + "/postgres";
            Subscription subscription = ready(open(ConnectionSource.of(url, () -> {
                Properties properties = new Properties();
                properties.setProperty("user", "postgres");
                properties.setProperty("password", "number " + asked.incrementAndGet());
                return properties;
            }), OPTIONS), "l5");
            assertTrue(first.connections() > 0 && second.connections() == 0);
            first.fail();
            gap(subscription);
            place.run("NOTIFY l5, 'from the second'");
            assertEquals("from the second", payload(subscription));
            assertTrue(second.connections() > 0);
            assertTrue(asked.get() > 1);
        }
    }
}
