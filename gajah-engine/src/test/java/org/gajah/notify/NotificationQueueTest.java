package org.gajah.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Disk;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.junit.jupiter.api.Test;

/** What becomes of notifications that nobody takes, and of listeners that come and go while others commit. */
class NotificationQueueTest {
    private static final int DATABASE = 5;
    private final Disk disk = SystemEnv.inMemory().disk();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong micros = new AtomicLong(1_000_000_000);

    private NotificationQueue queue(long memoryBytes, long capacityBytes) {
        return new NotificationQueue(new SpillFiles(disk), memoryBytes, capacityBytes, micros::get, Runnable::run);
    }

    private void commit(NotificationQueue queue, String channel, String... payloads) {
        Outgoing outgoing = new Outgoing();
        for (String payload : payloads) {
            outgoing.add(channel, Slice.of(payload));
        }
        queue.reserve(outgoing, warning -> { });
        queue.committed(outgoing, DATABASE, 7);
        queue.distribute(false);
    }

    private static List<String> all(Listener listener) {
        List<String> payloads = new ArrayList<>();
        for (List<Notification> taken = listener.take(1000); !taken.isEmpty(); taken = listener.take(1000)) {
            taken.forEach(n -> payloads.add(n.channel() + ":" + n.payload()));
        }
        return payloads;
    }

    @Test
    void aBurstWakesAListenerOnceUntilItHasTaken() {
        NotificationQueue queue = queue(1 << 20, 1 << 30);
        AtomicInteger woken = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        Listener listener = queue.newListener(DATABASE, 1, woken::incrementAndGet);
        listener.listen("c");
        queue.newListener(DATABASE, 2, others::incrementAndGet).listen("other");
        for (int i = 0; i < 10; i++) {
            commit(queue, "c", "p" + i);
        }
        assertEquals(1, woken.get());
        assertEquals(10, all(listener).size());
        commit(queue, "c", "again");
        assertEquals(2, woken.get());
        assertEquals(0, others.get());
    }

    /** A listener that takes only when it is woken gets all, whenever it happens to take. */
    @Test
    void nobodyIsLeftAsleepWithSomethingToTake() throws InterruptedException {
        NotificationQueue queue = queue(1 << 20, 1L << 40);
        Semaphore woken = new Semaphore(0);
        Listener listener = queue.newListener(DATABASE, 1, woken::release);
        listener.listen("c");
        queue.newListener(DATABASE, 2, () -> { }).listen("other");
        for (int round = 0; round < 500; round++) {
            Thread committer = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20; i++) {
                    commit(queue, "c", "first");
                    Outgoing outgoing = new Outgoing();
                    outgoing.add("c", Slice.of("second"));
                    for (int other = 0; other < 100; other++) {
                        outgoing.add("other", Slice.of(Integer.toString(other)));
                    }
                    queue.committed(outgoing, DATABASE, 7);
                    queue.distribute(false);
                }
            });
            int taken = 0;
            int all = 40;
            while (taken < all) {
                assertTrue(woken.tryAcquire(10, TimeUnit.SECONDS), "asleep with " + taken + " of " + all + " in round " + round);
                taken += all(listener).size();
            }
            committer.join();
        }
    }

    @Test
    void aLongBacklogMovesToAFileAndComesBackInOrder() {
        NotificationQueue queue = queue(100_000, 1L << 40);
        Listener slow = queue.newListener(DATABASE, 1, () -> { });
        slow.listen("a");
        slow.listen("b");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String channel = i % 3 == 0 ? "a" : "b";
            commit(queue, channel, i + " " + "x".repeat(200));
            expected.add(channel + ":" + i + " " + "x".repeat(200));
        }
        assertTrue(disk.list().stream().anyMatch(name -> name.startsWith("notify-")), "nothing was moved to a file");
        assertEquals(20_000, queue.status().stream().mapToLong(Listener.Status::backlog).sum());
        assertEquals(expected, all(slow));
        assertEquals(0, queue.status().stream().mapToLong(Listener.Status::backlog).sum());
        assertFalse(disk.list().stream().anyMatch(name -> name.startsWith("notify-")), "the file was left behind");
        assertTrue(queue.usage() < 1e-3);
    }

    @Test
    void unlisteningDropsWhatWasMovedToAFileToo() {
        NotificationQueue queue = queue(10_000, 1L << 40);
        Listener slow = queue.newListener(DATABASE, 1, () -> { });
        slow.listen("a");
        slow.listen("b");
        for (int i = 0; i < 10_000; i++) {
            commit(queue, i % 2 == 0 ? "a" : "b", i + "x".repeat(300));
        }
        slow.unlisten("a");
        slow.listen("a");
        commit(queue, "a", "new");
        List<String> taken = all(slow);
        assertEquals(5_001, taken.size());
        assertEquals("a:new", taken.getLast());
        queue.remove(slow);
        assertFalse(disk.list().stream().anyMatch(name -> name.startsWith("notify-")));
    }

    @Test
    void aFullQueueWarnsAndThenRefuses() {
        NotificationQueue queue = queue(1 << 30, 1_000_000);
        Listener slow = queue.newListener(DATABASE, 42, () -> { });
        slow.listen("c");
        Outgoing large = new Outgoing();
        large.add("c", Slice.of("x".repeat(7000)));
        List<SqlError> warnings = new ArrayList<>();
        SqlError refused = assertThrows(SqlError.class, () -> {
            for (int i = 0; i < 1000; i++) {
                queue.reserve(large, warnings::add);
                queue.committed(large, DATABASE, 7);
                queue.distribute(false);
            }
        });
        assertEquals(SqlState.PROGRAM_LIMIT_EXCEEDED, refused.state());
        assertEquals("too many notifications in the NOTIFY queue", refused.getMessage());
        assertEquals(1, warnings.size(), "the warning comes at most every five seconds");
        assertEquals("The server process with PID 42 is among those with the oldest transactions.", warnings.getFirst().detail().orElseThrow());
        assertTrue(queue.usage() > 0.9);
        all(slow);
        queue.reserve(large, warnings::add);
    }

    @Test
    void filesOfAnEarlierLifeAreDeleted() {
        disk.create("notify-17").close();
        queue(1, 1);
        assertEquals(List.of(), disk.list());
    }

    /** Listeners listen, unlisten and take while others commit: each hears in commit order, nothing twice, nothing missing in between. */
    @Test
    void listenersThatComeAndGoHearARunWithoutGaps() throws InterruptedException {
        long seed = System.nanoTime();
        NotificationQueue queue = queue(50_000, 1L << 40);
        Object order = new Object();
        List<Thread> committers = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            committers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 3000; i++) {
                    Outgoing outgoing = new Outgoing();
                    synchronized (order) {
                        outgoing.add("c", Slice.of(Long.toString(committed.incrementAndGet())));
                        queue.committed(outgoing, DATABASE, 7);
                    }
                    queue.distribute(false);
                }
            }));
        }
        Random random = new Random(seed);
        int runs = 0;
        while (committers.stream().anyMatch(Thread::isAlive)) {
            Listener listener = queue.newListener(DATABASE, 1, () -> { });
            long since;
            synchronized (order) {
                since = committed.get();
            }
            listener.listen("c");
            long after = committed.get();
            List<Long> heard = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                listener.take(50).forEach(n -> heard.add(Long.parseLong(n.payload().toString())));
            }
            for (int i = 0; i < heard.size(); i++) {
                assertEquals(heard.getFirst() + i, heard.get(i), "seed " + seed);
            }
            assertTrue(heard.isEmpty() || heard.getFirst() > since && heard.getFirst() <= after + 1, "seed " + seed);
            queue.remove(listener);
            runs++;
        }
        for (Thread committer : committers) {
            committer.join();
        }
        assertTrue(runs > 0);
        assertEquals(List.of(), queue.status());
    }
}
