package org.gajah.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Env;
import org.gajah.base.FailureLatch;
import org.gajah.base.Slice;
import org.gajah.log.LogEntry;
import org.gajah.log.LogFrame;
import org.gajah.log.LogWriter;
import org.gajah.page.BufferPool;
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
    private static final long FIRST_XID = 3;
    private static final int HELPED_STEPS = 64;

    private final Env env;
    private final StorageOptions options;
    private final TransactionListener listener;
    private final FailureLatch failures = new FailureLatch();
    private final BufferPool pool;
    private final LogWriter log;
    private final CommitClock clock;
    private final SnapshotRegistry snapshots;
    private final Purger purger;
    private final Relations relations;
    private final AtomicLong nextXid = new AtomicLong(FIRST_XID);
    private final ConcurrentHashMap<Long, StoreTransaction> running = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, TransactionState> states = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Slice> metadata = new ConcurrentHashMap<>();

    private ClusterStorage(Env env, StorageOptions options, IndexMethod indexMethod, TransactionListener listener) {
        this.env = env;
        this.options = options;
        this.listener = listener;
        this.pool = new BufferPool();
        this.clock = new CommitClock(0);
        this.snapshots = new SnapshotRegistry(clock);
        this.purger = new Purger(snapshots, failures);
        this.relations = new Relations(this, pool, indexMethod);
        this.log = new LogWriter(env, failures, 0, 0, options.fsync(), options.threads());
    }

    /** Opens the cluster in {@code env}'s directory, which is begun if it is empty, and recovers it. */
    public static ClusterStorage open(Env env, StorageOptions options, IndexMethod indexMethod, TransactionListener listener) {
        env.disk().lock();
        ClusterStorage storage = new ClusterStorage(env, options, indexMethod, listener);
        storage.log.start();
        return storage;
    }

    // ---- transactions

    @Override
    public Transaction begin() {
        failures.check();
        return new StoreTransaction(this, snapshots.join());
    }

    /** A new id with its state. */
    TransactionState register() {
        TransactionState state = new TransactionState(nextXid.getAndIncrement());
        states.put(state.xid(), state);
        return state;
    }

    @Override
    public void commit(Transaction transaction, CommitOptions how) {
        StoreTransaction own = (StoreTransaction) transaction;
        if (!how.notifications().isEmpty()) {
            own.assignXid();
        }
        if (own.xid() != 0) {
            CommitEntry entry = new CommitEntry(this, own, how.synchronous() && options.fsync(), how.notifications());
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
        purger.run(HELPED_STEPS);
    }

    /** Makes a commit visible; on the log writer, in commit order. */
    void publish(StoreTransaction transaction, long csn, List<Slice> notifications) {
        for (UndoRecord record : transaction.undoRecords()) {
            if (record instanceof RelationRecord.Dropped dropped) {
                relations.remove(dropped.relation());
            }
        }
        metadata.putAll(transaction.metadata());
        transaction.state().orElseThrow().end(csn);
        clock.publish(csn);
        states.remove(transaction.xid());
        running.remove(transaction.xid());
        purger.add(csn, transaction.undoRecords());
        listener.ended(transaction, true, notifications);
    }

    @Override
    public void rollback(Transaction transaction) {
        StoreTransaction own = (StoreTransaction) transaction;
        if (own.hasEnded()) {
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
                        running.remove(xidOf(own));
                    }
                });
            }
            own.state().orElseThrow().end(TransactionState.ROLLED_BACK);
            states.remove(own.xid());
            listener.ended(own, false, List.of());
        }
        own.end(false);
    }

    private static long xidOf(StoreTransaction transaction) {
        return transaction.xid();
    }

    /** A running transaction has a part in the log. */
    void noteFragment(StoreTransaction transaction) {
        running.put(transaction.xid(), transaction);
    }

    @Override
    public boolean isInProgress(long xid) {
        return states.containsKey(xid);
    }

    @Override
    public long nextXid() {
        return nextXid.get();
    }

    @Override
    public long lastCsn() {
        return clock.last();
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
        own.add(new RelationRecord.Created(relations, table));
        format.write(own.redo().begin(Redo.CREATE_TABLE, id));
        return new TableHandle(table, layout);
    }

    @Override
    public Index createIndex(Transaction transaction, RelationId id) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        StoredIndex index = relations.newIndex(id);
        own.add(new RelationRecord.Created(relations, index));
        own.redo().begin(Redo.CREATE_INDEX, id);
        return index;
    }

    @Override
    public Sequence createSequence(Transaction transaction, RelationId id, Sequence.State state) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        StoredSequence sequence = relations.newSequence(id, state);
        own.add(new RelationRecord.Created(relations, sequence));
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
        throw SqlError.notSupported("copying a database is not supported yet");
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
        own.metadata().put(key, value.copy());
        ByteSink out = own.redo().begin(Redo.METADATA, new RelationId(0, 0));
        Slice name = Slice.of(key);
        out.putShort(name.length()).put(name).putInt(value.length()).put(value);
    }

    @Override
    public void checkpoint() {
        failures.check();
    }

    @Override
    public void close() {
        log.close();
        env.disk().close();
    }
}
