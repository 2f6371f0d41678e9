package org.gajah.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** DISTINCT: the first of the rows that agree in some columns. */
final class DistinctOperators {
    private DistinctOperators() {
    }

    /**
     * By hash; as long as the keys fit into memory the order of the child's rows is kept. Rows that may be new when memory is full go to
     * a temporary file, and are looked at when the child has ended.
     */
    static final class Hash extends Operator {
        private final Operator child;
        private final Frame frame;
        private final int[] keys;
        private final KeyTable table;
        private final Vector[] values;
        private final WorkMemory memory;
        private final Batch stored;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private Optional<Partitions> spilled = Optional.empty();
        private Optional<SpillRun.Reader> reader = Optional.empty();
        private int level;

        /** A part of the spilled rows, and how often they have been divided. */
        private record Waiting(SpillRun run, int level) {
        }

        Hash(Operator child, Frame frame, int[] keys, KeyTable table, List<Carrier> carriers) {
            this.child = child;
            this.frame = frame;
            this.keys = keys;
            this.table = table;
            this.values = new Vector[keys.length];
            this.memory = new WorkMemory(frame, true);
            this.stored = Batch.of(carriers, BatchSize.MAX);
        }

        @Override
        void start() {
            reset();
            memory.begin();
            child.open();
        }

        private void reset() {
            table.clear();
            waiting.clear();
            spilled = Optional.empty();
            reader = Optional.empty();
            level = 0;
        }

        @Override
        Batch produce(int max) {
            while (true) {
                frame.checkCancelled();
                Batch batch = input(max);
                if (batch.count() == 0) {
                    if (!nextPart()) {
                        return batch;
                    }
                    continue;
                }
                for (int i = 0; i < keys.length; i++) {
                    values[i] = batch.column(keys[i]);
                }
                if (spilled.isPresent()) {
                    table.hash(values, batch.selection());
                    spillNew(batch);
                } else {
                    keepNew(table, values, batch.selection());
                    if (!memory.holds(table.bytes())) {
                        if (level < Partitions.MOST_LEVELS) {
                            spilled = Optional.of(new Partitions(memory, level));
                        }
                        memory.require(table.bytes());
                    }
                    if (batch.count() > 0) {
                        return batch;
                    }
                }
            }
        }

        private Batch input(int max) {
            if (reader.isEmpty()) {
                return child.next(max);
            }
            reader.get().read(stored, stored.columns(), max);
            return stored;
        }

        private void spillNew(Batch batch) {
            Selection rows = batch.selection();
            Vector[] columns = Vectors.first(batch, stored.columnCount());
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (table.find(values, row) < 0) {
                    spilled.get().add(table.hash(row), columns, row);
                }
            }
        }

        private boolean nextPart() {
            if (spilled.isPresent()) {
                spilled.get().finish();
                for (int i = 0; i < Partitions.count(); i++) {
                    spilled.get().part(i).ifPresent(run -> waiting.push(new Waiting(run, level + 1)));
                }
                spilled = Optional.empty();
            }
            if (waiting.isEmpty()) {
                return false;
            }
            Waiting next = waiting.pop();
            table.clear();
            level = next.level;
            reader = Optional.of(next.run.reader());
            return true;
        }

        @Override
        public void close() {
            child.close();
            reset();
            memory.close();
        }
    }

    /** Narrows a selection to the rows whose keys the table has not seen, and adds them. */
    static void keepNew(KeyTable table, Vector[] values, Selection rows) {
        table.hash(values, rows);
        int kept = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            int before = table.size();
            if (table.findOrAdd(values, row) == before) {
                rows.rows[kept++] = row;
            }
        }
        rows.setCount(kept);
    }

    /** Over rows that are sorted by the columns. */
    static final class Sorted extends Operator {
        private final Operator child;
        private final int[] keys;
        private final Ordered[] orders;
        private final Vector[] last;
        private boolean first;

        Sorted(Operator child, int[] keys, Ordered[] orders, Vector[] last) {
            this.child = child;
            this.keys = keys;
            this.orders = orders;
            this.last = last;
        }

        @Override
        void start() {
            first = true;
            child.open();
        }

        @Override
        Batch produce(int max) {
            while (true) {
                Batch batch = child.next(max);
                Selection rows = batch.selection();
                int kept = 0;
                for (int i = 0; i < rows.count(); i++) {
                    int row = rows.rows[i];
                    if (first || differs(batch, row)) {
                        remember(batch, row);
                        rows.rows[kept++] = row;
                    }
                }
                boolean ended = rows.count() == 0;
                rows.setCount(kept);
                if (ended || kept > 0) {
                    return batch;
                }
            }
        }

        private boolean differs(Batch batch, int row) {
            for (int i = 0; i < keys.length; i++) {
                Vector column = batch.column(keys[i]);
                boolean isNull = column.isNull(row);
                if (isNull != last[i].isNull(0) || !isNull && orders[i].compare(column, row, last[i], 0) != 0) {
                    return true;
                }
            }
            return false;
        }

        private void remember(Batch batch, int row) {
            first = false;
            for (int i = 0; i < keys.length; i++) {
                last[i].reset();
                last[i].copyFrom(batch.column(keys[i]), row, 0);
            }
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
