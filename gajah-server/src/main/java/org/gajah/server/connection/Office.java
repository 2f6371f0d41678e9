package org.gajah.server.connection;

import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Future;
import org.gajah.engine.Cluster;
import org.gajah.server.CancelKeys;
import org.gajah.server.ConnectionSlots;
import org.gajah.server.ServerLog;
import org.gajah.server.auth.Authenticator;
import org.gajah.server.net.ServerCertificate;

/** What all connections of a server share. */
public interface Office {
    Cluster cluster();

    Authenticator authenticator();

    Optional<ServerCertificate> certificate();

    CancelKeys cancelKeys();

    ConnectionSlots slots();

    ServerLog log();

    /** The largest message that is taken, in bytes. */
    int mostMessageBytes();

    /** Runs a short task after a while, on a thread that is not the connection's. */
    Future<?> later(long delayMillis, Runnable task);

    /** Whether so many connections have threads that one more idle connection should do without. */
    boolean isCrowded();

    /** Waits for input in the connection's place and then has it resumed. */
    void seat(Connection connection, SocketChannel channel);

    /** Has a connection resumed that waits without a thread. */
    void call(Connection connection);

    /** Has a connection resumed on a thread of its own; {@code readable} as for {@link Connection#resume}. */
    void dispatch(Connection connection, boolean readable);

    /** Has what is there for a connection that waits without a thread delivered. */
    void deliver(Connection connection);

    /** The connection has ended. */
    void ended(Connection connection);
}
