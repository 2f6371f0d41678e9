package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.catalog.Relation;
import org.gajah.table.Index;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/**
 * Rows found through an index, in its order. The index knows no versions: each entry's row is read under the snapshot and
 * dropped unless its key is the entry's.
 */
final class IndexScanOperator extends Operator {
    private static final int FIRST_ENTRIES = 16;

    private final Frame frame;
    private final Relation relation;
    private final IndexBounds bounds;
    private final IndexKeys keys;
    private final List<Integer> attributes;
    private final int outputColumns;
    private final boolean backward;
    private final Optional<Kernel> filter;
    private final int capacity;
    private final PendingRows pending = new PendingRows();
    private final ByteSink key = new ByteSink();
    private final BytesVector entryKeys;
    private final LongVector entryTids;
    private Optional<ScanColumns> columns = Optional.empty();
    private Batch out = Vectors.nothing();
    private List<KeyRange> ranges = List.of();
    private int nextRange;
    private Optional<IndexScan> scan = Optional.empty();
    private Table table;
    private Index index;
    private int entries;

    /** {@code attributes} are the columns given, then those needed to compute the index's key. */
    IndexScanOperator(Frame frame, Relation relation, IndexBounds bounds, IndexKeys keys, List<Integer> attributes, int outputColumns,
            boolean backward, Optional<Kernel> filter, int capacity) {
        this.frame = frame;
        this.relation = relation;
        this.bounds = bounds;
        this.keys = keys;
        this.attributes = attributes;
        this.outputColumns = outputColumns;
        this.backward = backward;
        this.filter = filter;
        this.capacity = capacity;
        this.entryKeys = new BytesVector(capacity);
        this.entryTids = new LongVector(capacity);
    }

    @Override
    void start() {
        close();
        if (columns.isEmpty()) {
            // They stay what they are as long as the plan stands.
            table = frame.context().relations().table(relation);
            index = frame.context().relations().index(relation, keys.index());
            columns = Optional.of(new ScanColumns(relation, table.layout(), attributes, capacity));
            out = new Batch(new org.gajah.vector.Vector[outputColumns], capacity);
            for (int c = 0; c < outputColumns; c++) {
                out.setColumn(c, columns.get().out().column(c));
            }
        }
        ranges = bounds.ranges(backward);
        nextRange = 0;
        entries = Math.min(FIRST_ENTRIES, capacity);
        pending.clear();
    }

    @Override
    Batch produce(int max) {
        while (true) {
            while (pending.isEmpty()) {
                if (!fetch()) {
                    return end(out);
                }
            }
            pending.take(max, out.selection());
            if (filter.isPresent()) {
                int before = out.count();
                filter.get().select(out, out.selection(), out.selection());
                statistics().removedByFilter += before - out.count();
            }
            if (out.count() > 0) {
                return out;
            }
        }
    }

    /** Reads the rows of some more entries; false at the end. */
    private boolean fetch() {
        frame.checkCancelled();
        int found = 0;
        while (found == 0) {
            if (scan.isEmpty()) {
                if (nextRange == ranges.size()) {
                    return false;
                }
                scan = Optional.of(index.scan(ranges.get(nextRange++)));
            }
            found = scan.get().next(entryKeys, entryTids, entries);
            if (found == 0) {
                scan.get().close();
                scan = Optional.empty();
            }
        }
        entries = Math.min(capacity, entries * 4);
        ScanColumns c = columns.orElseThrow();
        Batch raw = c.raw();
        raw.reset();
        c.tids().reset();
        Snapshot snapshot = frame.context().snapshot();
        Selection visible = c.out().selection();
        visible.clear();
        for (int i = 0; i < found; i++) {
            long tid = entryTids.values[i];
            c.tids().values[i] = tid;
            if (table.fetch(snapshot, tid, c.stored(), raw, i)) {
                visible.add(i);
            }
        }
        c.fillSystemColumns(table, snapshot, found);
        dropStale(c.out());
        pending.start(c.out().selection());
        return true;
    }

    /** Keeps the rows whose key is the one that led to them. */
    private void dropStale(Batch rows) {
        keys.evaluate(rows);
        Selection current = keys.included();
        Selection kept = rows.selection();
        kept.clear();
        for (int i = 0; i < current.count(); i++) {
            int row = current.rows[i];
            key.clear();
            keys.encode(row, key);
            if (key.size() == entryKeys.lengths[row] && java.util.Arrays.equals(key.array(), 0, key.size(), entryKeys.arrays[row],
                    entryKeys.offsets[row], entryKeys.offsets[row] + entryKeys.lengths[row])) {
                kept.add(row);
            }
        }
    }

    @Override
    public void close() {
        scan.ifPresent(IndexScan::close);
        scan = Optional.empty();
        pending.clear();
        nextRange = ranges.size();
    }

    /** The columns of the table that an index's keys and predicate are computed from. */
    static List<Integer> keyAttributes(Relation relation, Relation.Index index) {
        List<Integer> needed = new ArrayList<>();
        if (index.predicate().isEmpty() && index.expressions().isEmpty()) {
            needed.addAll(index.columns().subList(0, index.keyColumns()));
        } else {
            relation.columns().stream().filter(column -> !column.dropped()).forEach(column -> needed.add(column.number()));
        }
        return needed;
    }
}
