package org.gajah.api.session;

import java.util.List;
import java.util.function.BiConsumer;

import org.gajah.api.SqlError;

/**
 * One session, with transactions, settings, roles and temporary tables of its own. Outside of {@link #begin} and {@link #commit} each
 * statement is its own transaction.
 *
 * <p>For one thread at a time, which runs the statements itself; only {@link #cancel} may come from another. An error in a
 * transaction leaves it failed until {@link #rollback}, as PostgreSQL does.
 */
public interface Session extends AutoCloseable {
    /** Prepares one statement with parameters {@code $1, $2, ...}; it is planned once and for as long as the catalogs stay as they are. */
    SessionStatement prepare(String sql);

    /** Runs one statement or several; the number of rows that the last has changed or given. Rows are dropped. */
    long execute(String sql);

    /** Begins a transaction. */
    void begin();

    /** Ends the transaction; false if it had failed and was rolled back. When this returns true it is durable (synchronous_commit). */
    boolean commit();

    /** Takes the transaction back. */
    void rollback();

    /** Whether a transaction has begun, be it a failed one. */
    boolean isInTransaction();

    /** From any thread: the running statement, if one runs, fails with 57014. */
    void cancel();

    /** The number that other sessions know this one by (pg_backend_pid). */
    int processId();

    /** Who is told of notices and warnings, on the session's thread: severity and message. Nobody is to begin with. */
    void onMessage(BiConsumer<String, SqlError> listener);

    /** Takes the notifications that have come for channels that the session listens on; none within a transaction. */
    List<Notification> notifications();

    /** What NOTIFY sends. */
    record Notification(int processId, String channel, String payload) {
    }

    /** Rolls back what is open. */
    @Override
    void close();
}
