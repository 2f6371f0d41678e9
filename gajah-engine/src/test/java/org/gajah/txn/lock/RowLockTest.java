package org.gajah.txn.lock;

import static org.gajah.txn.lock.LockFixture.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowLockTest {
    private final LockFixture fixture = new LockFixture();
    private final LockManager locks = fixture.locks;
    private final LockFixture.Session a = fixture.session();
    private final LockFixture.Session b = fixture.session();
    private final LockFixture.Session c = fixture.session();
    private final LockTag row = row(7L << 16 | 2);
    private final AtomicLong writtenBy = new AtomicLong();

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    private boolean lock(LockFixture.Session session, boolean mayWait) {
        return locks.lockRow(session.owner, row, RowLockMode.NO_KEY_UPDATE, mayWait,
                () -> writtenBy.get() == session.owner.xid() ? 0 : writtenBy.get(), RowLockMode.NO_KEY_UPDATE);
    }

    private void endWriter(LockFixture.Session session) {
        writtenBy.set(0);
        session.end();
    }

    @Test
    void whoWaitsForAWriterGetsTheRowInOrder() {
        writtenBy.set(a.write());
        assertFalse(lock(b, false));
        b.startAndWait(() -> lock(b, true));
        c.startAndWait(() -> lock(c, true));
        endWriter(a);
        b.finish();
        assertTrue(c.owner.isWaiting());
        assertTrue(locks.forbidsWrite(a.owner, LockFixture.DB, 16400, 7L << 16 | 2, RowLockMode.UPDATE));
        b.end();
        c.finish();
    }

    @Test
    void aWriterMayWriteAndLockItsRowAgainWhileOthersWait() {
        writtenBy.set(a.write());
        b.startAndWait(() -> lock(b, true));
        assertFalse(locks.forbidsWrite(a.owner, LockFixture.DB, 16400, 7L << 16 | 2, RowLockMode.UPDATE));
        assertTrue(locks.lockRow(a.owner, row, RowLockMode.UPDATE, false));
        endWriter(a);
        b.finish();
    }

    @Test
    void aRowWrittenBetweenLookAndLockIsQueuedFor() {
        long xid = a.write();
        AtomicLong looks = new AtomicLong();
        b.startAndWait(() -> locks.lockRow(b.owner, row, RowLockMode.UPDATE, true,
                () -> looks.incrementAndGet() == 1 ? 0 : writtenBy.updateAndGet(old -> looks.get() == 2 ? xid : old),
                RowLockMode.UPDATE));
        assertFalse(locks.forbidsWrite(a.owner, LockFixture.DB, 16400, 7L << 16 | 2, RowLockMode.UPDATE));
        endWriter(a);
        b.finish();
        assertEquals(1, b.owner.mark());
    }

    @Test
    void rollingBackTheWriteSendsWaitersToLookAgain() {
        int mark = a.owner.mark();
        writtenBy.set(a.write());
        b.startAndWait(() -> lock(b, true));
        writtenBy.set(0);
        locks.rollbackTo(a.owner, mark);
        b.finish();
        assertTrue(locks.forbidsWrite(a.owner, LockFixture.DB, 16400, 7L << 16 | 2, RowLockMode.UPDATE));
    }

    @Test
    void strengtheningARowLockIsUndoneByARollbackToASavepoint() {
        locks.lockRow(a.owner, row, RowLockMode.KEY_SHARE, true);
        int mark = a.owner.mark();
        locks.lockRow(a.owner, row, RowLockMode.UPDATE, true);
        assertFalse(locks.lockRow(b.owner, row, RowLockMode.KEY_SHARE, false));
        locks.rollbackTo(a.owner, mark);
        assertTrue(locks.lockRow(b.owner, row, RowLockMode.NO_KEY_UPDATE, false));
        assertFalse(locks.lockRow(c.owner, row, RowLockMode.UPDATE, false));
    }

    @Test
    void theListingTellsOfRowsAsPostgresDoes() {
        long xid = a.write();
        writtenBy.set(xid);
        b.startAndWait(() -> lock(b, true));
        c.startAndWait(() -> lock(c, true));
        List<LockStatus> rows = locks.status();
        assertTrue(rows.stream().anyMatch(r -> r.pid() == b.owner.pid() && r.granted() && r.tag().equals(row)
                && r.mode() == LockMode.EXCLUSIVE));
        assertTrue(rows.stream().anyMatch(r -> r.pid() == b.owner.pid() && !r.granted()
                && r.tag().equals(LockTag.transaction(xid)) && r.mode() == LockMode.SHARE));
        assertTrue(rows.stream().anyMatch(r -> r.pid() == c.owner.pid() && !r.granted() && r.tag().equals(row)));
        assertTrue(rows.stream().noneMatch(r -> r.pid() == a.owner.pid() && r.tag().equals(row)));
        assertArrayEquals(new int[] {a.owner.pid()}, locks.blockingPids(b.owner.pid()));
        assertArrayEquals(new int[] {b.owner.pid()}, locks.blockingPids(c.owner.pid()));
        endWriter(a);
        b.finish();
        b.end();
        c.finish();
    }

    @Test
    void aDeadlockOverRowsIsToldAsPostgresDoes() {
        LockTag other = row(1);
        long first = a.write();
        long second = b.write();
        a.owner.setDeadlockTimeoutMillis(60_000);
        b.owner.setDeadlockTimeoutMillis(1);
        a.startAndWait(() -> locks.lockRow(a.owner, other, RowLockMode.NO_KEY_UPDATE, true, () -> b.owner.xid(),
                RowLockMode.NO_KEY_UPDATE));
        SqlError error = assertThrows(SqlError.class, () -> locks.lockRow(b.owner, row, RowLockMode.NO_KEY_UPDATE, true,
                () -> first, RowLockMode.NO_KEY_UPDATE));
        assertEquals(SqlState.DEADLOCK_DETECTED, error.state());
        assertEquals("deadlock detected", error.getMessage());
        assertEquals("Process " + b.owner.pid() + " waits for ShareLock on transaction " + first
                + "; blocked by process " + a.owner.pid() + ".\nProcess " + a.owner.pid()
                + " waits for ShareLock on transaction " + second + "; blocked by process " + b.owner.pid() + ".",
                error.detail().orElseThrow());
        assertEquals("See server log for query details.", error.hint().orElseThrow());
        b.end();
        a.finish();
    }

    @Test
    void aMillionRowsCanBeLocked() {
        for (int i = 0; i < 900_000; i++) {
            locks.lockRow(a.owner, row(i), RowLockMode.UPDATE, true);
        }
        assertEquals(900_000, locks.rowLockCount());
        assertFalse(locks.lockRow(b.owner, row(899_999), RowLockMode.SHARE, false));
        a.end();
        assertEquals(0, locks.rowLockCount());
    }
}
