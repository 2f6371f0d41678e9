package org.gajah.engine;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * One data directory (or one in-memory store) with its databases and roles, opened by this process: what PostgreSQL calls a
 * database cluster. Safe for use by many threads.
 */
public interface Cluster extends AutoCloseable {
    /** What authentication must know about a role; empty if there is no such role. */
    Optional<Login> login(String role);

    /** Whether a database of this name exists and lets clients in. */
    boolean hasDatabase(String name);

    /**
     * Opens a session for an authenticated role.
     *
     * @throws org.gajah.api.SqlError 3D000 for an unknown database, 28000 for a role that may not log in, 53300 when full,
     *     42704 or 22023 for a start-up setting that is wrong
     */
    Session connect(ConnectionRequest request);

    /** The value of a setting as the whole server sees it (command line, postgresql.conf, default). */
    String setting(String name);

    /** The session with this process id. */
    Optional<Session> session(int processId);

    /** Ends all sessions with 57P01, checkpoints and closes the files. */
    @Override
    void close();

    /**
     * A role as authentication sees it.
     *
     * @param verifier   the stored SCRAM verifier; empty if the role has no password
     * @param validUntilMicros end of the password's validity, in microseconds since 2000-01-01 UTC
     * @param memberOf   names of the roles it is a member of, directly or not
     */
    record Login(String role, boolean superuser, boolean canLogin, Optional<String> verifier, long validUntilMicros,
            List<String> memberOf) {
    }

    /**
     * A request for a session.
     *
     * @param settings name and value of each start-up parameter that is a setting, in order
     * @param remoteAddress the client's address; empty in process
     */
    record ConnectionRequest(String user, String database, List<Setting> settings, Optional<InetSocketAddress> remoteAddress,
            Client client) {
    }

    /** A setting with its value as text. */
    record Setting(String name, String value) {
    }
}
