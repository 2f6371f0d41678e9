package org.gajah.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.engine.Client;
import org.gajah.engine.Cluster;
import org.gajah.engine.CopyInput;
import org.gajah.engine.CopyOutput;
import org.gajah.engine.ResultColumn;
import org.gajah.engine.ResultSink;
import org.gajah.engine.Session;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.LongVector;

/**
 * Words: {@code rows N}, {@code fail}, {@code notice TEXT}, {@code begin}, {@code commit}, {@code rollback},
 * {@code report NAME VALUE}, {@code listen CH}, {@code notify CH TEXT}, {@code copyin}, {@code copyout N}, {@code hang},
 * {@code idletimeout MILLIS}, {@code settings}; whatever begins with SET is accepted.
 */
final class ToySession implements Session {
    private record Portal(String sql, boolean binary, List<Optional<Slice>> values, int[] position) {
    }

    private record Note(int sender, String channel, String payload) {
    }

    final Cluster.ConnectionRequest request;
    volatile boolean closed;
    private final ToyCluster cluster;
    private final int processId;
    private final Client client;
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private final Set<String> channels = new HashSet<>();
    private final Queue<Note> inbox = new ConcurrentLinkedQueue<>();
    private final Semaphore interrupt = new Semaphore(0);
    private volatile Optional<SqlError> pending = Optional.empty();
    private volatile boolean running;
    private long idleTimeoutMillis;
    private TransactionStatus status = TransactionStatus.IDLE;

    ToySession(ToyCluster cluster, int processId, Cluster.ConnectionRequest request) {
        this.cluster = cluster;
        this.processId = processId;
        this.request = request;
        this.client = request.client();
    }

    void offer(int sender, String channel, String payload) {
        synchronized (channels) {
            if (!channels.contains(channel)) {
                return;
            }
        }
        inbox.add(new Note(sender, channel, payload));
        client.wake();
    }

    @Override
    public int processId() {
        return processId;
    }

    @Override
    public Map<String, String> reportedSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server_version", "18.6");
        settings.put("client_encoding", "UTF8");
        settings.put("server_encoding", "UTF8");
        settings.put("DateStyle", "ISO, MDY");
        settings.put("TimeZone", "UTC");
        settings.put("integer_datetimes", "on");
        settings.put("standard_conforming_strings", "on");
        return settings;
    }

    @Override
    public TransactionStatus status() {
        return status;
    }

    @Override
    public void query(Slice sql, ResultSink sink) {
        if (sql.toString().isBlank()) {
            sink.empty();
            return;
        }
        for (String statement : sql.toString().split(";")) {
            if (!statement.isBlank()) {
                guarded(() -> run(statement.strip(), new Portal(statement.strip(), false, List.of(), new int[1]), 0, sink));
            }
        }
    }

    private void guarded(Runnable action) {
        running = true;
        pending = pending.filter(error -> error.state() == SqlState.ADMIN_SHUTDOWN);
        try {
            action.run();
        } catch (SqlError e) {
            fail();
            throw e;
        } finally {
            running = false;
        }
    }

    @Override
    public void fail() {
        if (status == TransactionStatus.OPEN) {
            status = TransactionStatus.FAILED;
        }
    }

    private void run(String statement, Portal portal, long maxRows, ResultSink sink) {
        String[] words = statement.split(" ", 3);
        if (status == TransactionStatus.FAILED && !words[0].equals("rollback")) {
            throw new SqlError(SqlState.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of transaction block");
        }
        switch (words[0]) {
            case "" -> sink.empty();
            case "rows" -> rows(Integer.parseInt(words[1]), portal, maxRows, sink);
            case "fail" -> throw new SqlError(SqlState.DIVISION_BY_ZERO, "division by zero").hint("Don't.").at(3);
            case "copyin" -> copyIn(sink);
            case "copyout" -> copyOut(Integer.parseInt(words[1]), sink);
            case "hang" -> {
                client.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "hanging"));
                hang();
            }
            case "crash" -> throw new IllegalStateException("a bug");
            default -> {
                other(words);
                sink.complete(words[0].toUpperCase(Locale.ROOT));
            }
        }
    }

    private void other(String[] words) {
        switch (words[0]) {
            case "begin" -> status = TransactionStatus.OPEN;
            case "commit", "rollback" -> status = TransactionStatus.IDLE;
            case "notice" -> client.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, words[1]));
            case "report" -> client.parameterStatus(words[1], words[2]);
            case "listen" -> {
                synchronized (channels) {
                    channels.add(words[1]);
                }
            }
            case "notify" -> cluster.notifyAll(processId, words[1], words[2]);
            case "idletimeout" -> idleTimeoutMillis = Long.parseLong(words[1]);
            case "SET" -> { }
            default -> throw new SqlError(SqlState.SYNTAX_ERROR, "syntax error at or near \"" + words[0] + "\"");
        }
    }

    private static List<ResultColumn> columns(boolean binary) {
        return List.of(new ResultColumn("n", 0, 0, 20, 8, -1, binary, new ToyCodec()),
                new ResultColumn("none", 0, 0, 20, 8, -1, binary, new ToyCodec()));
    }

    private void rows(int count, Portal portal, long maxRows, ResultSink sink) {
        sink.columns(columns(portal.binary), new ToyContext());
        int position = portal.position[0];
        int end = maxRows == 0 ? count : (int) Math.min(count, position + maxRows);
        Batch batch = Batch.of(List.of(Carrier.LONG, Carrier.LONG), Batch.MAX_ROWS);
        for (int at = position; at < end;) {
            batch.reset();
            for (int row = 0; row < Batch.MAX_ROWS && at < end; row++, at++) {
                ((LongVector) batch.column(0)).set(row, Long.valueOf(at + 1L));
                batch.column(1).setNull(row);
                batch.selection().add(row);
            }
            checkCancel();
            sink.rows(batch);
        }
        portal.position[0] = end;
        if (maxRows > 0 && end < count) {
            sink.suspended();
        } else {
            sink.complete("SELECT " + (end - position));
        }
    }

    private void copyIn(ResultSink sink) {
        CopyInput input = sink.copyIn(false, 1);
        long lines = 0;
        for (Slice slice = input.next(); !slice.isEmpty(); slice = input.next()) {
            for (int i = 0; i < slice.length(); i++) {
                if (slice.at(i) == '!') {
                    throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "bad row")
                            .context("COPY t, line " + (lines + 1));
                }
                lines += slice.at(i) == '\n' ? 1 : 0;
            }
        }
        sink.complete("COPY " + lines);
    }

    private void copyOut(int count, ResultSink sink) {
        CopyOutput output = sink.copyOut(false, 1);
        for (int i = 0; i < count; i++) {
            checkCancel();
            output.write(Slice.of(i + "\n"));
        }
        sink.complete("COPY " + count);
    }

    private void hang() {
        try {
            interrupt.tryAcquire(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        checkCancel();
        throw new IllegalStateException("nobody interrupted");
    }

    @Override
    public void parse(String name, Slice sql, List<Integer> parameterTypes) {
        String text = sql.toString();
        if (text.startsWith("bad")) {
            fail();
            throw new SqlError(SqlState.SYNTAX_ERROR, "syntax error at or near \"bad\"");
        }
        statements.put(name, text);
    }

    private String statement(String name) {
        return Optional.ofNullable(statements.get(name)).orElseThrow(() -> new SqlError(
                SqlState.INVALID_SQL_STATEMENT_NAME, "prepared statement \"" + name + "\" does not exist"));
    }

    private Portal portal(String name) {
        return Optional.ofNullable(portals.get(name)).orElseThrow(() -> new SqlError(SqlState.INVALID_CURSOR_NAME,
                "portal \"" + name + "\" does not exist"));
    }

    @Override
    public StatementDescription describeStatement(String name) {
        return new StatementDescription(List.of(), shape(statement(name), false));
    }

    private static Optional<List<ResultColumn>> shape(String sql, boolean binary) {
        return sql.startsWith("rows") ? Optional.of(columns(binary)) : Optional.empty();
    }

    @Override
    public void bind(String portal, String statement, List<Boolean> formats, List<Optional<Slice>> values,
            List<Boolean> resultFormats) {
        portals.put(portal, new Portal(statement(statement), resultFormats.contains(true), values, new int[1]));
    }

    @Override
    public Optional<List<ResultColumn>> describePortal(String portal) {
        return shape(portal(portal).sql, portal(portal).binary);
    }

    @Override
    public void execute(String portal, long maxRows, ResultSink sink) {
        Portal open = portal(portal);
        guarded(() -> run(open.sql, open, maxRows, sink));
    }

    @Override
    public void closeStatement(String name) {
        statements.remove(name);
    }

    @Override
    public void closePortal(String name) {
        portals.remove(name);
    }

    @Override
    public void sync() {
        portals.clear();
    }

    @Override
    public void checkCancel() {
        if (pending.isPresent()) {
            SqlError error = pending.get();
            pending = Optional.empty();
            throw error;
        }
    }

    @Override
    public boolean deliver() {
        Note note = status == TransactionStatus.IDLE ? inbox.poll() : null;
        if (note != null) {
            client.notification(note.sender, note.channel, Slice.of(note.payload));
        }
        return note != null;
    }

    @Override
    public boolean isListening() {
        synchronized (channels) {
            return !channels.isEmpty();
        }
    }

    @Override
    public long idleTimeoutMillis() {
        return idleTimeoutMillis;
    }

    @Override
    public void cancel() {
        if (running) {
            pending = Optional.of(new SqlError(SqlState.QUERY_CANCELED, "canceling statement due to user request"));
            interrupt.release();
        }
    }

    @Override
    public void terminate() {
        SqlError error = new SqlError(SqlState.ADMIN_SHUTDOWN,
                "terminating connection due to administrator command");
        client.terminate(error);
        pending = Optional.of(error);
        interrupt.release();
    }

    @Override
    public void close() {
        closed = true;
        cluster.sessions.remove(processId);
    }
}
