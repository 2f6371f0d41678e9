package org.gajah.client;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.LinkedHashSet;

/**
 * Listens on channels of a PostgreSQL-compatible server, reconnecting whenever it must, and says when something may have been missed.
 *
 * <pre>{@code
 * try (NotificationListener listener = NotificationListener.open(ConnectionSource.of(url, user, password))) {
 *     Subscription orders = listener.subscribe("orders");
 *     orders.awaitReady(Duration.ofSeconds(10));
 *     readTheState();
 *     for (Event event : orders) {
 *         switch (event) {
 *             case Event.Message m -> handle(m.payload());
 *             case Event.Gap g -> readTheState();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Subscriptions come and go at any time, connected or not; those to the same channel share one LISTEN. Safe for all threads.
 */
public final class NotificationListener implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final ListenerOptions options;
    private final Counters counters = new Counters();
    private final Registry registry;
    private final Sender sender;
    private final Link link;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NotificationListener(ConnectionSource source, ListenerOptions options) {
        this.options = options;
        this.registry = new Registry(this::wake);
        this.sender = new Sender(source, options.replyTimeout());
        this.link = new Link(source, options, registry, counters, sender);
        this.thread = Thread.ofVirtual().name("gajah-listener").unstarted(link);
    }

    /** Starts with {@link ListenerOptions#DEFAULTS}; does not wait for the connection. */
    public static NotificationListener open(ConnectionSource source) {
        return open(source, ListenerOptions.DEFAULTS);
    }

    /** Starts to connect, and goes on trying until it is closed. */
    public static NotificationListener open(ConnectionSource source, ListenerOptions options) {
        NotificationListener listener = new NotificationListener(source, options);
        listener.thread.start();
        return listener;
    }

    private void wake() {
        link.wake();
    }

    /**
     * Events of these channels, to be taken from the subscription.
     *
     * @throws SQLException 22023 if a channel's name is empty or longer than 63 bytes
     * @throws IllegalStateException if the listener is closed
     */
    public Subscription subscribe(String channel, String... more) throws SQLException {
        Set<String> channels = new LinkedHashSet<>();
        channels.add(ChannelNames.checked(channel));
        for (String another : more) {
            channels.add(ChannelNames.checked(another));
        }
        return add(channels, false, OptionalLong.empty());
    }

    /** Events of these channels for a handler, on a virtual thread of the subscription's own. */
    public Subscription subscribe(Handler handler, String channel, String... more) throws SQLException {
        Subscription subscription = subscribe(channel, more);
        subscription.consume(() -> handle(subscription, handler), "gajah-listener-handler", () -> { });
        return subscription;
    }

    /** Events of these channels for any number of subscribers, each of which gets those from its own subscription on. */
    public Flow.Publisher<Event> publisher(String channel, String... more) throws SQLException {
        Set<String> channels = new LinkedHashSet<>(List.of(ChannelNames.checked(channel)));
        for (String another : more) {
            channels.add(ChannelNames.checked(another));
        }
        return new EventPublisher(() -> add(channels, false, OptionalLong.empty()));
    }

    /**
     * Messages of a channel that Gajah retains, from the one after {@code after} on: each once, in order, with its number, over all
     * reconnections. A gap comes only where the channel does not keep messages any more. The buffer's overflow policy has no part in
     * this: what it has no room for stays with the server.
     *
     * <p>Where the server does not retain the channel, as no PostgreSQL does, the subscription ends, and {@link Subscription#awaitReady} throws.
     *
     * @param after the number of the last message that was dealt with; empty begins with what comes now
     */
    public Subscription resume(String channel, OptionalLong after) throws SQLException {
        return add(Set.of(ChannelNames.checked(channel)), true, after);
    }

    /** {@link #resume(String, OptionalLong)} for a handler. */
    public Subscription resume(Handler handler, String channel, OptionalLong after) throws SQLException {
        Subscription subscription = resume(channel, after);
        subscription.consume(() -> handle(subscription, handler), "gajah-listener-handler", () -> { });
        return subscription;
    }

    private Subscription add(Set<String> channels, boolean resumes, OptionalLong after) {
        Buffer buffer = new Buffer(options.bufferSize(), options.overflow(), counters.dropped::add);
        Subscription subscription = new Subscription(channels, buffer, options.bufferSize(), registry, resumes, after);
        if (closed.get()) {
            throw new IllegalStateException("the listener is closed");
        }
        registry.add(subscription);
        if (closed.get()) {
            subscription.close();
        }
        return subscription;
    }

    private void handle(Subscription subscription, Handler handler) {
        boolean over = false;
        while (!over) {
            try {
                Optional<Event> event = options.idleTimeout().isPresent() ? subscription.poll(options.idleTimeout().get()) : subscription.take();
                over = event.isEmpty() && subscription.isOver();
                if (event.isPresent()) {
                    switch (event.get()) {
                        case Event.Message message -> handler.message(message);
                        case Event.Gap gap -> handler.gap(gap);
                    }
                } else if (!over) {
                    handler.idle();
                }
            } catch (OverflowException | InterruptedException e) {
                over = true;
                subscription.close();
                options.onError().accept(e);
            } catch (RuntimeException e) {
                options.onError().accept(e);
            }
        }
    }

    /**
     * Sends a notification, committed when this returns, over a connection that is made at the first call.
     *
     * @throws SQLException 22023, without asking the server, if the name is empty or longer than 63 bytes or the payload longer than 7999
     */
    public void notify(String channel, String payload) throws SQLException {
        sender.send(ChannelNames.checked(channel), ChannelNames.checkedPayload(payload));
    }

    /** Waits until the server listens for all subscriptions that there are. */
    public void awaitReady(Duration timeout) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + timeout.toNanos();
        for (Subscription subscription : registry.all()) {
            subscription.awaitReady(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    /** How it is doing. */
    public ListenerMetrics metrics() {
        List<Subscription> all = registry.all();
        Instant now = Instant.now();
        Duration lag = all.stream().flatMap(s -> s.buffer().oldest().stream()).map(oldest -> Duration.between(oldest, now))
                .max(Duration::compareTo).orElse(Duration.ZERO);
        return new ListenerMetrics(link.isConnected(), Math.max(0, counters.connects.sum() - 1), counters.failures.sum(), counters.messages.sum(),
                counters.gaps.sum(), counters.dropped.sum(), all.stream().mapToInt(Subscription::backlog).sum(), lag, registry.lastError());
    }

    /** Closes the connection and the subscriptions, and waits up to half a minute for handlers to deal with what has come. */
    @Override
    public void close() {
        try {
            close(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same with another time to wait; false if handlers, or a source that is connecting, were not done in time. May be called by a handler. */
    public boolean close(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        closed.set(true);
        link.close();
        boolean done = thread.join(left(end));
        registry.all().forEach(Subscription::close);
        try {
            sender.close();
        } catch (SQLException e) {
            options.onError().accept(e);
        }
        for (Subscription subscription : registry.consumed()) {
            done &= subscription.join(left(end));
        }
        return done;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }
}
