package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.table.Index;
import org.gajah.table.PageRange;
import org.gajah.table.SortedEntries;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** Fills a new index with the rows that its table has; the caller keeps writers out meanwhile. */
public final class IndexBuild {
    private record Entry(byte[] key, long tid, boolean hasNull) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = Arrays.compareUnsigned(key, other.key);
            return order != 0 ? order : Long.compare(tid, other.tid);
        }
    }

    private IndexBuild() {
    }

    /** Reads the table under the context's snapshot and fills the index; 23505 for a duplicate in a unique one. */
    public static void run(CompileContext compile, ExecContext context, Relation relation, Relation.Index definition) {
        Frame frame = new Frame(0, 0);
        frame.begin(context);
        IndexKeys keys = IndexKeys.of(compile, frame, relation, definition);
        List<Entry> entries = collect(context, relation, keys);
        Entry[] sorted = entries.toArray(Entry[]::new);
        Arrays.sort(sorted);
        if (definition.unique()) {
            requireUnique(sorted, definition);
        }
        Index index = context.relations().index(relation, definition);
        index.load(context.transaction(), new SortedEntries() {
            private int at = -1;

            @Override
            public boolean next() {
                return ++at < sorted.length;
            }

            @Override
            public Slice key() {
                return Slice.of(sorted[at].key);
            }

            @Override
            public long tid() {
                return sorted[at].tid;
            }
        });
    }

    private static List<Entry> collect(ExecContext context, Relation relation, IndexKeys keys) {
        Table table = context.relations().table(relation);
        int[] attributes = IntStream.range(0, relation.columns().size()).toArray();
        Batch batch = table.layout().batch(attributes, BatchSize.MAX);
        LongVector tids = new LongVector(BatchSize.MAX);
        List<Entry> entries = new ArrayList<>();
        ByteSink key = new ByteSink();
        try (TableScan scan = table.scan(context.snapshot(), attributes, PageRange.ALL)) {
            while (scan.next(batch, tids)) {
                context.cancel().check();
                keys.evaluate(batch);
                Selection included = keys.included();
                for (int i = 0; i < included.count(); i++) {
                    int row = included.row(i);
                    key.clear();
                    keys.encode(row, key);
                    entries.add(new Entry(key.toBytes(), tids.values[row], keys.hasNull(row)));
                }
            }
        }
        return entries;
    }

    private static void requireUnique(Entry[] sorted, Relation.Index definition) {
        for (int i = 1; i < sorted.length; i++) {
            boolean equal = Arrays.equals(sorted[i - 1].key, sorted[i].key);
            if (equal && (!sorted[i].hasNull || definition.nullsNotDistinct())) {
                throw new SqlError(SqlState.UNIQUE_VIOLATION, "could not create unique index \"" + definition.name() + "\"")
                        .detail("Key is duplicated.");
            }
        }
    }
}
