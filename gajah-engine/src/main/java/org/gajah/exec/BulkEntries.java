package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.table.EntryBatch;
import org.gajah.table.Index;
import org.gajah.table.KeyGuard;
import org.gajah.table.RelationId;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/**
 * The index entries of rows that a load has written, added in large sorted runs. Until {@link #flush} the rows have no entries, so what
 * the load computes must not read the table.
 *
 * <p>Unique constraints that may be checked later than row by row are not for this.
 */
final class BulkEntries {
    private static final int MAX_BYTES = 8 << 20;

    /** One index: entries that must be the only ones with their key, and others. */
    private record Part(RowWriter.IndexWriter index, EntryBatch sole, EntryBatch others) {
    }

    /** Holds the latch of the key that is being added. */
    private static final class Latch implements KeyGuard {
        private final RelationId index;
        private ReentrantLock held = new ReentrantLock();

        Latch(RelationId index) {
            this.index = index;
        }

        @Override
        public boolean tryEnter(Slice key) {
            held = KeyLatches.of(index, key);
            return held.tryLock();
        }

        @Override
        public void leave() {
            held.unlock();
        }
    }

    private final RowWriter writer;
    private final List<Part> parts = new ArrayList<>();
    private final List<RowWriter.IndexWriter> rowByRow = new ArrayList<>();
    /** The rows, in the order in which they came. */
    private long[] rows = new long[Batch.MAX_ROWS];
    private int count;
    private OptionalInt failed = OptionalInt.empty();

    BulkEntries(RowWriter writer) {
        this.writer = writer;
        for (RowWriter.IndexWriter index : writer.indexes()) {
            if (index.keys().index().unique() && !index.keys().index().immediate()) {
                rowByRow.add(index);
            } else {
                parts.add(new Part(index, new EntryBatch(), new EntryBatch()));
            }
        }
    }

    /** The number of the row, since the last flush, whose key was taken. */
    OptionalInt failed() {
        return failed;
    }

    /** Whether the next batch of rows has to wait for a flush. */
    boolean isFull() {
        return count + Batch.MAX_ROWS > EntryBatch.MAX_ENTRIES || bytes() > MAX_BYTES;
    }

    /** The memory of the entries that wait. */
    long bytes() {
        return parts.stream().mapToLong(p -> p.sole.bytes() + p.others.bytes()).sum();
    }

    /** Rows have been written; {@code tids} by position in the selection. */
    void add(Batch batch, Selection selected, long[] tids) {
        if (count + selected.count() > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(rows.length * 2, count + selected.count()));
        }
        System.arraycopy(tids, 0, rows, count, selected.count());
        count += selected.count();
        parts.forEach(p -> add(p, batch, selected, tids));
        rowByRow.forEach(index -> writer.insertEntries(index, batch, selected, tids));
    }

    private static void add(Part part, Batch batch, Selection selected, long[] tids) {
        IndexKeys keys = part.index.keys();
        keys.evaluate(batch, selected);
        Selection included = keys.included();
        boolean unique = keys.index().unique();
        int position = 0;
        for (int i = 0; i < included.count(); i++) {
            int row = included.rows[i];
            while (selected.rows[position] != row) {
                position++;
            }
            EntryBatch target = unique && RowWriter.isUnique(keys, row) ? part.sole : part.others;
            keys.encode(row, target.key());
            target.add(tids[position]);
        }
    }

    /** Adds all entries; raises the error of the first row whose key is taken. */
    void flush() {
        Map<Integer, SqlError> violations = new HashMap<>();
        for (Part part : parts) {
            Index index = writer.index(part.index);
            add(part, index, part.others, Optional.empty(), violations);
            add(part, index, part.sole, Optional.of(new Latch(index.id())), violations);
        }
        if (!violations.isEmpty()) {
            int first = violations.keySet().stream().min(Integer::compare).orElseThrow();
            failed = OptionalInt.of(first);
            throw violations.get(first);
        }
        count = 0;
    }

    private void add(Part part, Index index, EntryBatch entries, Optional<KeyGuard> guard, Map<Integer, SqlError> violations) {
        ExecContext context = writer.frame().context();
        entries.sort();
        for (int i = 0; i < entries.size();) {
            context.cancel().check();
            int next = index.insertSome(context.transaction(), entries, i, guard);
            if (next == i) {
                long tid = entries.tid(i);
                if (guard.isEmpty()) {
                    index.insert(context.transaction(), entries.key(i), tid);
                } else if (!writer.insertUnique(part.index, index, tid, entries.key(i))) {
                    violations.putIfAbsent(number(tid), writer.violation(part.index, tid));
                    if (violations.size() == Batch.MAX_ROWS) {
                        break;
                    }
                }
                next++;
            }
            i = next;
        }
        entries.clear();
    }

    private int number(long tid) {
        int i = 0;
        while (rows[i] != tid) {
            i++;
        }
        return i;
    }
}
