package org.gajah.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.gajah.base.Disk;
import org.gajah.base.Env;
import org.gajah.base.FailureLatch;
import org.gajah.base.HostFiles;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.junit.jupiter.api.Test;

/** Threads append all at once, wait or do not wait: all is published in the order of the log, and nobody is left asleep. */
class LogWriterTest {
    private static final int SESSIONS = 8;
    private static final int ENTRIES = 3000;
    private static final int FIRST_SEED = 5;

    /** Whoever sleeps in it sleeps until woken: what a timeout would hide shows as a thread that does not end. */
    private record PatientEnv(SystemEnv real) implements Env {
        @Override
        public Disk disk() {
            return real.disk();
        }

        @Override
        public HostFiles hostFiles() {
            return real.hostFiles();
        }

        @Override
        public long nanoTime() {
            return real.nanoTime();
        }

        @Override
        public long currentTimeMicros() {
            return real.currentTimeMicros();
        }

        @Override
        public void randomBytes(byte[] target) {
            real.randomBytes(target);
        }

        @Override
        public Thread start(String name, Runnable body) {
            return real.start(name, body);
        }

        @Override
        public void park(Object blocker, long nanos) {
            LockSupport.park(blocker);
        }

        @Override
        public void unpark(Thread thread) {
            real.unpark(thread);
        }
    }

    private final List<Long> positions = new ArrayList<>();
    private final AtomicInteger published = new AtomicInteger();

    private LogEntry entry(int type, boolean synchronous) {
        return entry(type, synchronous, 50);
    }

    private LogEntry entry(int type, boolean synchronous, int bytes) {
        return new LogEntry(type, 1, synchronous, Slice.of(new byte[bytes])) {
            @Override
            protected void published() {
                positions.add(position());
                published.incrementAndGet();
            }
        };
    }

    private int work(LogWriter log, int seed) {
        Random random = new Random(seed);
        int made = 0;
        for (int i = 0; i < ENTRIES; i++) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                log.append(entry(LogFrame.ABORT, false));
                made++;
            }
            LogEntry awaited = entry(kind < 3 ? LogFrame.IMMEDIATE : LogFrame.COMMIT, kind >= 3);
            log.append(awaited);
            if (random.nextBoolean()) {
                Thread.yield();
            }
            log.await(awaited);
            made++;
        }
        return made;
    }

    @Test
    void everybodyIsWokenAndTheOrderIsThatOfTheLog() throws InterruptedException {
        SystemEnv real = SystemEnv.inMemory();
        LogWriter log = new LogWriter(new PatientEnv(real), new FailureLatch(), 0, 0, 0, true, true);
        log.start();
        AtomicInteger made = new AtomicInteger();
        List<Thread> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            int seed = FIRST_SEED + i;
            sessions.add(real.start("session " + i, () -> made.addAndGet(work(log, seed))));
        }
        for (Thread session : sessions) {
            session.join(120_000);
            assertFalse(session.isAlive(), "a session was never woken");
        }
        log.close();
        assertEquals(made.get(), published.get());
        assertEquals(positions.stream().sorted().toList(), positions);
    }

    /** So much is written without a force that some is forced beside the writing, also while segments are rolled. */
    @Test
    void muchThatNobodyWaitsForIsForcedWhileOthersWrite() throws InterruptedException {
        SystemEnv real = SystemEnv.inMemory();
        LogWriter log = new LogWriter(new PatientEnv(real), new FailureLatch(), 0, 0, 0, true, true);
        log.start();
        List<Thread> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(FIRST_SEED + i);
            sessions.add(real.start("session " + i, () -> {
                for (int n = 0; n < 300; n++) {
                    LogEntry entry = entry(LogFrame.FRAGMENT, random.nextInt(20) == 0, 1 + random.nextInt(200_000));
                    log.append(entry);
                    log.await(entry);
                }
            }));
        }
        for (Thread session : sessions) {
            session.join(120_000);
            assertFalse(session.isAlive(), "a session was never woken");
        }
        log.close();
        assertEquals(1200, published.get());
        assertEquals(positions.stream().sorted().toList(), positions);
    }
}
