package org.gajah.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.CancelFlag;
import org.gajah.base.CancelReason;
import org.gajah.base.MemoryBudget;
import org.gajah.base.Slice;
import org.gajah.base.Waiter;
import org.gajah.catalog.RoleRow;
import org.gajah.command.TemporaryObjects;
import org.gajah.exec.Workspace;
import org.gajah.func.SessionRandom;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinitions;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.Progress;
import org.gajah.sysfunc.SystemContext;
import org.gajah.txn.lock.LockOwner;
import org.gajah.type.Encoding;

/** One session: it owns its transaction, prepared statements, portals and settings, and hands statements to the runner. */
final class SessionImpl implements Session {
    static final long EPOCH_SHIFT_MICROS = 946_684_800_000_000L;

    private final Instance instance;
    private final int processId;
    private final Cluster.ConnectionRequest request;
    private final int database;
    private final String databaseName;
    private final RoleRow authenticatedRole;
    private final Settings settings;
    private final Waiter waiter;
    private final CancelFlag cancel;
    private final LockOwner lockOwner;
    private final SessionChannels channels;
    private final ForeignConnections foreign;
    private final TransactionControl transactions;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Portals portals;
    private final OnCommitActions onCommit = new OnCommitActions(this);
    private final SessionContext context;
    private final MemoryBudget memory = MemoryBudget.ofHeap().child("session", MemoryBudget.ofHeap().limitBytes() / 4 * 3);
    private final Workspace workspace;
    private final StatementRunner runner;
    private final SessionRoutines routines;
    private final SessionEvents events;
    private final Map<String, String> reported = new LinkedHashMap<>();
    /** Whether the database had login triggers when the session was opened. */
    private final boolean loginTriggers;
    private final long startedMicros;
    private int reportedVersion = -1;
    private int timeoutsVersion = -1;
    private Optional<Future<?>> transactionTimeout = Optional.empty();
    private long watchedMillis;
    private int watches;
    private long statementTimeoutMillis;
    private long transactionTimeoutMillis;
    private int encodingVersion = -1;
    private Encoding clientEncoding = Encoding.UTF8;
    private int temporarySchema;
    private final Runaway runaway = new Runaway(this);
    private volatile boolean running;
    /** Its thread has been locked out. */
    private volatile boolean taken;
    private boolean amongMessages;
    private volatile String state = "idle";
    private volatile Slice activity = Slice.EMPTY;
    private volatile Optional<Progress> progress = Optional.empty();
    private final SessionRandom random;
    private volatile long statementMicros;
    private volatile long stateMicros;

    SessionImpl(Instance instance, int processId, Cluster.ConnectionRequest request, RoleRow role, int database, String databaseName,
            Settings settings, boolean loginTriggers) {
        this.loginTriggers = loginTriggers;
        this.instance = instance;
        this.processId = processId;
        this.request = request;
        this.authenticatedRole = role;
        this.database = database;
        this.databaseName = databaseName;
        this.settings = settings;
        this.waiter = instance.parking().newWaiter();
        this.cancel = new CancelFlag(waiter);
        this.lockOwner = instance.locks().newOwner(processId, waiter, cancel);
        this.portals = new Portals(this);
        this.channels = new SessionChannels(this);
        this.foreign = new ForeignConnections(this);
        this.transactions = new TransactionControl(instance, lockOwner, settings, database, portals, channels, foreign);
        this.context = new SessionContext(this);
        this.workspace = new Workspace(memory, instance.disk(), this::limits);
        this.runner = new StatementRunner(this);
        this.routines = new SessionRoutines(this);
        this.events = new SessionEvents(this);
        this.random = new SessionRandom(instance::randomBytes);
        this.startedMicros = nowMicros();
        reportSettings(false);
    }

    Instance instance() {
        return instance;
    }

    int database() {
        return database;
    }

    String databaseName() {
        return databaseName;
    }

    RoleRow authenticatedRole() {
        return authenticatedRole;
    }

    Settings settings() {
        return settings;
    }

    /** Memory and temporary files of the session's statements. */
    Workspace workspace() {
        return workspace;
    }

    private Workspace.Limits limits() {
        long work = settings.number("work_mem") << 10;
        long files = settings.number("temp_file_limit");
        return new Workspace.Limits(work, (long) (work * Double.parseDouble(settings.get("hash_mem_multiplier"))), files < 0 ? -1 : files << 10);
    }

    CancelFlag cancelFlag() {
        return cancel;
    }

    LockOwner lockOwner() {
        return lockOwner;
    }

    SessionChannels channels() {
        return channels;
    }

    /** What is open on foreign servers. */
    ForeignConnections foreign() {
        return foreign;
    }

    TransactionControl transactions() {
        return transactions;
    }

    Map<String, Prepared> statements() {
        return statements;
    }

    Portals portals() {
        return portals;
    }

    SessionContext context() {
        return context;
    }

    StatementRunner runner() {
        return runner;
    }

    SessionEvents events() {
        return events;
    }

    SessionRoutines routines() {
        return routines;
    }

    Client client() {
        return request.client();
    }

    Cluster.ConnectionRequest request() {
        return request;
    }

    /** Oid of the session's pg_temp, 0 while it has none. */
    int temporarySchema() {
        return temporarySchema;
    }

    void setTemporarySchema(int oid) {
        temporarySchema = oid;
    }

    /** Microseconds since 2000-01-01 UTC at which the running statement came. */
    long statementMicros() {
        return statementMicros;
    }

    /** The session's random numbers. */
    SessionRandom random() {
        return random;
    }

    long nowMicros() {
        return instance.parking().epochMicros() - EPOCH_SHIFT_MICROS;
    }

    /** Sends a message to the client if client_min_messages lets it through. */
    void message(String severity, SqlError message) {
        List<String> levels = List.of("debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning", "error");
        String level = severity.equals("DEBUG") ? "debug1" : severity.toLowerCase(Locale.ROOT);
        boolean passes = level.equals("info") || levels.indexOf(level) >= levels.indexOf(settings.get("client_min_messages"));
        if (passes) {
            transactions.settle();
            request.client().message(severity, message);
        }
    }

    /** Sleeps so long, or until woken by a cancel. */
    void sleep(long nanos) {
        waiter.await(instance.parking().nanoTime() + nanos);
    }

    @Override
    public int processId() {
        return processId;
    }

    @Override
    public Map<String, String> reportedSettings() {
        return new LinkedHashMap<>(reported);
    }

    /** The settings that clients follow; is_superuser is told after what it follows from. */
    private static final class Reported {
        static final List<SettingDefinition> SETTINGS =
                SettingDefinitions.all().stream().filter(SettingDefinition::reported)
                        .sorted(Comparator.comparing((SettingDefinition d) -> d.name().equals("is_superuser"))).toList();
    }

    /** Tells the client about reported settings that have changed. */
    private void reportSettings(boolean tell) {
        if (reportedVersion == settings.version()) {
            return;
        }
        reportedVersion = settings.version();
        for (SettingDefinition setting : Reported.SETTINGS) {
            String value = settings.show(setting.name());
            String before = reported.put(setting.name(), value);
            if (tell && !value.equals(before)) {
                request.client().parameterStatus(setting.name(), value);
            }
        }
    }

    @Override
    public Encoding clientEncoding() {
        if (encodingVersion != settings.version()) {
            encodingVersion = settings.version();
            clientEncoding = Encoding.valueOf(settings.get("client_encoding"));
        }
        return clientEncoding;
    }

    @Override
    public TransactionStatus status() {
        return transactions.status();
    }

    /** Work of one message: what can be cancelled, timed out and fails the transaction. */
    private interface Work {
        void run();
    }

    private void guarded(Slice text, Work work) {
        begin(text);
        Optional<Future<?>> timeout = startTimeout();
        boolean counted = MemoryBudget.countClaims(true);
        try {
            work.run();
            reportSettings(true);
        } catch (SqlError e) {
            failed();
            throw e;
        } catch (StackOverflowError e) {
            failed();
            throw new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", e);
        } catch (OutOfMemoryError e) {
            failed();
            throw new SqlError(SqlState.OUT_OF_MEMORY, "out of memory", e);
        } catch (RuntimeException e) {
            failed();
            throw new SqlError(SqlState.INTERNAL_ERROR, "internal error: " + e, e);
        } finally {
            MemoryBudget.countClaims(counted);
            timeout.ifPresent(t -> t.cancel(false));
            end();
        }
    }

    /** Does some work of a program in this process, as a message's is done. */
    void work(Slice text, Runnable work) {
        guarded(text, work::run);
    }

    @Override
    public void login() {
        if (loginTriggers && settings.isOn("event_triggers")) {
            guarded(Slice.EMPTY, () -> {
                transactions.ensureOpen(nowMicros());
                events.login();
                endImplicit();
            });
        }
    }

    /** Commits the transaction of a statement that stands outside of a block. */
    void endImplicit() {
        if (!transactions.isInBlock() && transactions.isOpen()) {
            transactions.commit();
        }
    }

    private void begin(Slice text) {
        statementMicros = nowMicros();
        stateMicros = statementMicros;
        activity = text;
        state = "active";
        if (timeoutsVersion != settings.version()) {
            timeoutsVersion = settings.version();
            lockOwner.setLockTimeoutMillis((int) settings.number("lock_timeout"));
            lockOwner.setDeadlockTimeoutMillis((int) settings.number("deadlock_timeout"));
            statementTimeoutMillis = settings.number("statement_timeout");
            transactionTimeoutMillis = settings.number("transaction_timeout");
        }
        watchTransaction(true);
        runaway.begin();
        running = true;
        cancel.check();
    }

    /** Has transaction_timeout begin with a transaction, or with its setting, and end with it. */
    private void watchTransaction(boolean open) {
        if (timeoutsVersion != settings.version()) {
            transactionTimeoutMillis = settings.number("transaction_timeout");
        }
        long millis = open ? transactionTimeoutMillis : 0;
        if (millis != watchedMillis) {
            watchTransaction(millis);
        }
    }

    private synchronized void watchTransaction(long millis) {
        if (millis != watchedMillis) {
            int watch = ++watches;
            watchedMillis = millis;
            transactionTimeout.ifPresent(t -> t.cancel(false));
            transactionTimeout = millis == 0 ? Optional.empty() : Optional.of(instance.timers().after(millis, () -> transactionIsDue(watch)));
        }
    }

    private synchronized void transactionIsDue(int watch) {
        if (watch == watches) {
            stop(CancelReason.TRANSACTION_TIMEOUT);
        }
    }

    private Optional<Future<?>> startTimeout() {
        return statementTimeoutMillis == 0 ? Optional.empty()
                : Optional.of(instance.timers().after(statementTimeoutMillis, () -> cancelIfRunning(CancelReason.STATEMENT_TIMEOUT)));
    }

    private void failed() {
        if (taken) {
            return;
        }
        runner.abandon();
        routines.abandon();
        events.abandon();
        transactions.constraints().forgetStatement();
        transactions.fail();
        reportSettings(true);
    }

    private synchronized void end() {
        running = false;
        if (taken) {
            return;
        }
        if (!amongMessages) {
            cancel.clear();
        }
        watchTransaction(transactions.isOpen());
        stateMicros = nowMicros();
        state = switch (transactions.status()) {
            case IDLE -> "idle";
            case OPEN -> "idle in transaction";
            case FAILED -> "idle in transaction (aborted)";
        };
    }

    private synchronized void cancelIfRunning(CancelReason reason) {
        if (running) {
            cancel.cancel(reason);
            runaway.expectEnd();
        }
    }

    /** Work of one message of several that make a command, up to a Sync: who cancels it means them all. */
    private void guardedAmongMessages(Slice text, Work work) {
        setAmongMessages(true);
        guarded(text, work);
    }

    private synchronized void setAmongMessages(boolean now) {
        amongMessages = now;
    }

    @Override
    public void query(Slice sql, ResultSink sink) {
        statements.remove("");
        guarded(sql, () -> new SimpleQuery(this, sql).run(sink));
    }

    @Override
    public void parse(String name, Slice sql, List<Integer> parameterTypes) {
        guardedAmongMessages(sql, () -> {
            if (!name.isEmpty() && statements.containsKey(name)) {
                throw new SqlError(SqlState.DUPLICATE_PREPARED_STATEMENT, "prepared statement \"" + name + "\" already exists");
            }
            if (name.isEmpty()) {
                statements.remove("");
            }
            statements.put(name, runner.prepare(sql, parameterTypes));
        });
    }

    Prepared statement(String name) {
        Prepared found = statements.get(name);
        if (found == null) {
            throw new SqlError(SqlState.INVALID_SQL_STATEMENT_NAME, name.isEmpty() ? "unnamed prepared statement does not exist"
                    : "prepared statement \"" + name + "\" does not exist");
        }
        return found;
    }

    @Override
    public StatementDescription describeStatement(String name) {
        StatementDescription[] description = new StatementDescription[1];
        guarded(Slice.EMPTY, () -> description[0] = runner.describe(statement(name)));
        return description[0];
    }

    @Override
    public void bind(String portal, String name, List<Boolean> formats, List<Optional<Slice>> values, List<Boolean> resultFormats) {
        Slice text = Optional.ofNullable(statements.get(name)).map(Prepared::text).orElse(Slice.EMPTY);
        guardedAmongMessages(text, () -> portals.put(runner.bind(portal, statement(name), name, formats, values, resultFormats)));
    }

    @Override
    public Optional<List<ResultColumn>> describePortal(String name) {
        Portal portal = portals.get(name);
        return portal.columns().isEmpty() && !portal.returnsRows() ? Optional.empty() : Optional.of(portal.columns());
    }

    @Override
    public void execute(String name, long maxRows, ResultSink sink) {
        Slice text = portals.find(name).map(p -> p.statement().text()).orElse(Slice.EMPTY);
        guardedAmongMessages(text, () -> runner.execute(portals.get(name), maxRows, sink));
    }

    @Override
    public void closeStatement(String name) {
        statements.remove(name);
    }

    @Override
    public void closePortal(String name) {
        portals.close(name);
    }

    @Override
    public void sync() {
        setAmongMessages(false);
        cancel.clear();
        guarded(Slice.EMPTY, this::endImplicit);
    }

    @Override
    public boolean deliver() {
        return transactions.status() == TransactionStatus.IDLE && channels.deliver();
    }

    @Override
    public boolean isListening() {
        return channels.isListening();
    }

    @Override
    public long idleTimeoutMillis() {
        return settings.number(transactions.isInBlock() ? "idle_in_transaction_session_timeout" : "idle_session_timeout");
    }

    @Override
    public synchronized void cancel() {
        if (running || amongMessages) {
            cancel.cancel(CancelReason.USER_REQUEST);
            runaway.expectEnd();
        }
    }

    @Override
    public void checkCancel() {
        cancel.check();
    }

    @Override
    public void fail() {
        failed();
    }

    @Override
    public void terminate() {
        stop(CancelReason.TERMINATE);
    }

    void stop(CancelReason reason) {
        request.client().terminate(reason.error());
        cancel.cancel(reason);
        runaway.expectEnd();
    }

    /** Whether a command runs; from any thread. */
    boolean isRunning() {
        return running;
    }

    Runaway runaway() {
        return runaway;
    }

    /** Ends the session on another thread than its own, which has been locked out; that one is still in the user's code. */
    void closeWithoutThread() {
        taken = true;
        end(false);
    }

    @Override
    public void close() {
        if (taken) {
            memory.close();
        } else {
            end(true);
        }
    }

    /** {@code whole}: nobody uses its memory any more. */
    private void end(boolean whole) {
        transactions.holdEndActions();
        try {
            portals.closeAll();
            transactions.rollback();
            endTemporarySchema();
            transactions.close();
        } finally {
            watchTransaction(false);
            channels.close();
            instance.locks().removeOwner(lockOwner);
            if (whole) {
                memory.close();
            }
            cancel.close();
            instance.ended(this);
            List<Runnable> left = transactions.takeEndActions();
            if (!left.isEmpty()) {
                instance.start("gajah end of session " + processId, () -> left.forEach(Runnable::run));
            }
        }
    }

    OnCommitActions onCommit() {
        return onCommit;
    }

    /** DISCARD TEMP: what is in the session's temporary schema goes. */
    void dropTemporaryObjects() {
        if (temporarySchema != 0) {
            TemporaryObjects.drop(new SessionCommandContext(this, runner, Slice.EMPTY, BoundParameters.NONE), temporarySchema);
        }
    }

    /** The session ends. What cannot be dropped now is dropped by {@link AutoAnalysis}. */
    private void endTemporarySchema() {
        if (temporarySchema == 0) {
            return;
        }
        cancel.clear();
        try {
            dropSchema(temporarySchema);
        } catch (SqlError e) {
            transactions.rollback();
        }
    }

    /** Drops a temporary schema, in a transaction of its own. */
    void dropSchema(int schema) {
        transactions.ensureOpen(nowMicros());
        if (transactions.catalog().schema(schema).isPresent()) {
            TemporaryObjects.dropSchema(new SessionCommandContext(this, runner, Slice.EMPTY, BoundParameters.NONE), schema);
        }
        transactions.commit();
    }

    /** How far a long command has come; from any thread. */
    Optional<Progress> progress() {
        return progress;
    }

    void setProgress(Optional<Progress> progress) {
        this.progress = progress;
    }

    /** For pg_stat_activity; from any thread. */
    SystemContext.SessionInfo info() {
        return new SystemContext.SessionInfo(processId, database, databaseName, authenticatedRole.oid(), authenticatedRole.name(),
                settings.read("application_name"), request.remoteAddress(), startedMicros,
                state.equals("idle") ? 0 : transactions.startMicros(), statementMicros, stateMicros, state, activity.toString());
    }
}
