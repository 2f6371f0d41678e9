package org.gajah.txn.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A weak mode in a session's own slot and a strong mode in the shared table are wanted at the same moment, many times. */
class FastPathRaceTest {
    private static final int ROUNDS = 200_000;

    private final LockFixture fixture = new LockFixture();
    private final LockTag table = LockFixture.relation(1);
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void neverBothGetIt() throws Exception {
        LockFixture.Session weak = fixture.session();
        LockFixture.Session strong = fixture.session();
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger weakGot = new AtomicInteger();
        AtomicInteger strongGot = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(2);
        long end = System.nanoTime() + 2_000_000_000L;
        weak.start(() -> play(weak, LockMode.ROW_EXCLUSIVE, holders, weakGot, start, end));
        strong.start(() -> play(strong, LockMode.SHARE, holders, strongGot, start, end));
        weak.finish();
        strong.finish();
        if (failure.get() != null) {
            throw new AssertionError("round " + round, failure.get());
        }
        assertTrue(weakGot.get() > 0 && strongGot.get() > 0, weakGot + " weak, " + strongGot + " strong");
        fixture.close();
    }

    /** Who looks into the slots for a second strong mode must not make a hold out of what is only being tried there. */
    @Test
    void aStrongModeThatIsHeldKeepsOutWhatASecondRequestMoves() {
        LockFixture.Session holder = fixture.session();
        LockFixture.Session weak = fixture.session();
        LockFixture.Session second = fixture.session();
        assertTrue(holder.tryLock(table, LockMode.SHARE_ROW_EXCLUSIVE));
        AtomicInteger wrong = new AtomicInteger();
        long end = System.nanoTime() + 500_000_000L;
        weak.start(() -> tryUntil(end, weak, LockMode.ROW_EXCLUSIVE, wrong));
        second.start(() -> tryUntil(end, second, LockMode.SHARE_ROW_EXCLUSIVE, wrong));
        weak.finish();
        second.finish();
        assertEquals(0, wrong.get());
        fixture.close();
    }

    private void tryUntil(long end, LockFixture.Session session, LockMode mode, AtomicInteger got) {
        while (System.nanoTime() < end && got.get() == 0) {
            if (session.tryLock(table, mode)) {
                got.incrementAndGet();
            }
            session.end();
        }
    }

    private void play(LockFixture.Session session, LockMode mode, AtomicInteger holders, AtomicInteger got, CyclicBarrier start,
            long end) {
        try {
            start.await();
            for (int i = 0; i < ROUNDS && failure.get() == null && System.nanoTime() < end; i++) {
                if (session.tryLock(table, mode)) {
                    assertEquals(1, holders.incrementAndGet(), "both have it");
                    got.incrementAndGet();
                    holders.decrementAndGet();
                }
                session.end();
                round.incrementAndGet();
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }
}
