package org.gajah.table;

import java.util.List;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.txn.Transaction;

/**
 * The storage of one cluster: all its databases' relations, their log, and their transactions. Safe for any number of sessions.
 * Once a write to disk has failed, every further change is refused with 58030 (53100 if the disk is full is refused per statement).
 *
 * <p>Opened by {@code org.gajah.store.ClusterStorage.open(Env, StorageOptions, IndexMethod, TransactionListener)}, which recovers.
 */
public interface Storage extends AutoCloseable {
    Transaction begin();

    /** Commits: when this returns the changes are visible and, if synchronous, durable. On an error the transaction is rolled back. */
    void commit(Transaction transaction, CommitOptions options);

    void rollback(Transaction transaction);

    /** Whether the transaction with this id is running. */
    boolean isInProgress(long xid);

    /** The least id that is not assigned yet. */
    long nextXid();

    /** The last commit sequence number. */
    long lastCsn();

    /** Makes an empty table; it exists for everybody at once (catalogs decide who knows it) and goes away if undone. */
    Table createTable(Transaction transaction, RelationId id, RowLayout layout);

    /** Makes an empty index. */
    Index createIndex(Transaction transaction, RelationId id);

    /** Makes a sequence in this state. */
    Sequence createSequence(Transaction transaction, RelationId id, Sequence.State state);

    /** Drops a table, index or sequence when the transaction commits. */
    void drop(Transaction transaction, RelationId id);

    /** From now on rows are stored in {@code layout}, which appends attributes to the present one or drops some. */
    Table changeLayout(Transaction transaction, RelationId id, RowLayout layout);

    /** A handle on a table, reading and writing rows of {@code layout}. Cheap; to be kept in caches. XX000 if it does not exist. */
    Table table(RelationId id, RowLayout layout);

    Index index(RelationId id);

    Sequence sequence(RelationId id);

    boolean exists(RelationId id);

    /** Whether this transaction has made the relation since {@code mark}; since its beginning if that is negative. */
    boolean isMadeSince(Transaction transaction, int mark, RelationId id);

    /** The relations of a database. */
    List<RelationId> relations(int database);

    /** Gives {@code target} (a new database) a copy of every relation of {@code template}, in which nobody may be writing. */
    void copyDatabase(Transaction transaction, int template, int target);

    /** Drops every relation of a database when the transaction commits. */
    void dropDatabase(Transaction transaction, int database);

    /** A small durable value of the cluster's own (control data), set by {@link #putMetadata}. */
    Optional<Slice> metadata(String key);

    /** Sets control data with the transaction's commit. */
    void putMetadata(Transaction transaction, String key, Slice value);

    /** Makes recovery start from here. */
    void checkpoint();

    /** Checkpoints and closes; running transactions are rolled back. */
    @Override
    void close();
}
