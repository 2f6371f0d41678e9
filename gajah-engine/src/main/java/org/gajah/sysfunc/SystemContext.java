package org.gajah.sysfunc;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.RoleRow;
import org.gajah.func.CallContext;
import org.gajah.notify.Channels;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.Settings;
import org.gajah.table.RelationId;
import org.gajah.table.Storage;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.lock.LockManager;
import org.gajah.txn.lock.LockOwner;

/** What a system function may know and do, besides what any function may. */
public interface SystemContext extends CallContext {
    /** The catalogs as the statement sees them. */
    CatalogView catalog();

    Settings settings();

    ServerSettings serverSettings();

    /** Runs something over the committed catalogs of another database. */
    <T> T inDatabase(int database, Function<CatalogView, T> work);

    /** The role whose rights count. */
    RoleRow currentRole();

    /** Whether a SECURITY DEFINER function runs. */
    boolean isUnderDefiner();

    RoleRow sessionRole();

    /** The role that the client logged in as. */
    RoleRow authenticatedRole();

    int databaseOid();

    String databaseName();

    int processId();

    /** The client's address; empty in process. */
    Optional<InetSocketAddress> clientAddress();

    /** Oids of the schemas in the search path that exist; with pg_catalog in its implicit place if {@code implicit}. */
    List<Integer> searchPath(boolean implicit);

    Storage storage();

    /** Where a relation's rows lie. */
    RelationId storageId(int relfilenode, boolean shared);

    Transaction transaction();

    Snapshot snapshot();

    LockManager locks();

    LockOwner lockOwner();

    /** What is written in a catalog since the last time is seen from now on, and by others after the commit. */
    void catalogsChanged();

    /** What the command has done whose event trigger runs; empty outside of such. */
    default Optional<EventState> event() {
        return Optional.empty();
    }

    /** LISTEN and NOTIFY. */
    Channels channels();

    /** nextval, currval, lastval, setval. */
    Sequences sequences();

    /** All sessions of the cluster. */
    List<SessionInfo> sessions();

    /** What sessions show of a kind of long command that they are running. */
    List<ProgressInfo> progress(String command);

    /** The session's cursors, those of the protocol too. */
    List<CursorInfo> cursors();

    /** The session's prepared statements that have names. */
    List<PreparedInfo> preparedStatements();

    /** Microseconds since 2000-01-01 UTC at which the server started. */
    long serverStartMicros();

    /** As pg_cancel_backend; false if there is no such session. */
    boolean cancelSession(int processId);

    /** As pg_terminate_backend; false if there is no such session. */
    boolean terminateSession(int processId);

    /** Sleeps until {@link #clockMicros} has reached this; a cancel ends it with its error. */
    void sleepUntil(long micros);

    /** How many trigger functions run inside each other. */
    int triggerDepth();

    /** Sequences as a session uses them. */
    interface Sequences {
        long next(int sequence);

        /** 55000 if this session has not called nextval on it. */
        long current(int sequence);

        long last();

        void set(int sequence, long value, boolean called);
    }

    /** A session's {@link Progress}. */
    record ProgressInfo(int processId, int database, int role, Progress progress) {
    }

    /** A cursor as pg_cursors shows it. */
    record CursorInfo(String name, Slice statement, boolean hold, boolean binary, boolean scroll, long createdMicros) {
    }

    /** A prepared statement as pg_prepared_statements shows it. {@code runs}: how often it ran, each time with the same plan. */
    record PreparedInfo(String name, Slice statement, long preparedMicros, List<Integer> parameterTypes, Optional<List<Integer>> resultTypes, boolean fromSql, long runs) {
    }

    /**
     * A session as pg_stat_activity shows it; times in microseconds since 2000-01-01 UTC, 0 for none.
     *
     * @param state active, idle, idle in transaction, idle in transaction (aborted)
     */
    record SessionInfo(int processId, int database, String databaseName, int role, String roleName, String applicationName,
            Optional<InetSocketAddress> client, long startedMicros, long transactionMicros, long statementMicros, long stateMicros, String state, String statement) {
    }
}
