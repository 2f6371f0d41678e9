package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Connections that no transaction uses, for the whole process. Each is tried before it is given out; one that is idle too long is
 * closed.
 */
final class ConnectionPool {
    static final ConnectionPool SHARED = new ConnectionPool();

    private static final int MOST_IDLE = 8;
    private static final long OLDEST_NANOS = 300_000_000_000L;
    private static final int TRY_SECONDS = 3;

    private record Idle(Connection connection, long sinceNanos) {
    }

    private final Map<Target, Deque<Idle>> idle = new HashMap<>();
    /** What was set, which many drivers would have to ask the server for. */
    private final Map<Connection, Integer> isolations = Collections.synchronizedMap(new WeakHashMap<>());

    /** A connection to the target, outside any transaction. */
    Connection take(Target target) {
        while (true) {
            Idle found;
            synchronized (this) {
                Deque<Idle> kept = idle.get(target);
                found = kept == null ? null : kept.pollFirst();
            }
            if (found == null) {
                return open(target);
            }
            long age = System.nanoTime() - found.sinceNanos;
            if (age < OLDEST_NANOS && answers(found.connection)) {
                return found.connection;
            }
            discard(found.connection);
        }
    }

    /** Sets a connection's isolation, JDBC's number; 0 leaves it. */
    void isolate(Connection connection, int wanted) throws SQLException {
        if (wanted > 0 && !Integer.valueOf(wanted).equals(isolations.get(connection))) {
            connection.setTransactionIsolation(wanted);
            isolations.put(connection, wanted);
        }
    }

    private static boolean answers(Connection connection) {
        try {
            return connection.isValid(TRY_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection open(Target target) {
        try {
            Connection connection = target.connect();
            try (Statement s = connection.createStatement()) {
                for (String command : target.setup().isEmpty() ? new String[0] : target.setup().split(";")) {
                    s.execute(command);
                }
                SessionZone.set(connection, target.zone());
                if (target.readOnly()) {
                    connection.setReadOnly(true);
                }
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                discard(connection);
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            throw new SqlError(SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, "could not connect to server \"" + target.server() + "\"", e)
                    .detail(String.valueOf(e.getMessage()));
        }
    }

    /** Takes a connection back whose transaction is over. */
    void give(Target target, Connection connection) {
        boolean kept = false;
        if (target.keep()) {
            synchronized (this) {
                Deque<Idle> others = idle.computeIfAbsent(target, t -> new ArrayDeque<>());
                kept = others.size() < MOST_IDLE;
                if (kept) {
                    others.addFirst(new Idle(connection, System.nanoTime()));
                }
            }
        }
        if (!kept) {
            discard(connection);
        }
    }

    /** How many connections to the target lie here. */
    synchronized int idle(Target target) {
        return idle.containsKey(target) ? idle.get(target).size() : 0;
    }

    /** Closes the idle connections to servers of this name; all of them if it is empty. Says whether there were any. */
    boolean close(String server) {
        Deque<Idle> closed = new ArrayDeque<>();
        synchronized (this) {
            idle.forEach((target, kept) -> {
                if (server.isEmpty() || target.server().equals(server)) {
                    closed.addAll(kept);
                    kept.clear();
                }
            });
        }
        closed.forEach(i -> discard(i.connection));
        return !closed.isEmpty();
    }

    /** Closes a connection that nobody will use again. */
    static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger("org.gajah.fdw").log(System.Logger.Level.DEBUG, "closing a connection failed", e);
        }
    }
}
