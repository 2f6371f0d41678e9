package org.gajah.exec;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.catalog.Relation;
import org.gajah.table.Index;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.table.Tid;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/**
 * Proves that a table and its indexes agree: each index is whole; every row has its entry in every index that should have it; and as
 * many entries lead to a row with their key as there are such rows. Entries beyond those are stale: of versions that somebody may
 * still see, or that are not purged yet. Others may change the table meanwhile.
 */
public final class IndexAgreement {
    private final ExecContext context;
    private final Relation relation;
    private final Table table;
    private final int[] attributes;
    private final ByteSink key = new ByteSink();

    /** What was counted for one index. */
    public record Counts(String index, long rows, long staleEntries) {
    }

    private IndexAgreement(ExecContext context, Relation relation) {
        this.context = context;
        this.relation = relation;
        this.table = context.relations().table(relation);
        this.attributes = IntStream.range(0, relation.columns().size()).toArray();
    }

    /** Checks one index under the context's snapshot; XX002 for the first thing that is wrong. */
    public static Counts check(CompileContext compile, ExecContext context, Relation relation, Relation.Index definition) {
        Frame frame = new Frame(0, 0);
        frame.begin(context);
        IndexKeys keys = IndexKeys.of(compile, frame, relation, definition);
        return new IndexAgreement(context, relation).check(keys, definition);
    }

    private Counts check(IndexKeys keys, Relation.Index definition) {
        Index index = context.relations().index(relation, definition);
        index.verify();
        long rows = checkRows(keys, index);
        long[] entries = countEntries(keys, index);
        if (entries[0] != rows) {
            throw new SqlError(SqlState.INDEX_CORRUPTED, "index \"" + definition.name() + "\" leads to " + entries[0] + " rows of table \""
                    + relation.name() + "\" instead of " + rows);
        }
        return new Counts(definition.name(), rows, entries[1]);
    }

    /** The number of rows that the index should have; each has its entry. */
    private long checkRows(IndexKeys keys, Index index) {
        Batch batch = table.layout().batch(attributes, BatchSize.MAX);
        LongVector tids = new LongVector(BatchSize.MAX);
        long[] found = new long[1];
        long rows = 0;
        try (TableScan scan = table.scan(context.snapshot(), attributes, PageRange.ALL)) {
            while (scan.next(batch, tids)) {
                context.cancel().check();
                keys.evaluate(batch);
                Selection included = keys.included();
                for (int i = 0; i < included.count(); i++) {
                    int row = included.rows[i];
                    long tid = tids.values[row];
                    key.clear();
                    keys.encode(row, key);
                    if (index.find(key.view(), tid, found) == 0 || found[0] != tid) {
                        throw new SqlError(SqlState.INDEX_CORRUPTED, "heap tuple " + Tid.toString(tid) + " from table \""
                                + relation.name() + "\" lacks matching index tuple within index \"" + keys.index().name() + "\"");
                    }
                    rows++;
                }
            }
        }
        return rows;
    }

    /** How many entries lead to a row with their key, and how many do not. */
    private long[] countEntries(IndexKeys keys, Index index) {
        Batch batch = table.layout().batch(attributes, BatchSize.MAX);
        BytesVector entryKeys = new BytesVector(BatchSize.MAX);
        LongVector entryTids = new LongVector(BatchSize.MAX);
        long[] counts = new long[2];
        try (IndexScan scan = index.scan(KeyRange.ALL)) {
            for (int n = scan.next(entryKeys, entryTids, BatchSize.MAX); n > 0; n = scan.next(entryKeys, entryTids, BatchSize.MAX)) {
                context.cancel().check();
                int current = countCurrent(keys, batch, entryKeys, entryTids, n);
                counts[0] += current;
                counts[1] += n - current;
            }
        }
        return counts;
    }

    private int countCurrent(IndexKeys keys, Batch batch, BytesVector entryKeys, LongVector entryTids, int n) {
        batch.reset();
        Selection visible = batch.selection();
        visible.clear();
        for (int i = 0; i < n; i++) {
            if (table.fetch(context.snapshot(), entryTids.values[i], attributes, batch, i)) {
                visible.add(i);
            }
        }
        keys.evaluate(batch);
        Selection included = keys.included();
        int current = 0;
        for (int i = 0; i < included.count(); i++) {
            int row = included.rows[i];
            key.clear();
            keys.encode(row, key);
            int from = entryKeys.offsets[row];
            if (Arrays.equals(key.array(), 0, key.size(), entryKeys.arrays[row], from, from + entryKeys.lengths[row])) {
                current++;
            }
        }
        return current;
    }
}
