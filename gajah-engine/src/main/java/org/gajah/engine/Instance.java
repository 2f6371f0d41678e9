package org.gajah.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.CancelReason;
import org.gajah.base.Disk;
import org.gajah.base.Env;
import org.gajah.base.HostFiles;
import org.gajah.base.Parking;
import org.gajah.base.Slice;
import org.gajah.base.SystemParking;
import org.gajah.btree.BTreeMethod;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogReader;
import org.gajah.catalog.CatalogVersion;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.CatalogRow;
import org.gajah.exec.FunctionLibrary;
import org.gajah.exec.Workspace;
import org.gajah.javaroutine.JavaClasses;
import org.gajah.notify.NotificationQueue;
import org.gajah.notify.SpillFiles;
import org.gajah.settings.ServerSettings;
import org.gajah.store.ClusterStorage;
import org.gajah.table.Sequence;
import org.gajah.table.Storage;
import org.gajah.table.StorageOptions;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.txn.lock.LockManager;

/** An open cluster: its storage, locks, catalogs' version, settings and sessions. Everything that sessions share hangs here. */
public final class Instance implements Cluster {
    private static final int OIDS_AT_ONCE = 32;
    private static final int NOTIFY_PAGE_BYTES = 8192;
    private static final long NOTIFICATION_MEMORY = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private final Env env;
    private final Storage storage;
    private final ServerSettings settings;
    private final Parking parking;
    private final LockManager locks;
    private final CatalogVersion catalogVersion = new CatalogVersion();
    private final FunctionLibrary functions = Functions.library();
    private final Timers timers = new Timers();
    private final NotificationQueue notifications;
    private final RetainedChannels retainedChannels;
    private final AutoAnalysis autoAnalysis;
    private final JavaClasses javaClasses;
    private final Map<Integer, SessionImpl> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger nextProcessId = new AtomicInteger(1);
    private final long runawayGraceMillis;
    private final AtomicInteger connected = new AtomicInteger();
    private final long startMicros = SystemParking.INSTANCE.epochMicros() - SessionImpl.EPOCH_SHIFT_MICROS;
    private Sequence.Range oids = new Sequence.Range(0, 0);

    private Instance(Env env, Storage storage, ServerSettings settings, LockManager locks) {
        this.env = env;
        this.storage = storage;
        this.settings = settings;
        this.locks = locks;
        this.parking = locks.parking();
        this.javaClasses = new JavaClasses(settings.get("gajah.java_class_path").equals("on"));
        this.runawayGraceMillis = Long.parseLong(settings.get("gajah.runaway_grace").strip());
        this.retainedChannels = new RetainedChannels(storage);
        this.notifications = new NotificationQueue(new SpillFiles(env.disk()), NOTIFICATION_MEMORY,
                settings.number("max_notify_queue_pages") * NOTIFY_PAGE_BYTES, parking::epochMicros, work -> env.start("gajah-notify", work));
        this.autoAnalysis = new AutoAnalysis(this, work -> env.start("gajah autovacuum", work));
    }

    /** Opens the cluster in an environment's directory, recovering it, or makes a new one there. */
    public static Instance open(Env env, ServerSettings settings) {
        int bufferPages = (int) (settings.number("shared_buffers") / 2);
        StorageOptions options = new StorageOptions(bufferPages, settings.get("fsync").equals("on"), true,
                settings.number("max_wal_size") << 20).withCheckpoints((int) settings.number("checkpoint_timeout"),
                        Double.parseDouble(settings.get("checkpoint_completion_target")));
        LockManager locks = new LockManager(SystemParking.INSTANCE, 200_000, 5_000_000);
        // Who waits for a transaction goes on as soon as its end can be seen, before its own session has woken up.
        TransactionListener ended = (transaction, committed) -> locks.transactionEnded(transaction.xid());
        Storage storage = ClusterStorage.open(env, options, new BTreeMethod(), ended);
        try {
            Workspace.removeLeftovers(env.disk());
            if (!Bootstrap.isDone(storage)) {
                Bootstrap.run(storage);
                storage.checkpoint();
            } else {
                Bootstrap.requireOurs(storage);
            }
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
        Instance opened = new Instance(env, storage, settings, locks);
        opened.autoAnalysis.schedule();
        return opened;
    }

    Storage storage() {
        return storage;
    }

    /** Where temporary files go. */
    Disk disk() {
        return env.disk();
    }

    HostFiles hostFiles() {
        return env.hostFiles();
    }

    void randomBytes(byte[] target) {
        env.randomBytes(target);
    }

    ServerSettings serverSettings() {
        return settings;
    }

    /** Microseconds since 2000-01-01 UTC at which the cluster was opened. */
    long startMicros() {
        return startMicros;
    }

    LockManager locks() {
        return locks;
    }

    Parking parking() {
        return parking;
    }

    JavaClasses javaClasses() {
        return javaClasses;
    }

    /** How long user code may go on that was asked to stop; below 0 as long as it likes. */
    long runawayGraceMillis() {
        return runawayGraceMillis;
    }

    /** Runs something on a thread of its own. */
    void start(String name, Runnable work) {
        env.start(name, work);
    }

    RetainedChannels retainedChannels() {
        return retainedChannels;
    }

    NotificationQueue notifications() {
        return notifications;
    }

    Timers timers() {
        return timers;
    }

    CatalogVersion catalogVersion() {
        return catalogVersion;
    }

    FunctionLibrary functions() {
        return functions;
    }

    /** All sessions, for pg_stat_activity and pg_locks. */
    List<SessionImpl> sessions() {
        return List.copyOf(sessions.values());
    }

    /** A fresh oid; what was taken is never given again, also after a crash. */
    synchronized int newOid() {
        if (oids.count() == 0) {
            oids = storage.sequence(Bootstrap.OID_COUNTER).next(1, 16384, 0xffff_ffffL, true, OIDS_AT_ONCE).orElseThrow();
        }
        int oid = (int) oids.first();
        oids = new Sequence.Range(oids.first() + 1, oids.count() - 1);
        return oid;
    }

    /** Runs something over the committed catalogs of a database, in a transaction of its own. */
    <T> T withCatalog(int database, Function<CatalogView, T> work) {
        CatalogVersion.Cache cache = catalogVersion.current();
        Transaction transaction = storage.begin();
        try {
            return work.apply(new CatalogView(new CatalogReader(storage, database), cache, transaction, database));
        } finally {
            storage.rollback(transaction);
        }
    }

    @Override
    public Optional<Login> login(String role) {
        return withCatalog(Bootstrap.TEMPLATE1, catalog -> catalog.role(role).map(r -> new Login(r.name(), r.superuser(), r.canLogin(),
                r.password(), r.validUntilMicros(), new Rights(catalog).memberOf(r.oid()).stream().filter(m -> m != r.oid()).flatMap(m -> catalog.role(m).stream()).map(RoleRow::name).toList())));
    }

    @Override
    public boolean hasDatabase(String name) {
        return withCatalog(Bootstrap.TEMPLATE1, catalog -> database(name, catalog)).filter(d -> d.flag("datallowconn")).isPresent();
    }

    static Optional<CatalogRow> database(String name, CatalogView catalog) {
        return catalog.row("pg_database", 2671, Slice.of(name));
    }

    @Override
    public Session connect(ConnectionRequest request) {
        if (connected.incrementAndGet() > settings.number("max_connections")) {
            connected.decrementAndGet();
            throw new SqlError(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
        }
        try {
            SessionImpl session = new SessionOpener(this, request).open(nextProcessId.getAndIncrement());
            sessions.put(session.processId(), session);
            return session;
        } catch (RuntimeException | Error e) {
            connected.decrementAndGet();
            throw e;
        }
    }

    /** Opens a session of the server's own, which nobody sees and no limit counts. */
    SessionImpl openUncounted(ConnectionRequest request) {
        return new SessionOpener(this, request).open(nextProcessId.getAndIncrement());
    }

    /** What analyzes tables from time to time. */
    AutoAnalysis autoAnalysis() {
        return autoAnalysis;
    }

    /** Called by a session that has ended. */
    void ended(SessionImpl session) {
        if (sessions.remove(session.processId()) != null) {
            connected.decrementAndGet();
        }
    }

    @Override
    public String setting(String name) {
        return settings.get(name);
    }

    @Override
    public Optional<Session> session(int processId) {
        return Optional.ofNullable(sessions.get(processId));
    }

    @Override
    public void close() {
        sessions.values().forEach(s -> s.stop(CancelReason.TERMINATE));
        sessions.values().forEach(s -> s.runaway().disownNow());
        autoAnalysis.close();
        timers.close();
        storage.close();
    }
}
