package org.gajah.store;

import java.util.Iterator;
import java.util.concurrent.ConcurrentSkipListSet;

import org.gajah.base.Slice;
import org.gajah.page.PageSpace;
import org.gajah.table.EntryTree;
import org.gajah.table.IndexMethod;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/** An index method that keeps entries in a sorted set in memory: for tests of what lies around it. */
final class SortedSetIndex implements IndexMethod {
    private record Entry(Slice key, long tid) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byKey = key.compareTo(other.key);
            return byKey != 0 ? byKey : Long.compare(tid, other.tid);
        }
    }

    @Override
    public EntryTree create(PageSpace space) {
        return new Tree();
    }

    @Override
    public EntryTree open(PageSpace space) {
        return new Tree();
    }

    private static final class Tree implements EntryTree {
        private final ConcurrentSkipListSet<Entry> entries = new ConcurrentSkipListSet<>();

        @Override
        public boolean insert(Slice key, long tid) {
            return entries.add(new Entry(key, tid));
        }

        @Override
        public boolean remove(Slice key, long tid) {
            return entries.remove(new Entry(key, tid));
        }

        @Override
        public IndexScan scan(KeyRange range) {
            if (!range.equals(KeyRange.ALL) && !range.equals(KeyRange.exactly(range.lower().orElseThrow()))) {
                throw new UnsupportedOperationException("only whole and exact ranges");
            }
            Iterator<Entry> found = entries.stream()
                    .filter(e -> range.lower().isEmpty() || e.key.equals(range.lower().get())).iterator();
            return new IndexScan() {
                @Override
                public int next(BytesVector keys, LongVector tids, int max) {
                    int n = 0;
                    for (; n < max && found.hasNext(); n++) {
                        Entry entry = found.next();
                        keys.put(n, entry.key);
                        tids.put(n, entry.tid);
                    }
                    return n;
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        @Override
        public long entryEstimate() {
            return entries.size();
        }

        @Override
        public void verify() {
            // a set is always in order
        }
    }
}
