package org.gajah.txn;

/**
 * One transaction of one session; used by one thread at a time. It ends through {@code Storage.commit} or
 * {@code Storage.rollback}, which also release its snapshots.
 */
public interface Transaction {
    /** The transaction's id, 0 before its first write. */
    long xid();

    /** The transaction's id, assigned now if it has none. */
    long assignXid();

    /** Whether nothing was written so far: committing then costs nothing. */
    boolean hasWritten();

    /** Whether writing is refused with 25006. */
    boolean isReadOnly();

    void setReadOnly(boolean readOnly);

    /** Who is asked before a row is changed whether a row lock forbids it; {@link WriteGuard#NONE} to begin with. */
    void setWriteGuard(WriteGuard guard);

    /** The number of the current command, from 0; stamped on every change. */
    int commandId();

    /** Makes the changes so far visible to snapshots taken from now on. */
    void incrementCommand();

    /** The newest committed state and the own changes of earlier commands; held against purge until released. */
    Snapshot acquireSnapshot();

    /**
     * The same, and besides what commits have done whose work this transaction has met (in rows that it changes) and which are in the log, but
     * maybe not durable yet; {@link #acquireSnapshot} waits until they are. Nothing that was seen by such a snapshot may be told to anybody
     * before {@link #settle}.
     */
    Snapshot acquireSnapshotAhead();

    /** Returns when all commits whose work this transaction has met are durable; throws if they never will be. */
    void settle();

    /** {@code held}'s committed state with the own changes up to now: the next command of a REPEATABLE READ transaction. */
    Snapshot refresh(Snapshot held);

    /** Ends the hold of one {@link #acquireSnapshot}; a snapshot made by {@link #refresh} is released through its origin. */
    void releaseSnapshot(Snapshot snapshot);

    /** A savepoint: everything done after this can be undone by {@link #rollbackTo}. Marks nest and need no release. */
    int mark();

    /** Forgets {@code mark} and those after it, keeping what was done; optional, saves memory in loops that make many. */
    void release(int mark);

    /** Undoes what was done since {@code mark}: rows, index entries, relations made and dropped, hooks registered. */
    void rollbackTo(int mark);

    /** Runs after the commit is visible, in the committing session's thread, in order of registration. Must not throw. */
    void onCommit(Runnable action);

    /** Runs after a rollback (whole, or to a mark before the registration), last registered first. Must not throw. */
    void onRollback(Runnable action);
}
