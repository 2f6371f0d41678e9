package org.gajah.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.TransactionStatement.Isolation;
import org.gajah.ast.TransactionStatement.TransactionModes;
import org.gajah.catalog.CatalogReader;
import org.gajah.catalog.CatalogVersion;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.UncommittedEnums;
import org.gajah.exec.ExecContext;
import org.gajah.settings.Settings;
import org.gajah.table.RelationId;
import org.gajah.table.CommitOptions;
import org.gajah.table.Storage;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.lock.LockManager;
import org.gajah.txn.lock.LockOwner;

/**
 * A session's transactions: blocks, savepoints, snapshots, and what is undone together with them (settings, locks, constraint
 * checks, the view of the catalogs). PostgreSQL manual, chapter 13 and BEGIN, SAVEPOINT.
 */
final class TransactionControl {
    /** What a savepoint goes back to; a routine's has no name. */
    record Savepoint(String name, int storageMark, int lockMark, Settings.Mark settings, int checks, boolean catalogsChanged,
            SessionChannels.Mark channels, int portals) {
    }

    /** Told when a transaction or savepoint ends, for what lives elsewhere: portals. */
    interface Listener {
        void beforeCommit();

        void ended(boolean committed);

        /** What {@link #rolledBackTo} takes back to this moment. */
        int mark();

        void rolledBackTo(int mark);
    }

    private final Storage storage;
    private final LockManager locks;
    private final LockOwner owner;
    private final Settings settings;
    private final CatalogVersion catalogVersion;
    private final int database;
    private final Listener listener;
    private final SessionChannels channels;
    private final ForeignConnections foreign;
    private final ConstraintQueue constraints = new ConstraintQueue();
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private final List<Snapshot> held = new ArrayList<>();
    private Optional<Transaction> transaction = Optional.empty();
    private Session.TransactionStatus status = Session.TransactionStatus.IDLE;
    private Settings.Mark settingsBefore;
    private Optional<Snapshot> transactionSnapshot = Optional.empty();
    private boolean catalogsChanged;
    private UncommittedEnums enums = new UncommittedEnums();
    private Optional<CatalogVersion.Cache> ownCache = Optional.empty();
    /** The committed version that the own cache is on top of. */
    private long ownCacheOf;
    private long startMicros;
    private Optional<CatalogView> view = Optional.empty();
    /** The version of the settings in which those of the transaction are as their defaults, and whether it is then read only. */
    private int followed = -1;
    private boolean readOnly;
    private int isolationVersion = -1;
    private ExecContext.Isolation isolation = ExecContext.Isolation.READ_COMMITTED;
    private int transactionNumber;
    private boolean seen;
    /** What routines have left to be done at the transaction's end, which has come. */
    private final Deque<Runnable> endActions = new ArrayDeque<>();
    private volatile boolean closing;
    private volatile boolean closed;

    TransactionControl(Instance instance, LockOwner owner, Settings settings, int database, Listener listener,
            SessionChannels channels, ForeignConnections foreign) {
        this.foreign = foreign;
        this.storage = instance.storage();
        this.locks = instance.locks();
        this.catalogVersion = instance.catalogVersion();
        this.owner = owner;
        this.settings = settings;
        this.database = database;
        this.listener = listener;
        this.channels = channels;
        this.settingsBefore = settings.mark();
    }

    Session.TransactionStatus status() {
        return status;
    }

    boolean isInBlock() {
        return status != Session.TransactionStatus.IDLE;
    }

    boolean isOpen() {
        return transaction.isPresent();
    }

    ConstraintQueue constraints() {
        return constraints;
    }

    /** Microseconds since 2000-01-01 UTC at which the transaction began. */
    long startMicros() {
        return startMicros;
    }

    /** Whether the present subtransaction has made a relation's storage. */
    boolean hasMade(RelationId id) {
        return storage.isMadeSince(transaction(), savepoints.isEmpty() ? -1 : savepoints.peek().storageMark, id);
    }

    /** The open transaction; there is one during every statement. */
    Transaction transaction() {
        return transaction.orElseThrow();
    }

    /** Begins a transaction if there is none. */
    void ensureOpen(long nowMicros) {
        if (closed) {
            throw new SqlError(SqlState.ADMIN_SHUTDOWN, "the session is closed");
        }
        if (transaction.isEmpty()) {
            transaction = Optional.of(storage.begin());
            transaction().setWriteGuard(locks.guard(owner));
            owner.beginTransaction(++transactionNumber);
            startMicros = nowMicros;
            settingsBefore = settings.mark();
            followDefaults();
            transaction().setReadOnly(readOnly);
        }
    }

    /** Lets the settings of the transaction begin with their defaults, which is nothing to do unless a setting has changed since. */
    private void followDefaults() {
        if (followed != settings.version()) {
            follow("transaction_isolation", settings.get("default_transaction_isolation"));
            follow("transaction_read_only", settings.get("default_transaction_read_only"));
            follow("transaction_deferrable", settings.get("default_transaction_deferrable"));
            readOnly = settings.isOn("transaction_read_only");
            followed = settings.version();
        }
    }

    /** Gives a setting of the transaction the value of its default, if it has another: most transactions leave it alone. */
    private void follow(String name, String value) {
        if (!settings.get(name).equals(value)) {
            settings.put(name, value, true);
        }
    }

    /** Gives the transaction its id before its first write, so that others can wait for it. */
    void requireId() {
        if (transaction().xid() == 0) {
            owner.beginTransactionId(transaction().assignXid());
        }
    }

    ExecContext.Isolation isolation() {
        if (isolationVersion != settings.version()) {
            isolation = readIsolation();
            isolationVersion = settings.version();
        }
        return isolation;
    }

    private ExecContext.Isolation readIsolation() {
        return switch (settings.get("transaction_isolation")) {
            case "read committed", "read uncommitted" -> ExecContext.Isolation.READ_COMMITTED;
            case "repeatable read" -> ExecContext.Isolation.REPEATABLE_READ;
            default -> throw SqlError.notSupported("isolation level SERIALIZABLE is not supported");
        };
    }

    /** What a new statement sees; it is let go when the transaction ends, or by {@link #release}. */
    Snapshot snapshot() {
        seen = true;
        if (isolation() == ExecContext.Isolation.REPEATABLE_READ) {
            if (transactionSnapshot.isEmpty()) {
                transactionSnapshot = Optional.of(transaction().acquireSnapshot());
            }
            return transaction().refresh(transactionSnapshot.get());
        }
        return hold(transaction().acquireSnapshot());
    }

    /** What a statement sees that only changes rows, without telling anybody of them. */
    Snapshot snapshotAhead() {
        if (isolation() == ExecContext.Isolation.REPEATABLE_READ) {
            return snapshot();
        }
        seen = true;
        return hold(transaction().acquireSnapshotAhead());
    }

    private Snapshot hold(Snapshot snapshot) {
        held.add(snapshot);
        return snapshot;
    }

    /** Returns when nothing that the transaction has met can be lost any more; for whatever tells somebody of it. */
    void settle() {
        if (transaction.isPresent()) {
            transaction.get().settle();
        }
    }

    /** Lets a snapshot go that is not needed any more. */
    void release(Snapshot snapshot) {
        if (transaction.isPresent() && held.remove(snapshot)) {
            transaction().releaseSnapshot(snapshot);
        }
    }

    /** Whether a snapshot has been taken, after which the isolation level cannot change. */
    boolean hasSnapshot() {
        return seen || transactionSnapshot.isPresent() || !held.isEmpty() || transaction.isPresent() && transaction().commandId() > 0;
    }

    private CatalogVersion.Cache catalogCache() {
        CatalogVersion.Cache committed = catalogVersion.current();
        if (!catalogsChanged) {
            return committed;
        }
        if (ownCacheOf != committed.number()) {
            newOwnCache();
        }
        return ownCache.orElseThrow();
    }

    /** Nothing read so far counts any more. */
    private void newOwnCache() {
        ownCacheOf = catalogVersion.current().number();
        ownCache = Optional.of(CatalogVersion.Cache.own(enums));
    }

    /** The number of the catalogs' state as the present command sees them. */
    long catalogVersion() {
        return catalogCache().number();
    }

    /** The catalogs as the present command sees them. */
    CatalogView catalog() {
        CatalogVersion.Cache cache = catalogCache();
        if (view.isEmpty() || !view.get().shows(cache)) {
            view = Optional.of(new CatalogView(new CatalogReader(storage, database), cache, transaction(), database));
        }
        return view.get();
    }

    /** The enum types and values that this transaction has made. */
    UncommittedEnums uncommittedEnums() {
        catalogsChanged();
        return enums;
    }

    /** The transaction has written catalog rows; they become visible to its next command. */
    void catalogsChanged() {
        if (!catalogsChanged) {
            catalogsChanged = true;
            enums = new UncommittedEnums();
            transaction().onCommit(catalogVersion::advance);
        }
        transaction().incrementCommand();
        newOwnCache();
    }

    void begin(TransactionModes modes) {
        status = Session.TransactionStatus.OPEN;
        apply(modes);
    }

    /** The present transaction's modes. */
    TransactionModes modes() {
        Optional<Isolation> isolation = Arrays.stream(Isolation.values()).filter(i -> i.text().equals(settings.get("transaction_isolation")))
                .findFirst();
        return new TransactionModes(isolation, Optional.of(settings.isOn("transaction_read_only")),
                Optional.of(settings.isOn("transaction_deferrable")));
    }

    /** BEGIN's and SET TRANSACTION's modes. */
    void apply(TransactionModes modes) {
        modes.isolation().ifPresent(isolation -> {
            if (isolation == Isolation.SERIALIZABLE) {
                throw SqlError.notSupported("isolation level SERIALIZABLE is not supported");
            }
            if (hasSnapshot() && !isolation.text().equals(settings.get("transaction_isolation"))) {
                throw new SqlError(SqlState.ACTIVE_SQL_TRANSACTION,
                        "SET TRANSACTION ISOLATION LEVEL must be called before any query");
            }
            settings.put("transaction_isolation", isolation.text(), true);
        });
        modes.readOnly().ifPresent(readOnly -> {
            if (!readOnly && transaction().isReadOnly() && hasSnapshot()) {
                throw new SqlError(SqlState.ACTIVE_SQL_TRANSACTION, "cannot set transaction read-write mode inside a read-only transaction");
            }
            settings.put("transaction_read_only", readOnly ? "on" : "off", true);
            transaction().setReadOnly(readOnly);
        });
        modes.deferrable().ifPresent(deferrable -> settings.put("transaction_deferrable", deferrable ? "on" : "off", true));
    }

    /** Commits what is open. A failed block is rolled back instead; false says so. */
    boolean commit() {
        if (status == Session.TransactionStatus.FAILED) {
            rollback();
            return false;
        }
        try {
            listener.beforeCommit();
            channels.beforeCommit(this);
            foreign.beforeCommit();
            if (transaction.isPresent()) {
                boolean synchronous = !settings.get("synchronous_commit").equals("off");
                storage.commit(transaction(), new CommitOptions(synchronous, channels::ordered, channels.published()));
            }
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        }
        end(true);
        return true;
    }

    /** The session is over: there are no more transactions. */
    void close() {
        rollback();
        closed = true;
    }

    void rollback() {
        try {
            if (transaction.isPresent()) {
                storage.rollback(transaction());
            }
        } finally {
            settings.restore(settingsBefore);
            end(false);
        }
    }

    private void end(boolean committed) {
        transaction = Optional.empty();
        view = Optional.empty();
        transactionSnapshot = Optional.empty();
        seen = false;
        held.clear();
        savepoints.clear();
        constraints.clear();
        catalogsChanged = false;
        ownCache = Optional.empty();
        status = Session.TransactionStatus.IDLE;
        settings.endTransaction();
        settingsBefore = settings.mark();
        locks.releaseTransaction(owner);
        foreign.ended();
        listener.ended(committed);
        channels.ended(committed);
        runEndActions();
    }

    /** Has something done when the transaction is over and nothing more of it is left to do, or when what is done so far is rolled back. */
    void atEnd(Runnable committed, Runnable rolledBack) {
        transaction().onCommit(() -> endActions.add(committed));
        transaction().onRollback(() -> endActions.add(rolledBack));
    }

    private void runEndActions() {
        while (!closing && !endActions.isEmpty()) {
            endActions.remove().run();
        }
    }

    /** The session ends: from here on the actions are left to whoever takes them. */
    void holdEndActions() {
        closing = true;
    }

    /** Whether the session ends or has ended. */
    boolean isClosing() {
        return closing;
    }

    /** The actions that the session's end has left. */
    List<Runnable> takeEndActions() {
        List<Runnable> left = List.copyOf(endActions);
        endActions.clear();
        return left;
    }

    /** A statement has failed: a block waits for its end, anything else is rolled back. */
    void fail() {
        try {
            // The error may tell of what others have done.
            settle();
        } finally {
            giveUp();
        }
    }

    private void giveUp() {
        if (status == Session.TransactionStatus.OPEN) {
            status = Session.TransactionStatus.FAILED;
            settings.restore(savepoints.isEmpty() ? settingsBefore : savepoints.peek().settings);
            if (savepoints.isEmpty()) {
                storage.rollback(transaction());
                transaction = Optional.empty();
                view = Optional.empty();
                transactionSnapshot = Optional.empty();
                held.clear();
                locks.releaseTransaction(owner);
                foreign.ended();
                listener.ended(false);
                runEndActions();
            }
        } else if (status == Session.TransactionStatus.IDLE) {
            rollback();
        }
    }

    /** Makes a savepoint; without a name it is known only to who gets it here. */
    Savepoint savepoint(String name) {
        Savepoint made = new Savepoint(name, transaction().mark(), owner.mark(), settings.mark(), constraints.size(), catalogsChanged,
                channels.mark(), listener.mark());
        savepoints.push(made);
        return made;
    }

    void release(String name) {
        release(find(name));
    }

    void release(Savepoint savepoint) {
        while (savepoints.pop() != savepoint) {
            // those inside it end with it
        }
        transaction().release(savepoint.storageMark);
        foreign.released(savepoints.size());
    }

    void rollbackTo(String name) {
        rollbackTo(find(name));
    }

    void rollbackTo(Savepoint savepoint) {
        while (savepoints.peek() != savepoint) {
            savepoints.pop();
        }
        transaction().rollbackTo(savepoint.storageMark);
        locks.rollbackTo(owner, savepoint.lockMark);
        settings.restore(savepoint.settings);
        constraints.truncate(savepoint.checks);
        channels.rollbackTo(savepoint.channels);
        foreign.rolledBackTo(savepoints.size());
        listener.rolledBackTo(savepoint.portals);
        ownCache = Optional.empty();
        if (catalogsChanged) {
            newOwnCache();
        }
        if (status == Session.TransactionStatus.FAILED) {
            status = Session.TransactionStatus.OPEN;
        }
        runEndActions();
    }

    /** How many savepoints there are. */
    int depth() {
        return savepoints.size();
    }

    boolean hasSavepoints() {
        return !savepoints.isEmpty();
    }

    private Savepoint find(String name) {
        for (Savepoint savepoint : savepoints) {
            if (savepoint.name.equals(name)) {
                return savepoint;
            }
        }
        throw new SqlError(SqlState.INVALID_SAVEPOINT_SPECIFICATION, "savepoint \"" + name + "\" does not exist");
    }
}
