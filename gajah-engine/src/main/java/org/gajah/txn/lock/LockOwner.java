package org.gajah.txn.lock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.gajah.base.CancelFlag;
import org.gajah.base.Waiter;

/**
 * A session as the lock manager sees it: who it is, what its transaction has taken, what it waits for. Its log is used by one
 * thread at a time (the session's, or the one that ends its transaction while the session waits for that).
 */
public final class LockOwner {
    private static final int SMALL_LOG = 64;

    private final int pid;
    private final int procNumber;
    private final Waiter waiter;
    private final CancelFlag cancel;
    private volatile int lockTimeoutMillis;
    private volatile int deadlockTimeoutMillis = 1000;

    private volatile int localXid;
    private volatile long xid;
    /** What it waits for; set and cleared under the mutex of that lock's stripe. */
    volatile Request awaited = Request.NOTHING;

    final FastSlots slots = new FastSlots();
    private Object[] logged = new Object[16];
    private byte[] loggedModes = new byte[16];
    private int logSize;
    /** Tags that the owner holds for its session, with how often in all modes together. */
    private final Map<LockTag, Integer> sessionTags = new HashMap<>(0);

    /** Guards {@link #implied}, and the transaction id against being given up while a hold is entered for it. */
    private final ReentrantLock latch = new ReentrantLock();
    private List<LockTag> implied = new ArrayList<>(0);

    LockOwner(int pid, int procNumber, Waiter waiter, CancelFlag cancel) {
        this.pid = pid;
        this.procNumber = procNumber;
        this.waiter = waiter;
        this.cancel = cancel;
    }

    /** The process id that clients see. */
    public int pid() {
        return pid;
    }

    /** The session's number: unique among those there are now, from 1, reused. */
    public int procNumber() {
        return procNumber;
    }

    /** The id of the running transaction, or 0. */
    public long xid() {
        return xid;
    }

    /** The number of the running transaction within the session, or 0 if there is none. */
    public int localXid() {
        return localXid;
    }

    /** A transaction begins; {@code number} is from 1 and shown in {@code pg_locks.virtualtransaction}. */
    public void beginTransaction(int number) {
        localXid = number;
    }

    /** The transaction has got its id. Must come before its first write can be seen. */
    public void beginTransactionId(long id) {
        if (id == 0 || xid != 0) {
            throw new IllegalStateException("transaction " + xid + " cannot become " + id);
        }
        xid = id;
    }

    /** {@code lock_timeout}: 0 is none. */
    public void setLockTimeoutMillis(int millis) {
        lockTimeoutMillis = millis;
    }

    int lockTimeoutMillis() {
        return lockTimeoutMillis;
    }

    /** {@code deadlock_timeout}: how long it waits before it looks for a circle. */
    public void setDeadlockTimeoutMillis(int millis) {
        deadlockTimeoutMillis = millis;
    }

    int deadlockTimeoutMillis() {
        return deadlockTimeoutMillis;
    }

    Waiter waiter() {
        return waiter;
    }

    CancelFlag cancel() {
        return cancel;
    }

    /** Whether it sleeps for a lock right now. */
    public boolean isWaiting() {
        return awaited != Request.NOTHING;
    }

    /** A place in the log, to roll back to: take it when a savepoint is made. */
    public int mark() {
        return logSize;
    }

    /** How many locks the transaction has taken so far (a lock in two modes counts as two). */
    public int heldCount() {
        return logSize;
    }

    void log(Object target, LockMode mode) {
        if (logSize == logged.length) {
            loggedModes = Arrays.copyOf(loggedModes, logSize * 2);
            logged = Arrays.copyOf(logged, logSize * 2);
        }
        loggedModes[logSize] = (byte) mode.number();
        logged[logSize++] = target;
    }

    void noteForSession(LockTag tag) {
        sessionTags.merge(tag, 1, Integer::sum);
    }

    void forgetForSession(LockTag tag) {
        sessionTags.computeIfPresent(tag, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Takes out all tags held for the session that are {@code wanted}. */
    List<LockTag> takeForSession(Predicate<LockTag> wanted) {
        List<LockTag> taken = sessionTags.keySet().stream().filter(wanted).toList();
        taken.forEach(sessionTags::remove);
        return taken;
    }

    Object logged(int index) {
        return logged[index];
    }

    LockMode loggedMode(int index) {
        return LockMode.ofNumber(loggedModes[index]);
    }

    /** Forgets what was logged from {@code size} on. */
    void truncateLog(int size) {
        if (size == 0 && logged.length > SMALL_LOG) {
            logged = new Object[SMALL_LOG];
            loggedModes = new byte[SMALL_LOG];
        } else {
            Arrays.fill(logged, size, logSize, null);
        }
        logSize = size;
    }

    /** Notes that a hold on {@code tag} exists for transaction {@code id}; false if that one is over. */
    boolean noteImplied(LockTag tag, long id) {
        latch.lock();
        try {
            if (xid != id) {
                return false;
            }
            implied.add(tag);
            return true;
        } finally {
            latch.unlock();
        }
    }

    /** Takes all implied holds' tags; if {@code ended}, no more can come for this transaction. */
    List<LockTag> takeImplied(boolean ended) {
        latch.lock();
        try {
            if (ended) {
                xid = 0;
            }
            List<LockTag> taken = implied;
            if (!taken.isEmpty()) {
                implied = new ArrayList<>(0);
            }
            return taken;
        } finally {
            latch.unlock();
        }
    }

    void endTransaction() {
        localXid = 0;
    }

    /** The transaction's name in {@code pg_locks}. */
    public String virtualTransaction() {
        return procNumber + "/" + localXid;
    }
}
