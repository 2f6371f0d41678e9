package org.gajah.txn.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.gajah.api.SqlError;
import org.gajah.base.CancelFlag;
import org.gajah.base.SystemParking;
import org.gajah.base.Waiter;

/** Sessions over one lock manager, each of which can do something on a thread of its own. */
final class LockFixture {
    static final int DB = 5;

    final LockManager locks;
    private final AtomicInteger nextPid = new AtomicInteger(100);
    private final AtomicLong nextXid = new AtomicLong(700);
    private final List<Session> sessions = new ArrayList<>();

    LockFixture() {
        this(10_000);
    }

    LockFixture(int maxObjectLocks) {
        locks = new LockManager(SystemParking.INSTANCE, maxObjectLocks, 1_000_000);
    }

    final class Session {
        final LockOwner owner;
        final CancelFlag cancel;
        private Thread thread;
        private volatile Optional<Throwable> failure = Optional.empty();

        Session() {
            Waiter waiter = SystemParking.INSTANCE.newWaiter();
            cancel = new CancelFlag(waiter);
            owner = locks.newOwner(nextPid.getAndIncrement(), waiter, cancel);
            owner.beginTransaction(1);
        }

        boolean lock(LockTag tag, LockMode mode) {
            return locks.lock(owner, tag, mode, true);
        }

        boolean tryLock(LockTag tag, LockMode mode) {
            return locks.lock(owner, tag, mode, false);
        }

        long write() {
            long xid = nextXid.getAndIncrement();
            owner.beginTransactionId(xid);
            return xid;
        }

        void end() {
            locks.releaseTransaction(owner);
            owner.beginTransaction(1);
        }

        void start(Runnable action) {
            failure = Optional.empty();
            thread = Thread.ofPlatform().start(() -> {
                try {
                    action.run();
                } catch (Throwable t) {
                    failure = Optional.of(t);
                }
            });
        }

        /** Starts {@code action} and returns when it waits for a lock. */
        void startAndWait(Runnable action) {
            start(action);
            while (!owner.isWaiting()) {
                if (!thread.isAlive() && !owner.isWaiting()) {
                    throw new AssertionError("did not wait", failure.orElse(null));
                }
                Thread.onSpinWait();
            }
        }

        void finish() {
            try {
                thread.join(20_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertEquals(false, thread.isAlive(), "still waits");
            if (failure.isPresent()) {
                throw new AssertionError("failed", failure.get());
            }
        }

        SqlError finishWithError() {
            try {
                thread.join(20_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertEquals(false, thread.isAlive(), "still waits");
            if (failure.isPresent() && failure.get() instanceof SqlError error) {
                return error;
            }
            throw new AssertionError("no SQL error", failure.orElse(null));
        }
    }

    Session session() {
        Session session = new Session();
        synchronized (sessions) {
            sessions.add(session);
        }
        return session;
    }

    static LockTag relation(int oid) {
        return LockTag.relation(DB, oid);
    }

    static LockTag row(long tid) {
        return LockTag.tuple(DB, 16400, tid);
    }

    /** Ends all sessions and checks that they leave nothing. */
    void close() {
        sessions.forEach(session -> locks.removeOwner(session.owner));
        assertEquals(List.of(), locks.status());
        assertEquals(0, locks.objectLockCount());
        assertEquals(0, locks.rowLockCount());
        assertEquals(0, locks.strongCount());
    }
}
