package org.gajah.btree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.page.BufferPool;
import org.gajah.table.EntryBatch;
import org.gajah.table.EntryTree;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyGuard;
import org.gajah.table.KeyRange;
import org.gajah.table.SortedEntries;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;
import org.junit.jupiter.api.Test;

/** One thread against a sorted set that does the same. */
class BTreeTest {
    record Entry(Slice key, long tid) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry o) {
            int order = key.compareTo(o.key);
            return order != 0 ? order : Long.compare(tid, o.tid);
        }
    }

    private final long seed = Long.getLong("gajah.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final BTree tree = BTree.create(new BufferPool().createSpace(1, 2));
    private final NavigableSet<Entry> model = new TreeSet<>();

    private static final KeyGuard FREE = new KeyGuard() {
        @Override
        public boolean tryEnter(Slice key) {
            return true;
        }

        @Override
        public void leave() {
            // nobody else is here
        }
    };

    /** How keys look. */
    private enum Keys {
        NUMBERS, WORDS, LONG, MANY_EQUAL, LONG_PREFIX;

        Slice next(Random random) {
            return switch (this) {
                case NUMBERS -> Slice.of(new ByteSink().putByte(1).putLong(random.nextInt(50_000)).toBytes());
                case WORDS -> {
                    byte[] bytes = new byte[random.nextInt(12)];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = (byte) "\0aab\u00ff".charAt(random.nextInt(5));
                    }
                    yield Slice.of(bytes);
                }
                case LONG -> {
                    byte[] bytes = new byte[random.nextInt(EntryTree.MAX_KEY_LENGTH + 1)];
                    random.nextBytes(bytes);
                    yield Slice.of(bytes);
                }
                case MANY_EQUAL -> Slice.of("k" + random.nextInt(3));
                case LONG_PREFIX -> {
                    byte[] bytes = new byte[2600];
                    Arrays.fill(bytes, (byte) 'x');
                    bytes[2500 + random.nextInt(100)] = (byte) random.nextInt(3);
                    yield Slice.of(Arrays.copyOf(bytes, 2590 + random.nextInt(10)));
                }
            };
        }
    }

    @Test
    void behavesAsASortedSet() {
        for (Keys keys : Keys.values()) {
            BTree each = BTree.create(new BufferPool().createSpace(1, 2));
            NavigableSet<Entry> set = new TreeSet<>();
            for (int phase = 0; phase < 6; phase++) {
                // Growing, shrinking to almost nothing, growing again.
                int inserts = phase % 3 == 2 ? 1 : 9;
                for (int i = 0; i < 6_000; i++) {
                    step(each, set, keys, inserts);
                }
                check(each, set, keys);
            }
            for (Entry entry : new ArrayList<>(set)) {
                assertTrue(each.remove(entry.key, entry.tid));
            }
            set.clear();
            check(each, set, keys);
            assertEquals(1, new BTreeCheck(each).run().pages(), () -> "seed " + seed + " " + keys);
        }
    }

    private void step(BTree each, NavigableSet<Entry> set, Keys keys, int inserts) {
        if (random.nextInt(10) < inserts) {
            Entry entry = new Entry(keys.next(random), random.nextInt(keys == Keys.MANY_EQUAL ? 100_000 : 3));
            assertEquals(set.add(entry), each.insert(entry.key, entry.tid), () -> "seed " + seed);
        } else if (!set.isEmpty()) {
            Entry probe = new Entry(keys.next(random), random.nextInt(3));
            Entry entry = Optional.ofNullable(set.ceiling(probe)).orElse(set.first());
            set.remove(entry);
            assertTrue(each.remove(entry.key, entry.tid), () -> "seed " + seed);
            assertFalse(each.remove(entry.key, entry.tid), () -> "seed " + seed);
        }
    }

    private void check(BTree each, NavigableSet<Entry> set, Keys keys) {
        String where = "seed " + seed + " " + keys;
        assertEquals(set.size(), new BTreeCheck(each).run().entries(), where);
        assertEquals(List.copyOf(set), scan(each, KeyRange.ALL, 100), where);
        assertEquals(List.copyOf(set.descendingSet()), scan(each, KeyRange.ALL.reversed(), 77), where);
        for (int i = 0; i < 50; i++) {
            Slice a = keys.next(random);
            Slice b = keys.next(random);
            boolean low = random.nextBoolean();
            boolean high = random.nextBoolean();
            KeyRange range = new KeyRange(random.nextInt(5) == 0 ? Optional.empty() : Optional.of(a), low,
                    random.nextInt(5) == 0 ? Optional.empty() : Optional.of(b), high, false);
            List<Entry> expected = new ArrayList<>();
            for (Entry entry : set) {
                if (isIn(range, entry.key)) {
                    expected.add(entry);
                }
            }
            assertEquals(expected, scan(each, range, 1 + random.nextInt(300)), where);
            Collections.reverse(expected);
            assertEquals(expected, scan(each, range.reversed(), 1 + random.nextInt(300)), where);
            find(each, set, a, where);
        }
    }

    private void find(BTree each, NavigableSet<Entry> set, Slice key, String where) {
        long[] expected = set.subSet(new Entry(key, 0), new Entry(key, Long.MAX_VALUE)).stream()
                .mapToLong(Entry::tid).toArray();
        long[] tids = new long[expected.length + 1];
        assertEquals(expected.length, each.find(key, 0, tids), where);
        assertArrayEquals(expected, Arrays.copyOf(tids, expected.length), where);
        if (expected.length > 1) {
            long[] two = new long[1];
            assertEquals(1, each.find(key, expected[0] + 1, two));
            assertEquals(expected[1], two[0]);
        }
    }

    private static boolean isIn(KeyRange range, Slice key) {
        boolean aboveLow = range.lower().map(low -> key.compareTo(low) > 0 || range.lowerInclusive() && key.equals(low))
                .orElse(true);
        boolean belowHigh = range.upper().map(high -> key.compareTo(high) < 0 || range.upperInclusive() && key.equals(high))
                .orElse(true);
        return aboveLow && belowHigh;
    }

    static List<Entry> scan(EntryTree tree, KeyRange range, int batch) {
        List<Entry> found = new ArrayList<>();
        BytesVector keys = new BytesVector(batch);
        LongVector tids = new LongVector(batch);
        try (IndexScan scan = tree.scan(range)) {
            for (int n = scan.next(keys, tids, batch); n > 0; n = scan.next(keys, tids, batch)) {
                for (int i = 0; i < n; i++) {
                    found.add(new Entry(keys.slice(i).copy(), tids.values[i]));
                }
            }
            assertEquals(0, scan.next(keys, tids, batch));
        }
        return found;
    }

    @Test
    void aScanGoesOnWhileTheTreeIsTakenApart() {
        for (int i = 0; i < 30_000; i++) {
            model.add(new Entry(key(i), i));
            tree.insert(key(i), i);
        }
        BytesVector keys = new BytesVector(10);
        LongVector tids = new LongVector(10);
        for (boolean reverse : new boolean[] {false, true}) {
            IndexScan scan = tree.scan(reverse ? KeyRange.ALL.reversed() : KeyRange.ALL);
            long last = reverse ? 30_000 : -1;
            int seen = 0;
            for (int n = scan.next(keys, tids, 10); n > 0; n = scan.next(keys, tids, 10)) {
                for (int i = 0; i < n; i++) {
                    long tid = tids.values[i];
                    assertTrue(reverse ? tid < last : tid > last, "seed " + seed);
                    last = tid;
                    seen += tid % 3 == 0 ? 1 : 0;
                }
                // Entries that are multiples of three stay all the time; the others come and go.
                for (int i = 0; i < 200; i++) {
                    int other = random.nextInt(10_000) * 3 + 1 + random.nextInt(2);
                    if (random.nextBoolean()) {
                        tree.insert(key(other), other);
                    } else {
                        tree.remove(key(other), other);
                    }
                }
            }
            assertEquals(10_000, seen, "seed " + seed);
        }
        tree.verify();
    }

    private static Slice key(long number) {
        return Slice.of(new ByteSink().putByte(1).putLong(number ^ Long.MIN_VALUE).toBytes());
    }

    @Test
    void keysThatComeInOrderFillTheirPages() {
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            tree.insert(key(i), i);
        }
        BTreeCheck check = new BTreeCheck(tree).run();
        assertEquals(n, check.entries());
        assertTrue(check.pages() < n / 600, check.pages() + " pages");
        assertTrue(tree.entryEstimate() > n / 3 && tree.entryEstimate() < n * 3, "estimate " + tree.entryEstimate());
    }

    @Test
    void sortedEntriesAreLoadedIntoFullPages() {
        for (int n : new int[] {0, 1, 2, 1_000, 3_000, 300_000}) {
            BTree loaded = BTree.create(new BufferPool().createSpace(1, 2));
            assertEquals(n, loaded.load(numbers(n)));
            BTreeCheck check = new BTreeCheck(loaded).run();
            assertEquals(n, check.entries());
            assertTrue(check.pages() <= 3 + n / 700, check.pages() + " pages for " + n);
            List<Entry> all = scan(loaded, KeyRange.ALL, 1024);
            for (int i = 0; i < n; i++) {
                assertEquals(i, all.get(i).tid);
            }
            for (int i = 0; i < Math.min(n, 5_000); i++) {
                int odd = random.nextInt(n);
                assertTrue(loaded.insert(key(odd), n + i));
            }
            loaded.verify();
        }
    }

    private static boolean isTaken(NavigableSet<Entry> set, Slice key) {
        return !set.subSet(new Entry(key, 0), new Entry(key, 1L << 48)).isEmpty();
    }

    @Test
    void sortedRunsAreAddedAsIfOneByOne() {
        for (Keys keys : Keys.values()) {
            BTree each = BTree.create(new BufferPool().createSpace(1, 2));
            NavigableSet<Entry> set = new TreeSet<>();
            for (int round = 0; round < 12; round++) {
                EntryBatch batch = new EntryBatch();
                for (int i = 0; i < 500; i++) {
                    batch.key().put(keys.next(random));
                    batch.add(random.nextInt(1000));
                }
                batch.sort();
                boolean sole = round % 2 == 1;
                for (int i = 0; i < batch.size();) {
                    int next = each.insertSome(batch, i, sole ? Optional.of(FREE) : Optional.empty());
                    for (int j = i; j < next; j++) {
                        Entry entry = new Entry(batch.key(j).copy(), batch.tid(j));
                        assertFalse(sole && isTaken(set, entry.key), () -> keys + " doubled, seed " + seed);
                        assertTrue(set.add(entry), () -> keys + " twice, seed " + seed);
                    }
                    if (next == i) {
                        Entry entry = new Entry(batch.key(i).copy(), batch.tid(i));
                        assertTrue(sole || isTaken(set, entry.key), () -> keys + " left alone, seed " + seed);
                        assertEquals(set.add(entry), each.insert(entry.key, entry.tid));
                        next++;
                    }
                    i = next;
                }
                each.verify();
            }
            check(each, set, keys);
        }
    }

    @Test
    void loadedKeysOfAnyShapeAreFound() {
        for (Keys keys : Keys.values()) {
            NavigableSet<Entry> set = new TreeSet<>();
            for (int i = 0; i < 5_000; i++) {
                set.add(new Entry(keys.next(random), random.nextInt(keys == Keys.MANY_EQUAL ? 100_000 : 3)));
            }
            BTree loaded = BTree.create(new BufferPool().createSpace(1, 2));
            loaded.load(entries(set.iterator()));
            check(loaded, set, keys);
            NavigableSet<Entry> more = new TreeSet<>();
            for (int i = 0; i < 1_000; i++) {
                more.add(new Entry(keys.next(random), 200_000 + random.nextInt(3)));
            }
            assertEquals(more.size(), loaded.load(entries(more.iterator())));
            set.addAll(more);
            check(loaded, set, keys);
        }
    }

    private static SortedEntries numbers(int n) {
        return entries(java.util.stream.IntStream.range(0, n).mapToObj(i -> new Entry(key(i), i)).iterator());
    }

    private static SortedEntries entries(Iterator<Entry> from) {
        return new SortedEntries() {
            private Entry now = new Entry(Slice.EMPTY, 0);

            @Override
            public boolean next() {
                if (from.hasNext()) {
                    now = from.next();
                    return true;
                }
                return false;
            }

            @Override
            public Slice key() {
                return now.key;
            }

            @Override
            public long tid() {
                return now.tid;
            }
        };
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertTrue(tree.insert(Slice.of(new byte[EntryTree.MAX_KEY_LENGTH]), 1));
        SqlError error = assertThrows(SqlError.class, () -> tree.insert(Slice.of(new byte[EntryTree.MAX_KEY_LENGTH + 1]), 1));
        assertEquals(SqlState.PROGRAM_LIMIT_EXCEEDED, error.state());
    }

    @Test
    void aChangeThatFailsHalfWayStopsTheDatabase() {
        SqlError error = assertThrows(SqlError.class, () -> tree.change(() -> {
            throw new IllegalStateException("half way");
        }));
        assertEquals(SqlState.IO_ERROR, error.state());
        assertTrue(tree.space().pool().failures().isSet());
    }

    @Test
    void damageIsFound() {
        for (int i = 0; i < 20_000; i++) {
            tree.insert(key(random.nextInt()), i);
        }
        tree.verify();
        int found = 0;
        for (int i = 0; i < 500; i++) {
            long node = tree.space().page(random.nextInt(tree.space().count())).residentAddress();
            int at = 16 + random.nextInt(16_384 - 16);
            byte old = org.gajah.page.Memory.getByte(node, at);
            org.gajah.page.Memory.putByte(node, at, old ^ 1 << random.nextInt(8));
            try {
                tree.verify();
            } catch (SqlError error) {
                assertEquals(SqlState.INDEX_CORRUPTED, error.state());
                found++;
            }
            org.gajah.page.Memory.putByte(node, at, old);
        }
        // A flip in a tid or in unused bytes makes another whole tree; all else must be seen.
        assertTrue(found > 150, found + " of 500 found, seed " + seed);
        tree.verify();
    }
}
