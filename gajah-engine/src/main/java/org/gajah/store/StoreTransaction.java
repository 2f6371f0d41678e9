package org.gajah.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.table.EntryBatch;
import org.gajah.txn.Snapshot;
import org.gajah.txn.SnapshotRegistry;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionState;
import org.gajah.txn.WriteGuard;

/** A session's transaction: its undo list, its redo buffer, its snapshots. Used by one thread at a time. */
final class StoreTransaction implements Transaction {
    /** Changes between two looks at the memory that undo takes. */
    private static final int RELIEF = 64;
    private static final int STRETCH = 1024;

    private record Mark(long undo, long redo, int commitHooks, int rollbackHooks) {
    }

    private final ClusterStorage storage;
    private final SnapshotRegistry.Slot slot;
    private final UndoLog undo;
    private final List<Mark> marks = new ArrayList<>();
    /** The steps of {@link #undo} that added index entries, also read by checkpoints; guarded by itself. */
    private final ArrayDeque<EntryRun> runs = new ArrayDeque<>();
    /** The steps that will remove index entries. */
    private final List<EntryRun> obsolete = new ArrayList<>(0);
    /** Those to which entries may still be added: none from before the last savepoint. */
    private final Map<StoredIndex, EntryRun> openRuns = new IdentityHashMap<>(2);
    private final Map<StoredIndex, EntryRun> openObsolete = new IdentityHashMap<>(2);
    private final List<Runnable> commitHooks = new ArrayList<>();
    private final List<Runnable> rollbackHooks = new ArrayList<>();
    private final List<Snapshot> held = new ArrayList<>();
    private final Map<String, Slice> metadata = new HashMap<>(0);
    private Optional<RedoBuffer> redo = Optional.empty();
    private Optional<Workspace> workspace = Optional.empty();
    private Optional<TransactionState> state = Optional.empty();
    private long xid;
    private WriteGuard guard = WriteGuard.NONE;
    private int commandId;
    /** The newest commit whose work it has met beyond what its snapshots saw. */
    private long builtOn;
    private int changes;
    private boolean readOnly;
    private boolean loggedBeside;
    private boolean ended;

    StoreTransaction(ClusterStorage storage, SnapshotRegistry.Slot slot) {
        this.storage = storage;
        this.slot = slot;
        this.undo = new UndoLog(storage.undoMemory());
    }

    @Override
    public long xid() {
        return xid;
    }

    @Override
    public long assignXid() {
        if (xid == 0) {
            if (ended) {
                throw new IllegalStateException("the transaction has ended");
            }
            TransactionState fresh = storage.register(this);
            state = Optional.of(fresh);
            xid = fresh.xid();
        }
        return xid;
    }

    /** The state that versions point to; assigns an id, refuses in a read only transaction. */
    TransactionState writing() {
        if (readOnly) {
            throw new SqlError(SqlState.READ_ONLY_SQL_TRANSACTION, "cannot write in a read-only transaction");
        }
        storage.failures().check();
        assignXid();
        return state.orElseThrow();
    }

    Optional<TransactionState> state() {
        return state;
    }

    @Override
    public boolean hasWritten() {
        return xid != 0;
    }

    /** Notes that something was logged beside the transaction, which its commit must make durable. */
    void logsBeside() {
        assignXid();
        loggedBeside = true;
    }

    /** Whether a synchronous commit has something to force. */
    boolean hasLogged() {
        return loggedBeside || !redo().isEmpty();
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    @Override
    public void setWriteGuard(WriteGuard guard) {
        this.guard = guard;
    }

    WriteGuard guard() {
        return guard;
    }

    @Override
    public int commandId() {
        return commandId;
    }

    @Override
    public void incrementCommand() {
        commandId++;
    }

    /** Has met what a commit with this number has done, which may not be durable yet. */
    void buildsOn(long csn) {
        if (csn > builtOn && csn < TransactionState.ROLLED_BACK) {
            builtOn = csn;
        }
    }

    long builtOn() {
        return builtOn;
    }

    /** Whether its commit is in the log, be it durable or not. */
    boolean isWritten() {
        return state.isPresent() && state.get().csn() < TransactionState.ROLLED_BACK;
    }

    @Override
    public void settle() {
        if (builtOn > storage.lastCsn()) {
            storage.awaitVisible(builtOn);
        }
    }

    @Override
    public Snapshot acquireSnapshot() {
        settle();
        return acquireSnapshotAhead();
    }

    @Override
    public Snapshot acquireSnapshotAhead() {
        long csn = storage.snapshots().acquire(slot, builtOn);
        Snapshot snapshot = new Snapshot(csn, xid, commandId);
        held.add(snapshot);
        return snapshot;
    }

    @Override
    public Snapshot refresh(Snapshot origin) {
        return new Snapshot(origin.csn(), xid, commandId);
    }

    @Override
    public void releaseSnapshot(Snapshot snapshot) {
        for (int i = held.size() - 1; i >= 0; i--) {
            if (held.get(i) == snapshot) {
                held.remove(i);
                break;
            }
        }
        long oldest = Long.MAX_VALUE;
        long newest = 0;
        for (Snapshot other : held) {
            oldest = Math.min(oldest, other.csn());
            newest = Math.max(newest, other.csn());
        }
        storage.snapshots().hold(slot, oldest, newest);
    }

    /** The snapshots that anybody holds now. */
    SnapshotRegistry.Held heldSnapshots() {
        return storage.snapshots().held();
    }

    /** Control data to be set by the commit. */
    Map<String, Slice> metadata() {
        return metadata;
    }

    /** What writing needs; taken at the first write. */
    Workspace work() {
        if (workspace.isEmpty()) {
            workspace = Optional.of(storage.takeWorkspace());
        }
        return workspace.get();
    }

    RedoBuffer redo() {
        if (redo.isEmpty()) {
            redo = Optional.of(new RedoBuffer(storage, this, work().redo));
        }
        return redo.get();
    }

    private long redoPosition() {
        return redo.isEmpty() ? 0 : redo.get().position();
    }

    UndoLog undoLog() {
        return undo;
    }

    void add(UndoRecord record) {
        undo.add(record);
    }

    /** Between changes, outside of latches and gate: sends to disk what has gathered, if it is much. */
    void relieve() {
        redo().flushIfLarge();
        if (++changes % RELIEF == 0 && storage.undoMemory().isTight()) {
            undo.spill(true);
            storage.purger().relieve();
        }
    }

    /** Whether some of what is done from now on may be taken back without all of it. */
    boolean hasMarks() {
        return !marks.isEmpty();
    }

    /** Notes an entry that was added to an index. Inside the gate. */
    void noteInserted(StoredIndex index, Slice key, long tid) {
        synchronized (runs) {
            EntryRun run = openRun(index);
            if (run.append(key, tid)) {
                openRuns.remove(index);
                undo.noteFull(run);
            }
        }
    }

    /** Notes the entries {@code [from, to)} of a batch. Inside the gate. */
    void noteInserted(StoredIndex index, EntryBatch entries, int from, int to) {
        synchronized (runs) {
            for (int i = from; i < to;) {
                EntryRun run = openRun(index);
                boolean full = false;
                while (i < to && !full) {
                    full = run.append(entries.key(i), entries.tid(i));
                    i++;
                }
                if (full) {
                    openRuns.remove(index);
                    undo.noteFull(run);
                }
            }
        }
    }

    private EntryRun openRun(StoredIndex index) {
        EntryRun run = openRuns.get(index);
        if (run == null) {
            run = new EntryRun(index, true, storage.undoMemory());
            openRuns.put(index, run);
            runs.addLast(run);
            add(run);
        }
        return run;
    }

    /** Notes an entry that is obsolete when everybody sees the transaction's commit. */
    void noteRemoved(StoredIndex index, Slice key, long tid) {
        EntryRun run = openObsolete.get(index);
        if (run == null) {
            run = new EntryRun(index, false, storage.undoMemory());
            openObsolete.put(index, run);
            obsolete.add(run);
            add(run);
        }
        if (run.append(key, tid)) {
            openObsolete.remove(index);
            undo.noteFull(run);
        }
    }

    /** The runs of added index entries; for checkpoints, while nobody is adding. */
    List<EntryRun> insertedRuns() {
        synchronized (runs) {
            return List.copyOf(runs);
        }
    }

    /** The runs of index entries that the commit makes obsolete. */
    List<EntryRun> obsoleteRuns() {
        return obsolete;
    }

    /** Whether a later change of the same kind may join this record: not across a savepoint. */
    boolean mayJoin(Version version) {
        return version.writer.xid() == xid && version.commandId == commandId
                && (marks.isEmpty() || version.index >= marks.getLast().undo());
    }

    @Override
    public int mark() {
        closeRuns();
        marks.add(new Mark(undo.size(), redoPosition(), commitHooks.size(), rollbackHooks.size()));
        return marks.size() - 1;
    }

    /** No entry joins a run from before now. */
    private void closeRuns() {
        if (!openRuns.isEmpty()) {
            openRuns.clear();
        }
        if (!openObsolete.isEmpty()) {
            openObsolete.clear();
        }
    }

    /** How many steps had been done at a mark. */
    long undoAt(int mark) {
        return marks.get(mark).undo();
    }

    @Override
    public void release(int mark) {
        while (marks.size() > mark) {
            marks.removeLast();
        }
    }

    @Override
    public void rollbackTo(int mark) {
        Mark to = marks.get(mark);
        while (marks.size() > mark + 1) {
            marks.removeLast();
        }
        undoTo(to.undo());
        redo.ifPresent(buffer -> buffer.cutBack(to.redo()));
        while (commitHooks.size() > to.commitHooks()) {
            commitHooks.removeLast();
        }
        while (rollbackHooks.size() > to.rollbackHooks()) {
            rollbackHooks.removeLast().run();
        }
    }

    /** Undoes steps, last first, until only {@code size} are left. */
    void undoTo(long size) {
        closeRuns();
        while (undo.size() > size) {
            Optional<UndoRecord> undone = undo.undoLast();
            if (undone.isPresent() && undone.get() instanceof EntryRun run) {
                forget(run);
            }
            if (undo.size() % STRETCH == 0 && storage.undoMemory().isTight()) {
                Purger.spillAgain(undo);
            }
        }
        undo.returnFetched();
    }

    private void forget(EntryRun run) {
        if (!obsolete.isEmpty() && obsolete.getLast() == run) {
            obsolete.removeLast();
            return;
        }
        synchronized (runs) {
            runs.removeLast();
        }
    }

    @Override
    public void onCommit(Runnable action) {
        commitHooks.add(action);
    }

    @Override
    public void onRollback(Runnable action) {
        rollbackHooks.add(action);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Gives everything back and runs the hooks; the fate is already public. */
    void end(boolean committed) {
        ended = true;
        held.clear();
        workspace.ifPresent(storage::giveWorkspace);
        workspace = Optional.empty();
        storage.snapshots().leave(slot);
        if (committed) {
            commitHooks.forEach(Runnable::run);
        } else {
            while (!rollbackHooks.isEmpty()) {
                rollbackHooks.removeLast().run();
            }
        }
    }
}
