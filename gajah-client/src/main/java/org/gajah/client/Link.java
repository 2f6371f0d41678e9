package org.gajah.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The thread that owns the connection: connects, LISTENs to what the registry wants, waits for notifications, and begins again when the
 * connection is lost. While it waits nobody else can use the connection, so a change of the registry is told to it by a notification on
 * a channel of its own; should that fail, it sees the change at the next sign of life.
 */
final class Link implements Runnable {
    private static final int STATEMENTS_AT_ONCE = 500;
    /** No such schema, no such function, not retained. */
    private static final Set<String> NOT_RETAINED = Set.of("3F000", "42883", "55000");

    private final ConnectionSource source;
    private final ListenerOptions options;
    private final Registry registry;
    private final Counters counters;
    private final Sender sender;
    private final String wakeChannel = "gajah_wake_" + UUID.randomUUID();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private volatile Optional<Connection> current = Optional.empty();
    private volatile boolean connected;
    private volatile boolean waiting;
    private volatile boolean closed;
    /** Only the link's thread uses what follows. */
    private Set<String> listening = Set.of();
    private long applied;
    private Instant lastSeen = Instant.now();
    private int attempts;

    Link(ConnectionSource source, ListenerOptions options, Registry registry, Counters counters, Sender sender) {
        this.source = source;
        this.options = options;
        this.registry = registry;
        this.counters = counters;
        this.sender = sender;
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                connected(source.connect());
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    counters.failures.increment();
                    registry.failed(e);
                    options.onError().accept(e);
                }
            } finally {
                connected = false;
                registry.all().forEach(Subscription::lost);
            }
            retryLater();
        }
    }

    private void connected(Connection connection) throws SQLException {
        current = Optional.of(connection);
        try {
            if (closed) {
                return;
            }
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(options.replyTimeout().toMillis()));
            listening = Set.of();
            applied = 0;
            execute(connection, "LISTEN " + ChannelNames.quoted(wakeChannel));
            listenToWhatIsWanted(connection);
            serve(connection, connection.unwrap(PGConnection.class));
        } finally {
            current = Optional.empty();
            abort(connection);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(Connection connection, PGConnection notifications) throws SQLException {
        while (!closed) {
            PGNotification[] got = await(connection, notifications);
            if (got.length == 0 && applied == registry.version()) {
                execute(connection, "SELECT 1");
            }
            lastSeen = Instant.now();
            for (PGNotification notification : got) {
                dispatch(notification);
            }
            if (applied != registry.version()) {
                listenToWhatIsWanted(connection);
            } else {
                replay(connection);
            }
        }
    }

    /** What has come, after a wait of at most the keep-alive time; none if there is something else to do. */
    private PGNotification[] await(Connection connection, PGConnection notifications) throws SQLException {
        waiting = true;
        try (Watch _ = Watch.over(options.keepAlive().plus(options.replyTimeout()), () -> abort(connection))) {
            PGNotification[] got = applied == registry.version() && !closed
                    ? notifications.getNotifications(Math.toIntExact(options.keepAlive().toMillis())) : notifications.getNotifications();
            return got == null ? new PGNotification[0] : got;
        } finally {
            waiting = false;
        }
    }

    private void dispatch(PGNotification notification) {
        String channel = notification.getName();
        if (channel.equals(wakeChannel)) {
            return;
        }
        counters.messages.increment();
        if (options.ignoreOwn() && notification.getPID() == sender.processId()) {
            return;
        }
        Event.Message message = new Event.Message(channel, notification.getParameter(), notification.getPID(), OptionalLong.empty(), lastSeen);
        for (Subscription subscription : registry.of(channel)) {
            if (subscription.resumes()) {
                subscription.setBehind(true);
            } else {
                subscription.offer(message);
            }
        }
    }

    /** Makes what the server listens to what is wanted; then subscriptions are ready, those that were before have a gap. */
    private void listenToWhatIsWanted(Connection connection) throws SQLException {
        long version = registry.version();
        List<Subscription> subscriptions = registry.all();
        Set<String> wanted = new HashSet<>();
        subscriptions.forEach(s -> wanted.addAll(s.channels()));
        execute(connection, "UNLISTEN ", without(listening, wanted));
        execute(connection, "LISTEN ", without(wanted, listening));
        listening = wanted;
        if (!connected) {
            counters.connects.increment();
            connected = true;
            attempts = 0;
        }
        Instant now = Instant.now();
        for (Subscription subscription : subscriptions) {
            if (!subscription.isReady() && !subscription.resumes() && subscription.confirm()) {
                counters.gaps.increment();
                subscription.offer(new Event.Gap(Event.Cause.RECONNECTED, lastSeen, now, OptionalLong.empty()));
            }
        }
        applied = version;
        lastSeen = now;
        replay(connection);
        subscriptions.stream().filter(s -> s.resumes() && !s.isReady()).forEach(Subscription::confirm);
    }

    private void replay(Connection connection) throws SQLException {
        Replay replay = new Replay(connection);
        for (Subscription subscription : registry.all()) {
            if (subscription.isBehind() && listening.containsAll(subscription.channels())) {
                feed(replay, subscription);
            }
        }
    }

    /** A server that has no such channel ends the subscription, not the connection. */
    private void feed(Replay replay, Subscription subscription) throws SQLException {
        try {
            subscription.setBehind(!replay.feed(subscription, lastSeen));
        } catch (SQLException e) {
            if (!NOT_RETAINED.contains(Optional.ofNullable(e.getSQLState()).orElse(""))) {
                throw e;
            }
            subscription.refuse(e);
            options.onError().accept(e);
        }
    }

    private static List<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(c -> !others.contains(c)).toList();
    }

    private void execute(Connection connection, String verb, List<String> channels) throws SQLException {
        for (int from = 0; from < channels.size(); from += STATEMENTS_AT_ONCE) {
            StringBuilder sql = new StringBuilder();
            channels.subList(from, Math.min(channels.size(), from + STATEMENTS_AT_ONCE))
                    .forEach(c -> sql.append(verb).append(ChannelNames.quoted(c)).append(';'));
            execute(connection, sql.toString());
        }
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Watch _ = Watch.over(options.replyTimeout().multipliedBy(2), () -> abort(connection)); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Gets the link out of its wait, because the registry has changed. */
    void wake() {
        if (waiting && !closed && waking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("gajah-listener-wake").start(() -> {
                waking.set(false);
                try {
                    sender.sendOnce(wakeChannel);
                } catch (SQLException e) {
                    registry.failed(e);
                }
            });
        }
    }

    private void retryLater() {
        long most = Math.min(options.lastRetry().toMillis(), options.firstRetry().toMillis() << Math.min(attempts, 30));
        attempts++;
        long nanos = TimeUnit.MILLISECONDS.toNanos(most - ThreadLocalRandom.current().nextLong(most / 2 + 1));
        lock.lock();
        try {
            while (nanos > 0 && !closed) {
                nanos = closing.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        current.ifPresent(Link::abort);
    }
}
