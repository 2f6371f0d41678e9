package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.session.Session;
import org.gajah.api.session.SessionStatement;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;
import org.gajah.parse.Parser;

/**
 * A session that a program in this process uses by itself, on its own threads.
 *
 * <p>The lock is held while something runs, so that whoever closes the cluster can wait for that.
 */
public final class DirectSession implements Session {
    private static final Known BEGIN = Known.of("BEGIN");
    private static final Known COMMIT = Known.of("COMMIT");
    private static final Known ROLLBACK = Known.of("ROLLBACK");

    private final SessionImpl session;
    private final DirectClient client;
    private final Runnable closed;
    private final ReentrantLock use = new ReentrantLock();
    private Optional<DirectRows> open = Optional.empty();
    private Optional<Thread> lastThread = Optional.empty();
    private boolean ended;

    /** A statement that need not be parsed each time. */
    private record Known(Slice text, RawStatement raw) {
        static Known of(String sql) {
            Slice text = Slice.of(sql);
            return new Known(text, Parser.parse(text).getFirst());
        }
    }

    private DirectSession(SessionImpl session, DirectClient client, Runnable closed) {
        this.session = session;
        this.client = client;
        this.closed = closed;
    }

    /**
     * Opens one.
     *
     * @param closed called when it has ended
     */
    public static DirectSession open(Cluster cluster, String user, String database, Runnable closed) {
        DirectClient client = new DirectClient();
        Cluster.ConnectionRequest request = new Cluster.ConnectionRequest(user, database, List.of(), Optional.empty(), client);
        SessionImpl session = (SessionImpl) cluster.connect(request);
        try {
            session.login();
        } catch (SqlError e) {
            session.close();
            throw e;
        }
        return new DirectSession(session, client, closed);
    }

    SessionImpl session() {
        return session;
    }

    /** Begins a call; pair with {@link #leave}. {@code changes} is whether it may write. */
    void enter(boolean changes) {
        use.lock();
        try {
            if (ended) {
                throw new SqlError(SqlState.CONNECTION_DOES_NOT_EXIST, "the session is closed");
            }
            client.requireAlive();
            Thread caller = Thread.currentThread();
            if (changes || lastThread.isEmpty() || lastThread.get() != caller) {
                lastThread = Optional.of(caller);
                if (!StackGuard.hasRoom()) {
                    throw new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
                }
            }
        } catch (RuntimeException | Error e) {
            use.unlock();
            throw e;
        }
    }

    void leave() {
        use.unlock();
    }

    /** Outside of a transaction only the rows of the last query are there. */
    void endRows() {
        if (open.isPresent() && !session.transactions().isInBlock()) {
            DirectRows rows = open.get();
            open = Optional.empty();
            rows.close();
        }
    }

    void opened(DirectRows rows) {
        open = Optional.of(rows);
    }

    void closed(DirectRows rows) {
        if (open.isPresent() && open.get() == rows) {
            open = Optional.empty();
        }
    }

    @Override
    public SessionStatement prepare(String sql) {
        Slice text = Slice.of(sql);
        DirectStatement[] made = new DirectStatement[1];
        enter(true);
        try {
            endRows();
            session.work(text, () -> {
                made[0] = new DirectStatement(this, session.runner().prepare(text, List.of()));
                session.endImplicit();
            });
            return made[0];
        } finally {
            leave();
        }
    }

    @Override
    public long execute(String sql) {
        enter(true);
        try {
            endRows();
            DirectSink sink = new DirectSink();
            session.query(Slice.of(sql), sink);
            return sink.processed();
        } finally {
            leave();
        }
    }

    @Override
    public void begin() {
        run(BEGIN);
    }

    @Override
    public boolean commit() {
        return run(COMMIT).equals(COMMIT.text.toString());
    }

    @Override
    public void rollback() {
        run(ROLLBACK);
    }

    /** Runs a statement that is known already; its tag. */
    private String run(Known statement) {
        enter(true);
        try {
            endRows();
            DirectSink sink = new DirectSink();
            session.work(statement.text, () -> session.runner().runOnly(statement.text, statement.raw, Optional.empty(), sink));
            return sink.tag();
        } finally {
            leave();
        }
    }

    @Override
    public boolean isInTransaction() {
        return session.transactions().isInBlock();
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public int processId() {
        return session.processId();
    }

    @Override
    public void onMessage(BiConsumer<String, SqlError> listener) {
        client.tell(listener);
    }

    @Override
    public List<Notification> notifications() {
        enter(false);
        try {
            session.deliver();
            return new ArrayList<>(client.takeNotifications());
        } finally {
            leave();
        }
    }

    /** From any thread: what runs is stopped, and the session ends. */
    public void shutDown() {
        session.terminate();
        close();
    }

    @Override
    public void close() {
        use.lock();
        try {
            if (!ended) {
                ended = true;
                open.ifPresent(DirectRows::forget);
                session.close();
            }
        } finally {
            use.unlock();
            closed.run();
        }
    }
}
