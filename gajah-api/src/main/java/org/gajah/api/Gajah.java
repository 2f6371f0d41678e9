package org.gajah.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

import javax.sql.DataSource;

import org.gajah.api.session.Session;

/**
 * A PostgreSQL-compatible database inside this process. One process may hold many. Connections are pgjdbc's, over memory instead of
 * a socket; superuser {@code postgres}, databases {@code postgres} and {@code template1} are there from the start.
 *
 * <p>Safe for use by many threads. {@link #close} ends all connections, writes everything down and gives the directory back.
 */
public interface Gajah extends AutoCloseable {
    /**
     * Opens a data directory, recovering it if need be, or makes a new one; nothing listens on a port.
     *
     * @throws SqlError 58000 with a message for people if that is not possible, for instance because another process has it open
     */
    static Gajah open(Path directory) {
        return provider().open(directory, Map.of());
    }

    /** The same, listening on this machine's {@code port} besides; 0 takes any free port, {@link #port} then tells which. */
    static Gajah open(Path directory, int port) {
        return provider().open(directory, Map.of("listen_addresses", "localhost", "port", Integer.toString(port)));
    }

    /** A new cluster whose data vanish with it. */
    static Gajah inMemory() {
        return provider().inMemory();
    }

    private static GajahProvider provider() {
        return ServiceLoader.load(GajahProvider.class, Gajah.class.getClassLoader()).findFirst().orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_OBJECT, "gajah-server is not on the class path or module path"));
    }

    /** Connections to database {@code postgres} as {@code postgres}. */
    default DataSource dataSource() {
        return dataSource("postgres", "postgres");
    }

    /** Connections to a database as a role. */
    DataSource dataSource(String database, String user);

    /** A session without JDBC, on database {@code postgres} as {@code postgres}. */
    default Session session() {
        return session("postgres", "postgres");
    }

    /** A session without JDBC: statements run on the thread that calls, and columns are read where they are. */
    Session session(String database, String user);

    /** The TCP port that this cluster listens on, if it does. */
    Optional<Integer> port();

    @Override
    void close();
}
