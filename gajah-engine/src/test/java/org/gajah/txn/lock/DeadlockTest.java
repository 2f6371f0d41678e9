package org.gajah.txn.lock;

import static org.gajah.txn.lock.LockFixture.relation;
import static org.gajah.txn.lock.LockFixture.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.junit.jupiter.api.Test;

class DeadlockTest {
    private static final int TIMEOUT_MILLIS = 20;

    @Test
    void randomCirclesCostOneVictimEachInTime() throws Exception {
        long seed = Long.getLong("gajah.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 120; round++) {
            circle(2 + random.nextInt(7), random, "seed " + seed + ", round " + round);
        }
    }

    /** Session i has thing i and wants thing i+1: tables, rows, advisory keys and transactions, as it comes. */
    private void circle(int length, Random random, String where) throws Exception {
        LockFixture fixture = new LockFixture();
        List<LockFixture.Session> sessions = new ArrayList<>();
        int[] kinds = new int[length];
        for (int i = 0; i < length; i++) {
            LockFixture.Session session = fixture.session();
            session.owner.setDeadlockTimeoutMillis(TIMEOUT_MILLIS);
            session.write();
            sessions.add(session);
            kinds[i] = random.nextInt(4);
            have(fixture, session, kinds[i], i);
        }
        CountDownLatch done = new CountDownLatch(length);
        AtomicInteger victims = new AtomicInteger();
        AtomicLong victimAt = new AtomicLong();
        for (int i = 0; i < length; i++) {
            LockFixture.Session session = sessions.get(i);
            int wanted = (i + 1) % length;
            LockFixture.Session other = sessions.get(wanted);
            long otherXid = other.owner.xid();
            session.start(() -> {
                try {
                    want(fixture, session, otherXid, kinds[wanted], wanted);
                } catch (SqlError error) {
                    if (error.state() != SqlState.DEADLOCK_DETECTED) {
                        throw error;
                    }
                    victims.incrementAndGet();
                    victimAt.set(System.nanoTime());
                } finally {
                    fixture.locks.releaseTransaction(session.owner);
                    fixture.locks.releaseSession(session.owner);
                    done.countDown();
                }
            });
        }
        long begun = System.nanoTime();
        assertTrue(done.await(20, TimeUnit.SECONDS), where + ": still waiting");
        for (LockFixture.Session session : sessions) {
            session.finish();
        }
        assertEquals(1, victims.get(), where + ": victims");
        // The starting of the threads belongs to the machine, so the bound is wide; a missed circle never ends.
        assertTrue(victimAt.get() - begun < (TIMEOUT_MILLIS + 1_000) * 1_000_000L, where + ": too late");
        fixture.close();
    }

    private static void have(LockFixture fixture, LockFixture.Session session, int kind, int i) {
        switch (kind) {
            case 0 -> session.lock(relation(i), LockMode.ROW_EXCLUSIVE);
            case 1 -> fixture.locks.lockRow(session.owner, row(i), RowLockMode.SHARE, true);
            case 2 -> fixture.locks.lockForSession(session.owner, LockTag.advisory(1, i), LockMode.EXCLUSIVE, true);
            default -> assertTrue(session.owner.xid() != 0);
        }
    }

    private static void want(LockFixture fixture, LockFixture.Session session, long xid, int kind, int i) {
        switch (kind) {
            case 0 -> session.lock(relation(i), LockMode.SHARE);
            case 1 -> fixture.locks.lockRow(session.owner, row(i), RowLockMode.UPDATE, true);
            case 2 -> session.lock(LockTag.advisory(1, i), LockMode.SHARE);
            default -> fixture.locks.waitFor(session.owner, xid, true);
        }
    }

    @Test
    void aCircleThatAnotherOrderOpensIsNoDeadlock() {
        LockFixture fixture = new LockFixture();
        LockFixture.Session a = fixture.session();
        LockFixture.Session b = fixture.session();
        LockFixture.Session c = fixture.session();
        LockTag x = relation(1);
        LockTag y = relation(2);
        List.of(a, b).forEach(session -> session.owner.setDeadlockTimeoutMillis(60_000));
        c.owner.setDeadlockTimeoutMillis(1);
        a.lock(x, LockMode.SHARE);
        c.lock(y, LockMode.EXCLUSIVE);
        b.startAndWait(() -> b.lock(x, LockMode.ACCESS_EXCLUSIVE));
        a.startAndWait(() -> a.lock(y, LockMode.SHARE));
        // Behind b in the queue of x, c would wait for itself; before b it can go on.
        assertTrue(c.lock(x, LockMode.SHARE));
        assertTrue(b.owner.isWaiting());
        c.end();
        a.finish();
        a.end();
        b.finish();
        fixture.close();
    }

    @Test
    void twoThatOnlyEachOtherCouldFreeAreToldAtOnce() {
        LockFixture fixture = new LockFixture();
        LockFixture.Session a = fixture.session();
        LockFixture.Session b = fixture.session();
        List.of(a, b).forEach(session -> session.owner.setDeadlockTimeoutMillis(3_600_000));
        a.lock(relation(1), LockMode.ACCESS_SHARE);
        b.lock(relation(1), LockMode.ACCESS_SHARE);
        b.startAndWait(() -> b.lock(relation(1), LockMode.ACCESS_EXCLUSIVE));
        assertFalse(a.tryLock(relation(1), LockMode.ACCESS_EXCLUSIVE));
        SqlError error = assertThrows(SqlError.class, () -> a.lock(relation(1), LockMode.ACCESS_EXCLUSIVE));
        assertEquals(SqlState.DEADLOCK_DETECTED, error.state());
        assertEquals(2, error.detail().orElseThrow().lines().count());
        a.end();
        b.finish();
        fixture.close();
    }

    @Test
    void aLongWaitThatIsNoCircleGoesOn() {
        LockFixture fixture = new LockFixture();
        LockFixture.Session a = fixture.session();
        LockFixture.Session b = fixture.session();
        b.owner.setDeadlockTimeoutMillis(0);
        a.lock(relation(1), LockMode.ACCESS_EXCLUSIVE);
        b.startAndWait(() -> b.lock(relation(1), LockMode.ACCESS_SHARE));
        assertFalse(a.tryLock(relation(1), LockMode.SHARE) && !b.owner.isWaiting());
        a.end();
        b.finish();
        fixture.close();
    }
}
