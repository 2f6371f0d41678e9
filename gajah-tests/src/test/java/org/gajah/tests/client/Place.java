package org.gajah.tests.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gajah.client.ConnectionSource;
import org.postgresql.PGConnection;

/** A server that a test listens to: it can be made unreachable, and the connections that it gave can be killed on the server. */
final class Place {
    private final ConnectionSource source;
    private final List<Integer> processes = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    Place(ConnectionSource source) {
        this.source = source;
    }

    /** Connections that it remembers. */
    Connection connect() throws SQLException {
        if (down) {
            throw new SQLException("down for a test", "08001");
        }
        Connection connection = source.connect();
        processes.add(connection.unwrap(PGConnection.class).getBackendPID());
        return connection;
    }

    /** From now on there are no connections any more, or there are again. */
    void setDown(boolean now) throws SQLException {
        down = now;
        if (now) {
            kill();
        }
    }

    /** Ends the sessions on the server that connections were made to. */
    void kill() throws SQLException {
        for (int process : processes) {
            run("SELECT pg_terminate_backend(" + process + ")");
        }
        processes.clear();
    }

    /** A statement in a session of its own. */
    void run(String sql) throws SQLException {
        try (Connection connection = source.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
