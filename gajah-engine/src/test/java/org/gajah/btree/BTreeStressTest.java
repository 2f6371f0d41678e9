package org.gajah.btree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.gajah.base.ByteSink;
import org.gajah.base.FailureLatch;
import org.gajah.base.MemoryDisk;
import org.gajah.base.Slice;
import org.gajah.page.BufferPool;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;
import org.junit.jupiter.api.Test;

/**
 * Several threads change one tree, each only keys of its own and each with a model of them; what belongs to nobody stays. All
 * read everything: order, what stays, and their own entries must be right at every moment.
 */
class BTreeStressTest {
    private static final int THREADS = 4;
    private static final int FIXED = 7;

    private final long seed = Long.getLong("gajah.seed", System.nanoTime());
    private BTree tree = BTree.create(new BufferPool().createSpace(1, 2));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void threadsSeeTheirOwnChangesAndWhatStays() throws Exception {
        run(3_000, 20_000, 8);
    }

    @Test
    void longKeysChangeTheUpperLevelsAllTheTime() throws Exception {
        run(3_000, 600, 1_500);
    }

    @Test
    void aPoolOfFewPagesIsEnough() throws Exception {
        BufferPool pool = new BufferPool(new MemoryDisk().create("data"), new FailureLatch(), 24);
        tree = BTree.create(pool.createSpace(1, 2));
        run(3_000, 30_000, 100);
        assertTrue(tree.space().count() > 24, tree.space().count() + " pages");
    }

    private void run(long millis, int numbers, int length) throws Exception {
        for (int i = FIXED; i < numbers; i += THREADS + 1 + FIXED) {
            tree.insert(key(i, length), i);
        }
        List<Worker> workers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Worker worker = new Worker(i, numbers, length);
            workers.add(worker);
            threads.add(Thread.ofPlatform().start(worker));
        }
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end && failure.get() == null) {
            tree.verify();
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join(20_000);
            assertTrue(!thread.isAlive(), "seed " + seed + ": a thread hangs");
        }
        if (failure.get() != null) {
            throw new AssertionError("seed " + seed, failure.get());
        }
        long expected = 0;
        for (Worker worker : workers) {
            expected += worker.model.size();
            assertTrue(worker.rounds > 1, "seed " + seed + ": " + worker.rounds + " rounds");
        }
        for (int i = FIXED; i < numbers; i += THREADS + 1 + FIXED) {
            expected++;
        }
        assertEquals(expected, new BTreeCheck(tree).run().entries(), "seed " + seed);
    }

    private static Slice key(int number, int length) {
        ByteSink sink = new ByteSink().putInt(number / 50);
        while (sink.size() < length - 4) {
            sink.putByte('.');
        }
        return Slice.of(sink.putInt(number).toBytes());
    }

    private final class Worker implements Runnable {
        private final int id;
        private final int numbers;
        private final int length;
        private final Random random;
        private final NavigableMap<Integer, Long> model = new TreeMap<>();
        private final BytesVector keys = new BytesVector(64);
        private final LongVector tids = new LongVector(64);
        private volatile int rounds;

        Worker(int id, int numbers, int length) {
            this.id = id;
            this.numbers = numbers;
            this.length = length;
            this.random = new Random(seed + id);
        }

        @Override
        public void run() {
            try {
                while (!stop.get()) {
                    boolean growing = random.nextBoolean();
                    for (int i = 0; i < 1_000 && !stop.get(); i++) {
                        change(growing);
                    }
                    read();
                    rounds++;
                }
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
            }
        }

        /** Numbers of this thread: those that leave its rest. */
        private int mine() {
            int step = THREADS + 1 + FIXED;
            return random.nextInt(numbers / step) * step + id;
        }

        private void change(boolean growing) {
            int number = mine();
            boolean insert = random.nextInt(10) < (growing ? 8 : 2);
            if (insert) {
                long tid = number + 1_000_000L;
                boolean absent = model.put(number, tid) == null;
                assertEquals(absent, tree.insert(key(number, length), tid));
            } else {
                Integer victim = model.ceilingKey(number);
                if (victim != null) {
                    long tid = model.remove(victim);
                    assertTrue(tree.remove(key(victim, length), tid));
                }
            }
            long[] found = new long[2];
            assertEquals(model.containsKey(number) ? 1 : 0, tree.find(key(number, length), 0, found));
        }

        private void read() {
            boolean reverse = random.nextBoolean();
            int low = random.nextInt(numbers);
            int high = low + random.nextInt(numbers - low);
            KeyRange range = new KeyRange(Optional.of(key(low, length)), true,
                    Optional.of(key(high, length)), false, reverse);
            int step = THREADS + 1 + FIXED;
            int own = 0;
            int fixed = 0;
            int last = reverse ? Integer.MAX_VALUE : -1;
            try (IndexScan scan = tree.scan(range)) {
                for (int n = scan.next(keys, tids, 64); n > 0; n = scan.next(keys, tids, 64)) {
                    for (int i = 0; i < n; i++) {
                        Slice key = keys.slice(i);
                        int number = (key.at(length - 1) & 0xff) | (key.at(length - 2) & 0xff) << 8
                                | (key.at(length - 3) & 0xff) << 16;
                        assertTrue(reverse ? number < last : number > last, "order: " + last + ", " + number);
                        assertEquals(number % step == FIXED ? number : number + 1_000_000L, tids.values[i]);
                        last = number;
                        own += number % step == id ? 1 : 0;
                        fixed += number % step == FIXED ? 1 : 0;
                    }
                }
            }
            assertEquals(model.subMap(low, high).size(), own);
            int expected = 0;
            for (int i = FIXED; i < high; i += step) {
                expected += i >= low ? 1 : 0;
            }
            assertEquals(expected, fixed);
        }
    }
}
