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

/**
 * Fills a new index with the rows that its table has; the caller keeps writers out meanwhile. Keys are collected, sorted and loaded in
 * runs of a bounded size: the first builds the tree, the others are inserted in order.
 */
public final class IndexBuild {
    /** About how many bytes of memory a run takes. */
    private static final int RUN_BYTES = 64 << 20;
    /** What an entry takes besides its key. */
    private static final int ENTRY_BYTES = 64;

    private final ExecContext context;
    private final Relation relation;
    private final Relation.Index definition;
    private final IndexKeys keys;
    private final Table table;
    private final Index index;
    private final int[] attributes;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;
    private boolean loaded;

    private record Entry(byte[] key, long tid, boolean hasNull) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = Arrays.compareUnsigned(key, other.key);
            return order != 0 ? order : Long.compare(tid, other.tid);
        }
    }

    private IndexBuild(ExecContext context, Relation relation, Relation.Index definition, IndexKeys keys) {
        this.context = context;
        this.relation = relation;
        this.definition = definition;
        this.keys = keys;
        this.table = context.relations().table(relation);
        this.index = context.relations().index(relation, definition);
        this.attributes = IntStream.range(0, relation.columns().size()).toArray();
    }

    /** Reads the table under the context's snapshot and fills the index; 23505 for a duplicate in a unique one. */
    public static void run(CompileContext compile, ExecContext context, Relation relation, Relation.Index definition) {
        run(compile, context, relation, definition, RUN_BYTES);
    }

    static void run(CompileContext compile, ExecContext context, Relation relation, Relation.Index definition, int runBytes) {
        Frame frame = new Frame(0, 0);
        frame.begin(context);
        IndexKeys keys = IndexKeys.of(compile, frame, relation, definition);
        new IndexBuild(context, relation, definition, keys).run(runBytes);
    }

    private void run(int runBytes) {
        Batch batch = table.layout().batch(attributes, BatchSize.MAX);
        LongVector tids = new LongVector(BatchSize.MAX);
        try (TableScan scan = table.scan(context.snapshot(), attributes, PageRange.ALL)) {
            while (scan.next(batch, tids)) {
                context.cancel().check();
                collect(batch, tids);
                if (bytes > runBytes) {
                    load();
                }
            }
        }
        load();
    }

    private void collect(Batch batch, LongVector tids) {
        ByteSink key = new ByteSink();
        keys.evaluate(batch);
        Selection included = keys.included();
        for (int i = 0; i < included.count(); i++) {
            int row = included.row(i);
            key.clear();
            keys.encode(row, key);
            entries.add(new Entry(key.toBytes(), tids.values[row], keys.hasNull(row)));
            bytes += ENTRY_BYTES + key.size();
        }
    }

    /** Loads what was collected. */
    private void load() {
        Entry[] sorted = entries.toArray(Entry[]::new);
        entries.clear();
        bytes = 0;
        Arrays.sort(sorted);
        if (definition.unique()) {
            requireUnique(sorted);
        }
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
        loaded = true;
    }

    private void requireUnique(Entry[] sorted) {
        long[] other = new long[1];
        for (int i = 0; i < sorted.length; i++) {
            Entry entry = sorted[i];
            if (!entry.hasNull || definition.nullsNotDistinct()) {
                boolean taken = i > 0 && Arrays.equals(sorted[i - 1].key, entry.key)
                        || loaded && index.find(Slice.of(entry.key), 0, other) > 0;
                if (taken) {
                    throw violation(entry.tid);
                }
            }
        }
    }

    private SqlError violation(long tid) {
        SqlError error = new SqlError(SqlState.UNIQUE_VIOLATION, "could not create unique index \"" + definition.name() + "\"");
        Batch row = table.layout().batch(attributes, 1);
        if (table.fetch(context.snapshot(), tid, attributes, row, 0) && keys.evaluate(row, 0)) {
            error = error.detail(KeyText.describe(context, relation, keys, 0, "is duplicated"));
        }
        return error.constraint(KeyText.schema(context, relation), relation.name(), definition.name());
    }
}
