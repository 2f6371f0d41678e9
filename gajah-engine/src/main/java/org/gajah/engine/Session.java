package org.gajah.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.type.Encoding;

/**
 * One client's session. All methods but {@link #cancel} and {@link #terminate} belong to one thread at a time.
 *
 * <p>A method that throws {@link org.gajah.api.SqlError} has already done to the transaction what PostgreSQL does: a block is
 * failed, an implicit transaction is rolled back.
 */
public interface Session extends AutoCloseable {
    /** The number that clients know the session by (pg_backend_pid). */
    int processId();

    /** The settings that a client is told at the start, by name. */
    Map<String, String> reportedSettings();

    /** The encoding in which the client writes and reads text (client_encoding). */
    default Encoding clientEncoding() {
        return Encoding.UTF8;
    }

    /** The client is told that it may begin: fires the database's login triggers. An error means that it may not. */
    default void login() {
        // whoever has no event triggers has none at login
    }

    /** What ReadyForQuery says. */
    TransactionStatus status();

    /** Where a transaction stands. */
    enum TransactionStatus {
        /** No transaction block. */
        IDLE,
        /** In a transaction block. */
        OPEN,
        /** In a block that has failed. */
        FAILED
    }

    /** Runs all statements of the text (simple query protocol). */
    void query(Slice sql, ResultSink sink);

    /** Prepares a statement; an empty name is the unnamed one. A parameter type of 0 is to be inferred. */
    void parse(String name, Slice sql, List<Integer> parameterTypes);

    /** Parameter types and result columns of a prepared statement. */
    StatementDescription describeStatement(String name);

    /**
     * Makes a portal of a prepared statement.
     *
     * @param values a slice each, or empty for NULL
     * @param formats and {@code resultFormats}: none (all text), one for all, or one each; true is binary
     */
    void bind(String portal, String statement, List<Boolean> formats, List<Optional<Slice>> values, List<Boolean> resultFormats);

    /** The result columns of a portal, with formats; empty if it returns no rows. */
    Optional<List<ResultColumn>> describePortal(String portal);

    /** Runs a portal for at most {@code maxRows} rows (0: all); ends in complete, suspended or empty on the sink. */
    void execute(String portal, long maxRows, ResultSink sink);

    void closeStatement(String name);

    void closePortal(String name);

    /** Ends the implicit transaction of an extended-protocol exchange, as Sync does. */
    void sync();

    /**
     * Does to the transaction what an error does: for an error that the connection finds by itself, such as a malformed
     * message.
     */
    void fail();

    /**
     * Raises what {@link #cancel}, {@link #terminate} or a timeout have asked of the running statement, if anything: for
     * whoever waits for the client on the statement's behalf.
     */
    void checkCancel();

    /**
     * Hands about 64 KB of notifications to the client if none of its transactions is open; called when the session becomes idle or is
     * woken. False if there were none, true if there may be more.
     */
    boolean deliver();

    /** Whether it listens on something. */
    boolean isListening();

    /** Milliseconds that the session may idle in its present state (idle_session_timeout and kin); 0 is for ever. */
    long idleTimeoutMillis();

    /** From any thread: cancels the running statement, if one runs, with 57014. */
    void cancel();

    /** From any thread: as pg_terminate_backend, with 57P01. */
    void terminate();

    /** Rolls back what is open and frees everything; from the session's thread, also after a lost connection. */
    @Override
    void close();

    /**
     * A prepared statement's face.
     *
     * @param columns empty if it returns no rows
     */
    record StatementDescription(List<Integer> parameterTypes, Optional<List<ResultColumn>> columns) {
    }
}
