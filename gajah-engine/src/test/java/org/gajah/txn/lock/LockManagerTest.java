package org.gajah.txn.lock;

import static org.gajah.txn.lock.LockFixture.relation;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.CancelReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockManagerTest {
    private final LockFixture fixture = new LockFixture();
    private final LockManager locks = fixture.locks;
    private final LockFixture.Session a = fixture.session();
    private final LockFixture.Session b = fixture.session();
    private final LockFixture.Session c = fixture.session();
    private final LockTag table = relation(16384);

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void weakModesStayInTheSessionsOwnSlots() {
        a.lock(table, LockMode.ROW_EXCLUSIVE);
        b.lock(table, LockMode.ROW_EXCLUSIVE);
        assertEquals(0, locks.objectLockCount());
        assertTrue(locks.status().stream().filter(row -> row.tag().equals(table)).allMatch(LockStatus::fastPath));
        assertFalse(c.tryLock(table, LockMode.SHARE));
        assertEquals(1, locks.objectLockCount());
        assertTrue(locks.status().stream().filter(row -> row.tag().equals(table)).noneMatch(LockStatus::fastPath));
        a.end();
        assertFalse(c.tryLock(table, LockMode.SHARE));
        b.end();
        assertTrue(c.tryLock(table, LockMode.SHARE));
        assertFalse(a.tryLock(table, LockMode.ROW_EXCLUSIVE));
        assertTrue(a.tryLock(table, LockMode.ACCESS_SHARE));
    }

    @Test
    void slotsAreUsableAgainAfterTheyWereMoved() {
        for (int round = 0; round < 3; round++) {
            a.lock(table, LockMode.ACCESS_SHARE);
            assertFalse(b.tryLock(table, LockMode.ACCESS_EXCLUSIVE));
            a.lock(table, LockMode.ROW_EXCLUSIVE);
            a.end();
            assertTrue(b.tryLock(table, LockMode.ACCESS_EXCLUSIVE));
            b.end();
        }
        a.lock(table, LockMode.ACCESS_SHARE);
        assertEquals(0, locks.objectLockCount());
    }

    @Test
    void moreRelationsThanSlotsGoToTheSharedTable() {
        for (int oid = 1; oid <= 200; oid++) {
            a.lock(relation(oid), LockMode.ACCESS_SHARE);
        }
        assertEquals(200 - FastSlots.CAPACITY, locks.objectLockCount());
        assertFalse(b.tryLock(relation(1), LockMode.ACCESS_EXCLUSIVE));
        assertFalse(b.tryLock(relation(200), LockMode.ACCESS_EXCLUSIVE));
        a.end();
        assertEquals(0, locks.objectLockCount());
        assertTrue(b.tryLock(relation(1), LockMode.ACCESS_EXCLUSIVE));
    }

    @Test
    void aWaiterHoldsBackLaterConflictingRequests() {
        a.lock(table, LockMode.ACCESS_SHARE);
        b.startAndWait(() -> b.lock(table, LockMode.ACCESS_EXCLUSIVE));
        assertFalse(c.tryLock(table, LockMode.ACCESS_SHARE));
        c.startAndWait(() -> c.lock(table, LockMode.ACCESS_SHARE));
        assertArrayEquals(new int[] {a.owner.pid()}, locks.blockingPids(b.owner.pid()));
        assertArrayEquals(new int[] {b.owner.pid()}, locks.blockingPids(c.owner.pid()));
        assertTrue(locks.isBlockedBy(c.owner.pid(), new int[] {1, b.owner.pid()}));
        a.end();
        b.finish();
        assertTrue(c.owner.isWaiting());
        b.end();
        c.finish();
    }

    @Test
    void aHolderThatAWaiterWaitsForGoesBeforeIt() {
        a.lock(table, LockMode.ACCESS_SHARE);
        b.startAndWait(() -> b.lock(table, LockMode.ACCESS_EXCLUSIVE));
        assertTrue(a.tryLock(table, LockMode.ROW_EXCLUSIVE));
        a.end();
        b.finish();
    }

    @Test
    void twoUpgradesOfTheSameModeAreADeadlock() {
        a.owner.setDeadlockTimeoutMillis(10_000);
        b.owner.setDeadlockTimeoutMillis(1);
        a.lock(table, LockMode.SHARE);
        b.lock(table, LockMode.SHARE);
        a.startAndWait(() -> a.lock(table, LockMode.ROW_EXCLUSIVE));
        SqlError error = assertThrows(SqlError.class, () -> b.lock(table, LockMode.ROW_EXCLUSIVE));
        assertEquals(SqlState.DEADLOCK_DETECTED, error.state());
        b.end();
        a.finish();
    }

    @Test
    void rollingBackToAMarkGivesBackOnlyWhatCameAfter() {
        LockTag other = relation(2);
        a.lock(table, LockMode.ACCESS_SHARE);
        int mark = a.owner.mark();
        a.lock(table, LockMode.ACCESS_EXCLUSIVE);
        a.lock(table, LockMode.ACCESS_SHARE);
        a.lock(other, LockMode.SHARE);
        assertFalse(b.tryLock(table, LockMode.ACCESS_SHARE));
        b.startAndWait(() -> b.lock(table, LockMode.ROW_EXCLUSIVE));
        locks.rollbackTo(a.owner, mark);
        b.finish();
        assertTrue(b.tryLock(other, LockMode.EXCLUSIVE));
        assertFalse(c.tryLock(table, LockMode.ACCESS_EXCLUSIVE));
        b.end();
        assertFalse(c.tryLock(table, LockMode.ACCESS_EXCLUSIVE));
        a.end();
        assertTrue(c.tryLock(table, LockMode.ACCESS_EXCLUSIVE));
    }

    @Test
    void lockTimeoutEndsAWait() {
        a.lock(table, LockMode.ACCESS_EXCLUSIVE);
        b.owner.setLockTimeoutMillis(5);
        SqlError error = assertThrows(SqlError.class, () -> b.lock(table, LockMode.ACCESS_SHARE));
        assertEquals(SqlState.LOCK_NOT_AVAILABLE, error.state());
        assertEquals("canceling statement due to lock timeout", error.getMessage());
        assertEquals(0, b.owner.mark());
    }

    @Test
    void cancellingEndsAWaitAndLetsOthersGoOn() {
        a.lock(table, LockMode.ACCESS_SHARE);
        b.startAndWait(() -> b.lock(table, LockMode.ACCESS_EXCLUSIVE));
        c.startAndWait(() -> c.lock(table, LockMode.ACCESS_SHARE));
        b.cancel.cancel(CancelReason.STATEMENT_TIMEOUT);
        SqlError error = b.finishWithError();
        assertEquals(SqlState.QUERY_CANCELED, error.state());
        assertEquals("canceling statement due to statement timeout", error.getMessage());
        c.finish();
        assertFalse(b.cancel.isSet());
    }

    @Test
    void aFullTableIsRefused() {
        LockFixture small = new LockFixture(3);
        LockFixture.Session session = small.session();
        for (int key = 0; key < 3; key++) {
            session.lock(LockTag.advisory(1, key), LockMode.EXCLUSIVE);
        }
        SqlError error = assertThrows(SqlError.class, () -> session.lock(LockTag.advisory(1, 9), LockMode.EXCLUSIVE));
        assertEquals(SqlState.OUT_OF_MEMORY, error.state());
        assertEquals("out of shared memory", error.getMessage());
        assertEquals("You might need to increase \"max_locks_per_transaction\".", error.hint().orElseThrow());
        assertTrue(session.lock(LockTag.advisory(1, 2), LockMode.EXCLUSIVE));
        small.close();
    }

    @Test
    void advisoryLocksOfTheSessionAreCountedAndOutliveTransactions() {
        LockTag key = LockTag.advisory(1, -7L);
        assertTrue(locks.lockForSession(a.owner, key, LockMode.EXCLUSIVE, true));
        assertTrue(locks.lockForSession(a.owner, key, LockMode.EXCLUSIVE, true));
        a.lock(key, LockMode.EXCLUSIVE);
        a.end();
        assertFalse(b.tryLock(key, LockMode.SHARE));
        assertTrue(locks.unlockForSession(a.owner, key, LockMode.EXCLUSIVE));
        assertFalse(b.tryLock(key, LockMode.SHARE));
        assertFalse(locks.unlockForSession(a.owner, key, LockMode.SHARE));
        assertTrue(locks.unlockForSession(a.owner, key, LockMode.EXCLUSIVE));
        assertTrue(b.tryLock(key, LockMode.SHARE));
        assertFalse(locks.unlockForSession(a.owner, key, LockMode.EXCLUSIVE));
        assertFalse(locks.unlockForSession(b.owner, key, LockMode.SHARE));
        assertFalse(locks.lockForSession(a.owner, key, LockMode.EXCLUSIVE, false));
    }

    @Test
    void allAdvisoryLocksOfTheSessionAreGivenBackTogether() {
        locks.lockForSession(a.owner, LockTag.advisory(1, 1, 2), LockMode.EXCLUSIVE, true);
        locks.lockForSession(a.owner, LockTag.advisory(1, 12L), LockMode.SHARE, true);
        locks.lockForSession(a.owner, table, LockMode.SHARE_UPDATE_EXCLUSIVE, true);
        a.lock(LockTag.advisory(1, 13L), LockMode.EXCLUSIVE);
        locks.unlockAllAdvisory(a.owner);
        assertTrue(b.tryLock(LockTag.advisory(1, 1, 2), LockMode.EXCLUSIVE));
        assertTrue(b.tryLock(LockTag.advisory(1, 12L), LockMode.EXCLUSIVE));
        assertFalse(b.tryLock(LockTag.advisory(1, 13L), LockMode.EXCLUSIVE));
        assertFalse(b.tryLock(table, LockMode.SHARE_UPDATE_EXCLUSIVE));
    }

    @Test
    void transactionsAreAwaited() {
        long xid = a.write();
        assertFalse(locks.waitFor(b.owner, xid, false));
        assertTrue(locks.waitFor(b.owner, xid + 1, false));
        b.startAndWait(() -> locks.waitFor(b.owner, xid, true));
        c.startAndWait(() -> locks.waitFor(c.owner, xid, true));
        assertArrayEquals(new int[] {a.owner.pid()}, locks.blockingPids(c.owner.pid()));
        locks.endTransactionId(a.owner);
        b.finish();
        c.finish();
        assertEquals(0, b.owner.mark());
    }

    @Test
    void rollingBackToASavepointLetsWaitersLookAgain() {
        long xid = a.write();
        int mark = a.owner.mark();
        b.startAndWait(() -> locks.waitFor(b.owner, xid, true));
        locks.rollbackTo(a.owner, mark);
        b.finish();
        assertEquals(xid, a.owner.xid());
    }

    @Test
    void theListingIsWhatPgLocksShows() {
        a.lock(table, LockMode.ROW_EXCLUSIVE);
        long xid = a.write();
        b.startAndWait(() -> b.lock(table, LockMode.SHARE));
        List<LockStatus> rows = locks.status();
        assertTrue(rows.stream().anyMatch(row -> row.pid() == a.owner.pid() && row.granted()
                && row.mode() == LockMode.EXCLUSIVE && row.tag().equals(LockTag.transaction(xid))));
        assertTrue(rows.stream().anyMatch(row -> row.tag().kind() == LockTag.Kind.VIRTUAL_TRANSACTION
                && row.virtualTransaction().equals(a.owner.procNumber() + "/1")));
        assertTrue(rows.stream().anyMatch(row -> row.tag().equals(table) && row.granted()
                && row.mode() == LockMode.ROW_EXCLUSIVE && row.pid() == a.owner.pid()));
        assertTrue(rows.stream().anyMatch(row -> row.tag().equals(table) && !row.granted()
                && row.mode() == LockMode.SHARE && row.pid() == b.owner.pid() && row.waitStartMicros().isPresent()));
        a.end();
        b.finish();
    }
}
