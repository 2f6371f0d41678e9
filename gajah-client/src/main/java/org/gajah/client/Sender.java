package org.gajah.client;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.PGConnection;

/** The second connection of a listener, for what it sends itself; made when first needed, and again when it breaks. */
final class Sender {
    private final ConnectionSource source;
    private final Duration replyTimeout;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Connection> connection = Optional.empty();
    private volatile int processId;
    private volatile boolean closed;

    Sender(ConnectionSource source, Duration replyTimeout) {
        this.source = source;
        this.replyTimeout = replyTimeout;
    }

    /** The server process that sends; 0 if there was none yet. */
    int processId() {
        return processId;
    }

    /** Sends, in a transaction of its own. What fails on a connection kept from earlier is not known to have failed: it is thrown, not repeated. */
    void send(String channel, String payload) throws SQLException {
        lock.lock();
        try (PreparedStatement notify = open().prepareStatement("SELECT pg_notify(?, ?)")) {
            notify.setString(1, channel);
            notify.setString(2, payload);
            notify.execute();
        } catch (SQLException e) {
            if (connection.isPresent() && !connection.get().isValid(1)) {
                drop();
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Sends, over a connection that is closed afterwards unless there is one already. */
    void sendOnce(String channel) throws SQLException {
        lock.lock();
        try {
            boolean kept = connection.isPresent();
            send(channel, "");
            if (!kept) {
                drop();
            }
        } finally {
            lock.unlock();
        }
    }

    private Connection open() throws SQLException {
        if (closed) {
            throw new SQLException("the listener is closed", "08003");
        }
        if (connection.isPresent() && connection.get().isClosed()) {
            drop();
        }
        if (connection.isEmpty()) {
            Connection fresh = source.connect();
            fresh.setAutoCommit(true);
            fresh.setNetworkTimeout(Runnable::run, Math.toIntExact(replyTimeout.toMillis()));
            processId = fresh.unwrap(PGConnection.class).getBackendPID();
            connection = Optional.of(fresh);
        }
        return connection.get();
    }

    private void drop() throws SQLException {
        Optional<Connection> old = connection;
        connection = Optional.empty();
        if (old.isPresent()) {
            old.get().close();
        }
    }

    void close() throws SQLException {
        closed = true;
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }
}
