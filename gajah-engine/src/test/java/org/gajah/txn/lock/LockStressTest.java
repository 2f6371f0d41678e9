package org.gajah.txn.lock;

import static org.gajah.txn.lock.LockFixture.relation;
import static org.gajah.txn.lock.LockFixture.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.gajah.api.SqlError;
import org.gajah.base.CancelReason;
import org.junit.jupiter.api.Test;

/** Many sessions, few things: nobody ever has what conflicts with what another has, and nothing is left. */
class LockStressTest {
    private static final int THINGS = 6;
    private static final int MODES = 9;

    private final LockFixture fixture = new LockFixture();
    /** For each thing, how many sessions have each mode. */
    private final AtomicIntegerArray having = new AtomicIntegerArray(THINGS * MODES);
    private final AtomicReference<String> wrong = new AtomicReference<>("");
    private final AtomicLong transactions = new AtomicLong();

    @Test
    void conflictingModesNeverMeet() throws Exception {
        run(6, 2_000, false);
        assertTrue(transactions.get() > 1_000, "only " + transactions);
    }

    @Test
    void aStormOfCancelsLeavesNothingBehind() throws Exception {
        run(6, 1_500, true);
    }

    private void run(int count, long millis, boolean cancels) throws Exception {
        long seed = Long.getLong("gajah.seed", System.nanoTime());
        long end = System.nanoTime() + millis * 1_000_000;
        List<LockFixture.Session> sessions = new ArrayList<>();
        AtomicInteger running = new AtomicInteger(count);
        for (int i = 0; i < count; i++) {
            LockFixture.Session session = fixture.session();
            session.owner.setDeadlockTimeoutMillis(2);
            sessions.add(session);
        }
        for (int i = 0; i < count; i++) {
            LockFixture.Session session = sessions.get(i);
            Random random = new Random(seed + i);
            session.start(() -> {
                try {
                    while (System.nanoTime() < end && wrong.get().isEmpty()) {
                        transaction(session, random);
                    }
                } finally {
                    running.decrementAndGet();
                }
            });
        }
        Random random = new Random(~seed);
        while (running.get() > 0) {
            if (cancels) {
                sessions.get(random.nextInt(count)).cancel.cancel(CancelReason.USER_REQUEST);
            }
            Thread.yield();
        }
        for (LockFixture.Session session : sessions) {
            session.finish();
        }
        assertEquals("", wrong.get(), "seed " + seed);
        fixture.close();
    }

    private void transaction(LockFixture.Session session, Random random) {
        List<Integer> had = new ArrayList<>();
        try {
            int steps = 1 + random.nextInt(4);
            for (int i = 0; i < steps; i++) {
                step(session, random, had);
            }
            transactions.incrementAndGet();
        } catch (SqlError expected) {
            assertTrue(List.of("40P01", "57014").contains(expected.state().code()), expected.toString());
        } finally {
            had.forEach(having::decrementAndGet);
            session.end();
            session.cancel.clear();
        }
    }

    private void step(LockFixture.Session session, Random random, List<Integer> had) {
        int thing = random.nextInt(THINGS);
        LockMode mode = LockMode.ofNumber(random.nextInt(4) > 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(8));
        boolean mayWait = random.nextInt(4) > 0;
        if (thing < THINGS / 2) {
            if (!fixture.locks.lock(session.owner, relation(thing), mode, mayWait)) {
                return;
            }
        } else {
            RowLockMode rowMode = RowLockMode.values()[random.nextInt(4)];
            mode = rowMode.tableMode();
            if (!fixture.locks.lockRow(session.owner, row(thing), rowMode, mayWait)) {
                return;
            }
        }
        note(thing, mode, had);
    }

    /** Counts the mode in, then looks whether a conflicting one of somebody else is counted. */
    private void note(int thing, LockMode mode, List<Integer> had) {
        int slot = thing * MODES + mode.number();
        having.incrementAndGet(slot);
        had.add(slot);
        for (LockMode other : LockMode.values()) {
            if (other.conflictsWith(mode)) {
                int otherSlot = thing * MODES + other.number();
                long own = had.stream().filter(each -> each == otherSlot).count();
                if (having.get(otherSlot) > own) {
                    wrong.compareAndSet("", mode + " and " + other + " on " + thing);
                }
            }
        }
    }
}
