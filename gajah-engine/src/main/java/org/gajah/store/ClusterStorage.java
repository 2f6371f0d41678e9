package org.gajah.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Disk;
import org.gajah.base.DiskFile;
import org.gajah.base.Env;
import org.gajah.base.FailureLatch;
import org.gajah.base.Slice;
import org.gajah.log.LogEntry;
import org.gajah.log.LogFrame;
import org.gajah.log.LogReader;
import org.gajah.log.LogWriter;
import org.gajah.page.BufferPool;
import org.gajah.page.Superblocks;
import org.gajah.table.CommitOptions;
import org.gajah.table.Index;
import org.gajah.table.IndexMethod;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.Sequence;
import org.gajah.table.Storage;
import org.gajah.table.StorageOptions;
import org.gajah.table.Table;
import org.gajah.txn.CommitClock;
import org.gajah.txn.SnapshotRegistry;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.txn.TransactionState;

/** The storage of a cluster: puts pages, log, transactions and relations together. */
public final class ClusterStorage implements Storage {
    /** The first id; PostgreSQL's lower ones have meanings. */
    static final long FIRST_XID = 3;
    private static final int HELPED_STEPS = 64;

    private static final long BACKGROUND_NANOS = 20_000_000;
    private static final long IDLE_NANOS = 200_000_000;

    private final Env env;
    private final StorageOptions options;
    private final TransactionListener listener;
    private final FailureLatch failures = new FailureLatch();
    private final BufferPool pool;
    private final LogWriter log;
    private final CommitClock clock;
    private final SnapshotRegistry snapshots;
    private final UndoMemory undoMemory;
    private final Purger purger;
    /** Held while a commit that tells something is told, so that this happens in commit order. */
    private final Object telling = new Object();
    private final Relations relations;
    private final AtomicLong nextXid;
    /** Where the first fragment of a running transaction stands in the log, by xid. */
    private final ConcurrentHashMap<Long, Long> fragments = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, StoreTransaction> running = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Slice> metadata = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Workspace> workspaces = new ConcurrentLinkedDeque<>();
    private final boolean recovered;
    private final Checkpointer checkpointer;
    private volatile boolean closing;
    private Optional<Thread> background = Optional.empty();

    private ClusterStorage(Env env, StorageOptions options, IndexMethod indexMethod, TransactionListener listener) {
        this.env = env;
        this.options = options;
        this.listener = listener;
        this.pool = new BufferPool(dataFile(env.disk()), failures, options.bufferPages());
        this.undoMemory = new UndoMemory(options.undoBytes(), new SpillFile(env.disk()));
        this.relations = new Relations(this, pool, indexMethod);
        Directory.Counters counters = Directory.read(pool.superblocks().read(), relations, metadata);
        Replay replay = new Replay(relations, metadata, counters);
        long position;
        try (LogReader reader = new LogReader(env.disk(), counters.firstNeeded(), counters.logPosition(), pool.superblocks().number())) {
            replay.run(reader, counters.logPosition());
            position = reader.position();
        }
        this.recovered = replay.hasApplied();
        this.clock = new CommitClock(replay.lastCsn());
        this.snapshots = new SnapshotRegistry(clock);
        this.purger = new Purger(snapshots, failures, undoMemory, pool.gate());
        this.nextXid = new AtomicLong(replay.nextXid());
        this.log = new LogWriter(env, failures, position, pool.superblocks().number(), replay.lastCsn(), options.fsync(), options.threads());
        this.checkpointer = new Checkpointer(env, options, failures, pool, log, counters.logPosition(), this::beginCheckpoint);
    }

    private static DiskFile dataFile(Disk disk) {
        if (disk.exists(Superblocks.FILE_NAME)) {
            return disk.open(Superblocks.FILE_NAME);
        }
        if (disk.list().stream().anyMatch(name -> name.startsWith("log-"))) {
            throw new SqlError(SqlState.DATA_CORRUPTED, "the data directory has a log but no data file");
        }
        return Superblocks.create(disk);
    }

    /** Opens the cluster in {@code env}'s directory, which is begun if it is empty, and recovers it. */
    public static ClusterStorage open(Env env, StorageOptions options, IndexMethod indexMethod, TransactionListener listener) {
        env.disk().lock();
        try {
            ClusterStorage storage = new ClusterStorage(env, options, indexMethod, listener);
            storage.log.start();
            if (storage.recovered) {
                storage.checkpoint();
            }
            if (options.threads()) {
                storage.checkpointer.start();
                storage.background = Optional.of(env.start("gajah-background", storage::runBackground));
            }
            return storage;
        } catch (RuntimeException | Error e) {
            env.disk().close();
            throw e;
        }
    }

    private void runBackground() {
        while (!closing) {
            env.park(this, purger.isEmpty() ? IDLE_NANOS : BACKGROUND_NANOS);
            purger.run();
            purger.relieve();
        }
    }

    // ---- transactions

    @Override
    public Transaction begin() {
        failures.check();
        if (closing) {
            throw new SqlError(SqlState.CANNOT_CONNECT_NOW, "the database system is shutting down");
        }
        return new StoreTransaction(this, snapshots.join());
    }

    /** A new id with its state. */
    TransactionState register(StoreTransaction transaction) {
        TransactionState state = new TransactionState(nextXid.getAndIncrement());
        running.put(state.xid(), transaction);
        return state;
    }

    @Override
    public void commit(Transaction transaction, CommitOptions how) {
        StoreTransaction own = (StoreTransaction) transaction;
        if (own.xid() == 0) {
            own.settle();
            failures.check();
            tell(how.published());
        } else {
            CommitEntry entry = new CommitEntry(this, own, how.synchronous() && options.fsync(), how);
            try {
                failures.check();
                log.append(entry);
                log.await(entry);
            } catch (SqlError e) {
                rollback(own);
                throw e;
            }
        }
        own.end(true);
        if (options.threads()) {
            purger.help(HELPED_STEPS);
            purger.relieve();
        } else {
            purger.run();
            purger.relieve();
            checkpointer.runIfDue();
        }
    }

    /** A transaction that has written nothing needs no place in the log, but what it tells follows what it may have seen. */
    private void tell(Optional<Runnable> hook) {
        hook.ifPresent(h -> {
            synchronized (telling) {
                h.run();
            }
        });
    }

    /** A commit has its place in the log and is sure but for the disk: who waits to change its rows goes on. In commit order. */
    void written(StoreTransaction transaction, long csn) {
        transaction.state().orElseThrow().end(csn);
        listener.ended(transaction, true);
    }

    /** Returns when commits up to this one, which has been written, are durable and visible; throws if they never will be. */
    void awaitVisible(long csn) {
        awaitEnd(csn);
        failures.check();
    }

    private void awaitEnd(long csn) {
        if (csn > clock.last()) {
            log.await(() -> clock.last() >= csn);
        }
    }

    /** Makes a commit visible; on the log writer, in commit order. */
    void publish(StoreTransaction transaction, long csn, Optional<Runnable> hook) {
        for (UndoRecord record : transaction.undoLog().records()) {
            if (record instanceof RelationRecord.Dropped dropped) {
                relations.remove(dropped.relation());
            } else if (record instanceof RelationRecord.Reformatted reformatted) {
                reformatted.table().settleFormat();
            }
        }
        metadata.putAll(transaction.metadata());
        hook.ifPresentOrElse(h -> {
            synchronized (telling) {
                clock.publish(csn);
                h.run();
            }
        }, () -> clock.publish(csn));
        running.remove(transaction.xid());
        fragments.remove(transaction.xid());
        purger.add(csn, transaction.undoLog(), transaction.obsoleteRuns());
    }

    @Override
    public void rollback(Transaction transaction) {
        StoreTransaction own = (StoreTransaction) transaction;
        if (own.hasEnded()) {
            return;
        }
        if (own.isWritten()) {
            // Its force has failed: others may have built on what it did, and nobody will see any of it.
            running.remove(own.xid());
            own.end(false);
            return;
        }
        try {
            own.undoTo(0);
        } catch (RuntimeException | Error e) {
            throw failures.fail(e);
        }
        if (own.xid() != 0) {
            if (own.redo().hasFragments() && !failures.isSet()) {
                log.append(new LogEntry(LogFrame.ABORT, own.xid(), false, Slice.EMPTY) {
                    @Override
                    protected void published() {
                        fragments.remove(own.xid());
                    }
                });
            }
            own.state().orElseThrow().end(TransactionState.ROLLED_BACK);
            running.remove(own.xid());
            listener.ended(own, false);
        }
        own.end(false);
        awaitEnd(own.builtOn());
    }

    /** A running transaction has a part in the log. */
    void noteFragment(long xid, long position) {
        fragments.putIfAbsent(xid, position);
    }

    @Override
    public boolean isInProgress(long xid) {
        return running.containsKey(xid);
    }

    @Override
    public long nextXid() {
        return nextXid.get();
    }

    @Override
    public long lastCsn() {
        return clock.last();
    }

    Workspace takeWorkspace() {
        Workspace workspace = workspaces.pollFirst();
        return workspace == null ? new Workspace() : workspace;
    }

    void giveWorkspace(Workspace workspace) {
        if (workspace.reset()) {
            workspaces.addFirst(workspace);
        }
    }

    BufferPool pool() {
        return pool;
    }

    Relations allRelations() {
        return relations;
    }

    UndoMemory undoMemory() {
        return undoMemory;
    }

    Purger purger() {
        return purger;
    }

    SnapshotRegistry snapshots() {
        return snapshots;
    }

    FailureLatch failures() {
        return failures;
    }

    LogWriter log() {
        return log;
    }

    // ---- relations

    @Override
    public Table createTable(Transaction transaction, RelationId id, RowLayout layout) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        RowFormat format = RowFormat.of(0, layout);
        format.capacityFor(0);
        HeapTable table = relations.newTable(id, format);
        own.add(new RelationRecord.Created(relations, table, own));
        format.write(own.redo().begin(Redo.CREATE_TABLE, id));
        return new TableHandle(table, layout);
    }

    @Override
    public Index createIndex(Transaction transaction, RelationId id) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        StoredIndex index = relations.newIndex(id);
        own.add(new RelationRecord.Created(relations, index, own));
        own.redo().begin(Redo.CREATE_INDEX, id);
        return index;
    }

    @Override
    public Sequence createSequence(Transaction transaction, RelationId id, Sequence.State state) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        StoredSequence sequence = relations.newSequence(id, state);
        own.add(new RelationRecord.Created(relations, sequence, own));
        StoredSequence.write(own.redo().begin(Redo.CREATE_SEQUENCE, id), state);
        return sequence;
    }

    @Override
    public void drop(Transaction transaction, RelationId id) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        own.add(new RelationRecord.Dropped(relations, relations.get(id)));
        own.redo().begin(Redo.DROP, id);
    }

    @Override
    public Table changeLayout(Transaction transaction, RelationId id, RowLayout layout) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        HeapTable table = relations.table(id);
        RowFormat format = RowFormat.of(table.formats().length, layout);
        format.capacityFor(0);
        own.add(new RelationRecord.Reformatted(table, table.format()));
        table.setFormat(format);
        format.write(own.redo().begin(Redo.CHANGE_FORMAT, id));
        return new TableHandle(table, layout);
    }

    @Override
    public Table table(RelationId id, RowLayout layout) {
        return new TableHandle(relations.table(id), layout);
    }

    @Override
    public Index index(RelationId id) {
        return relations.index(id);
    }

    @Override
    public Sequence sequence(RelationId id) {
        return relations.sequence(id);
    }

    @Override
    public boolean exists(RelationId id) {
        return relations.find(id).isPresent();
    }

    @Override
    public boolean isMadeSince(Transaction transaction, int mark, RelationId id) {
        StoreTransaction own = (StoreTransaction) transaction;
        StoredRelation relation = relations.get(id);
        return relation.isMadeBy(own) && (mark < 0 || relation.madeAt() >= own.undoAt(mark));
    }

    @Override
    public List<RelationId> relations(int database) {
        List<RelationId> ids = new ArrayList<>();
        for (StoredRelation relation : relations.list()) {
            if (relation.id().database() == database) {
                ids.add(relation.id());
            }
        }
        return ids;
    }

    @Override
    public void copyDatabase(Transaction transaction, int template, int target) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        for (StoredRelation copy : relations.copyDatabase(template, target, clock.last())) {
            own.add(new RelationRecord.Created(relations, copy, own));
        }
        own.redo().begin(Redo.COPY_DATABASE, new RelationId(target, 0)).putInt(template);
    }

    @Override
    public void dropDatabase(Transaction transaction, int database) {
        for (RelationId id : relations(database)) {
            drop(transaction, id);
        }
    }

    @Override
    public Optional<Slice> metadata(String key) {
        return Optional.ofNullable(metadata.get(key));
    }

    @Override
    public void putMetadata(Transaction transaction, String key, Slice value) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        own.add(new RelationRecord.MetadataSet(own.metadata(), key, value.copy()));
        ByteSink out = own.redo().begin(Redo.METADATA, new RelationId(0, 0));
        Slice name = Slice.of(key);
        out.putShort(name.length()).put(name).putInt(value.length()).put(value);
    }

    @Override
    public void checkpoint() {
        checkpointer.run();
    }

    /** Notes the state that the checkpoint is of, in a moment in which neither pages nor log change. */
    private Directory beginCheckpoint() {
        log.pause();
        long ticket = pool.gate().close();
        try {
            long position = log.position();
            long needed = fragments.values().stream().mapToLong(Long::longValue).reduce(position, Math::min);
            StaleEntries stale = new StaleEntries();
            purger.forEachObsolete(stale::end);
            running.values().forEach(transaction -> transaction.insertedRuns().forEach(stale::end));
            stale.settle();
            Directory directory = new Directory(new Directory.Counters(position, needed, clock.last(), nextXid.get()), metadata, stale);
            for (StoredRelation relation : relations.list()) {
                if (relation.isBeingMade()) {
                    Directory.exclude(relation);
                } else {
                    directory.capture(relation);
                }
            }
            pool.checkpointing().begin(clock.last());
            return directory;
        } finally {
            pool.gate().open(ticket);
            log.resume();
        }
    }

    @Override
    public void close() {
        closing = true;
        checkpointer.close();
        background.ifPresent(this::join);
        try {
            if (!failures.isSet()) {
                purger.run();
                checkpoint();
            }
        } finally {
            log.close();
            pool.close();
            undoMemory.file().close();
            env.disk().close();
        }
    }

    private void join(Thread thread) {
        while (thread.isAlive()) {
            env.unpark(thread);
            try {
                thread.join(10);
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }
}
