package org.gajah.txn.lock;

import java.util.Arrays;
import java.util.List;
import org.gajah.base.CancelFlag;
import org.gajah.base.Parking;
import org.gajah.base.Waiter;
import org.gajah.txn.WriteGuard;

/**
 * All locks of a server. Every method names the owner that it acts for; only that owner's session may call it (or, for what
 * ends a transaction, a thread that the session waits for). Waiting methods throw {@code 40P01}, {@code 55P03} on
 * {@code lock_timeout}, or the error of the owner's cancel flag; a lock that was waited for is then not held.
 */
public final class LockManager {
    private final Parking parking;
    private final Owners owners = new Owners();
    private final LockTable table;
    private final LockWait wait;
    private final LockStatusReader status;

    /**
     * @param maxObjectLocks the most locks in the shared table that are not rows'; one more is {@code 53200}
     * @param maxRowLocks about the most rows' locks
     */
    public LockManager(Parking parking, int maxObjectLocks, int maxRowLocks) {
        this.parking = parking;
        this.table = new LockTable(owners, parking, maxObjectLocks, maxRowLocks);
        this.wait = new LockWait(table, parking, new DeadlockCheck(table));
        this.status = new LockStatusReader(table, owners);
    }

    /** A session begins. {@code waiter} is where it sleeps, also what its cancel flag wakes. */
    public LockOwner newOwner(int pid, Waiter waiter, CancelFlag cancel) {
        return owners.add(pid, waiter, cancel);
    }

    /** A session ends: gives back all it still has. */
    public void removeOwner(LockOwner owner) {
        releaseTransaction(owner);
        releaseSession(owner);
        owners.remove(owner);
    }

    /**
     * Takes a mode until the transaction ends. False if {@code mayWait} is false and it is not to be had at once; having it
     * already is true.
     */
    public boolean lock(LockOwner owner, LockTag tag, LockMode mode, boolean mayWait) {
        if (tag.kind() != LockTag.Kind.RELATION) {
            return lockInTable(LockTable.Wanted.of(owner, tag, mode, Hold.Duration.TRANSACTION), mayWait);
        }
        FastSlots.Slot slot = owner.slots.slot(tag);
        if ((slot.held & mode.bit()) != 0) {
            return true;
        }
        boolean got = mode.isWeak() && slot.canPublish() && lockFast(owner, slot, mode)
                || lockInTable(LockTable.Wanted.of(owner, slot.tag, mode, Hold.Duration.TRANSACTION), mayWait);
        if (got) {
            slot.held |= mode.bit();
        }
        return got;
    }

    private boolean lockFast(LockOwner owner, FastSlots.Slot slot, LockMode mode) {
        int mark = owner.mark();
        owner.log(slot, mode);
        if (slot.publish(mode)) {
            if (!table.strongWanted(slot.tag)) {
                return true;
            }
            // It was only tried: whoever has moved it meanwhile did not ask whether the table has anything against it.
            giveBack(owner, slot, mode);
        }
        owner.truncateLog(mark);
        return false;
    }

    private boolean lockInTable(LockTable.Wanted wanted, boolean mayWait) {
        return take(wanted, mayWait) == Request.State.GRANTED;
    }

    /** Granted, to be tried again, or withdrawn: not to be had at once. */
    private Request.State take(LockTable.Wanted wanted, boolean mayWait) {
        LockOwner owner = wanted.owner();
        boolean logged = wanted.duration() == Hold.Duration.TRANSACTION && !wanted.onlyAwaits();
        int mark = owner.mark();
        if (logged) {
            owner.log(wanted.tag(), wanted.mode());
        }
        Request request = Request.NOTHING;
        try {
            request = table.request(wanted, mayWait);
            return request.state == Request.State.WAITING ? wait.await(request) : request.state;
        } finally {
            if (logged && (request.state != Request.State.GRANTED || request.repeated)) {
                owner.truncateLog(mark);
            }
        }
    }

    /** Says who has written a row and has not ended, if what he did conflicts with the lock that is wanted. */
    @FunctionalInterface
    public interface RowWriter {
        /** His transaction id, or 0. Called without any mutex held. */
        long conflictingXid();
    }

    /**
     * Locks a row until the transaction ends. It waits in order, behind holders, earlier waiters and the row's writer (who
     * may take stronger locks on it meanwhile). Afterwards the caller reads the row again: it may be another version, or gone.
     *
     * @param writerMode how the writer named by {@code writer} holds the row: what PostgreSQL would have locked for his change
     * @return false if {@code mayWait} is false and the row is not to be had at once
     */
    public boolean lockRow(LockOwner owner, LockTag row, RowLockMode mode, boolean mayWait, RowWriter writer,
            RowLockMode writerMode) {
        while (true) {
            int mark = owner.mark();
            long xid = writer.conflictingXid();
            LockTable.Wanted wanted = new LockTable.Wanted(owner, row, mode.tableMode(), Hold.Duration.TRANSACTION, false,
                    xid, writerMode.tableMode());
            Request.State end = take(wanted, mayWait);
            if (end == Request.State.WITHDRAWN) {
                return false;
            }
            if (end == Request.State.GRANTED) {
                if (writer.conflictingXid() == 0) {
                    return true;
                }
                // Written between the look and the lock: queue behind that writer instead of standing in his way.
                releaseToMark(owner, mark);
            }
            owner.cancel().check();
        }
    }

    /** Locks a row that nobody is known to have written. */
    public boolean lockRow(LockOwner owner, LockTag row, RowLockMode mode, boolean mayWait) {
        return lockRow(owner, row, mode, mayWait, () -> 0, mode);
    }

    /**
     * Waits, in order with all others who want the row, until transaction {@code xid} that has written it has ended ({@code 0}: until
     * no row lock of others is in the way), and then has the row locked. The caller tries again to write it.
     */
    public void awaitRow(LockOwner owner, LockTag row, RowLockMode mode, long xid) {
        LockTable.Wanted wanted = new LockTable.Wanted(owner, row, mode.tableMode(), Hold.Duration.TRANSACTION, false,
                xid == owner.xid() ? 0 : xid, LockMode.EXCLUSIVE);
        take(wanted, true);
        owner.cancel().check();
    }

    /** What the store asks before it changes a row for {@code owner}. */
    public WriteGuard guard(LockOwner owner) {
        return (database, relation, tid, keyChange) -> forbidsWrite(owner, database, relation, tid,
                keyChange ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE);
    }

    /**
     * Whether somebody else's row lock forbids {@code owner} to write the row. The store asks while it holds the row's page
     * exclusively, and writes only on false; who locks rows locks first and reads the page after. Never waits.
     */
    public boolean forbidsWrite(LockOwner owner, int dbOid, int relOid, long tid, RowLockMode mode) {
        LockTag row = LockTag.tuple(dbOid, relOid, tid);
        return table.stripe(row).rowLocks() != 0 && table.conflicts(owner, row, mode.tableMode());
    }

    /**
     * Waits until transaction {@code xid} has ended, or has rolled back to a savepoint: the caller looks again at what it
     * waited for. Returns at once if the transaction is not running.
     *
     * @return false if {@code mayWait} is false and it is running
     */
    public boolean waitFor(LockOwner owner, long xid, boolean mayWait) {
        if (xid == owner.xid()) {
            throw new IllegalArgumentException("transaction " + xid + " waits for itself");
        }
        LockTable.Wanted wanted = new LockTable.Wanted(owner, LockTag.transaction(xid), LockMode.SHARE,
                Hold.Duration.TRANSACTION, true, xid, LockMode.EXCLUSIVE);
        return take(wanted, mayWait) != Request.State.WITHDRAWN;
    }

    /** Takes a mode for the session: it outlives transactions and must be given back as often as it was taken. */
    public boolean lockForSession(LockOwner owner, LockTag tag, LockMode mode, boolean mayWait) {
        owner.noteForSession(tag);
        boolean got = false;
        try {
            got = lockInTable(LockTable.Wanted.of(owner, tag, mode, Hold.Duration.SESSION), mayWait);
        } finally {
            if (!got) {
                owner.forgetForSession(tag);
            }
        }
        return got;
    }

    /** Gives back once what {@link #lockForSession} took; false if the session does not have it. */
    public boolean unlockForSession(LockOwner owner, LockTag tag, LockMode mode) {
        boolean had = table.releaseSessionMode(owner, tag, mode);
        if (had) {
            owner.forgetForSession(tag);
        }
        return had;
    }

    /** Gives back all advisory locks of the session, however often they were taken ({@code pg_advisory_unlock_all}). */
    public void unlockAllAdvisory(LockOwner owner) {
        owner.takeForSession(tag -> tag.kind() == LockTag.Kind.ADVISORY)
                .forEach(tag -> table.releaseSessionModes(owner, tag));
    }

    /** Gives back everything that is held for the session. */
    public void releaseSession(LockOwner owner) {
        owner.takeForSession(tag -> true).forEach(tag -> table.releaseSessionModes(owner, tag));
    }

    /**
     * Gives back what was taken since {@code mark}: a rollback to a savepoint whose changes have been undone. Who waits for
     * a change of this transaction looks again.
     */
    public void rollbackTo(LockOwner owner, int mark) {
        releaseToMark(owner, mark);
        for (LockTag tag : owner.takeImplied(false)) {
            table.releaseImplied(owner, tag, true);
        }
    }

    /** Gives back what was taken since {@code mark}, which is not needed any more; nothing has been undone. */
    public void releaseSince(LockOwner owner, int mark) {
        releaseToMark(owner, mark);
    }

    private void releaseToMark(LockOwner owner, int mark) {
        for (int i = owner.mark() - 1; i >= mark; i--) {
            releaseLogged(owner, owner.logged(i), owner.loggedMode(i));
        }
        owner.truncateLog(mark);
    }

    private void releaseLogged(LockOwner owner, Object target, LockMode mode) {
        if (target instanceof FastSlots.Slot slot) {
            slot.held &= ~mode.bit();
            giveBack(owner, slot, mode);
            return;
        }
        LockTag tag = (LockTag) target;
        if (tag.kind() == LockTag.Kind.RELATION) {
            owner.slots.slot(tag).held &= ~mode.bit();
        }
        table.releaseTransactionMode(owner, tag, mode);
    }

    /** Takes a published mode out of the slot, or out of the table if it was moved there. */
    private void giveBack(LockOwner owner, FastSlots.Slot slot, LockMode mode) {
        if (!slot.retract(mode)) {
            table.releaseTransactionMode(owner, slot.tag, mode);
            owner.slots.noteMoved(slot);
        }
    }

    /**
     * The transaction's end can be seen by everybody: who waits for its id or for rows it wrote goes on. Its other locks stay
     * until {@link #releaseTransaction}. May be called by the thread that publishes commits.
     */
    public void endTransactionId(LockOwner owner) {
        if (owner.xid() == 0) {
            return;
        }
        for (LockTag tag : owner.takeImplied(true)) {
            table.releaseImplied(owner, tag, false);
        }
    }

    /** As {@link #endTransactionId} for whoever runs {@code xid}, if somebody does: for the thread that publishes commits. */
    public void transactionEnded(long xid) {
        owners.running(xid).ifPresent(this::endTransactionId);
    }

    /** The transaction is over: ends its id and gives back all its locks. Does nothing when there is nothing. */
    public void releaseTransaction(LockOwner owner) {
        endTransactionId(owner);
        releaseToMark(owner, 0);
        owner.slots.endTransaction();
        owner.endTransaction();
    }

    /** Who the session with {@code pid} waits for, directly ({@code pg_blocking_pids}); empty if it does not wait. */
    public int[] blockingPids(int pid) {
        return status.blockingPids(pid);
    }

    /** Whether the session with {@code pid} waits for one of {@code others} ({@code pg_isolation_test_session_is_blocked}). */
    public boolean isBlockedBy(int pid, int[] others) {
        return Arrays.stream(status.blockingPids(pid)).anyMatch(each -> Arrays.stream(others).anyMatch(o -> o == each));
    }

    /** All locks held and waited for at one moment, as {@code pg_locks} shows them. */
    public List<LockStatus> status() {
        return status.read();
    }

    /** How many locks the shared table has that are not rows'. */
    public int objectLockCount() {
        return table.objectLocks();
    }

    /** How many rows are locked. */
    public int rowLockCount() {
        return table.rowLocks();
    }

    /** How many strong modes on relations are held or wanted: while it is 0, weak ones never meet in the table. */
    int strongCount() {
        return table.strongCount();
    }

    /** Whose clock and sleep it uses. */
    public Parking parking() {
        return parking;
    }
}
