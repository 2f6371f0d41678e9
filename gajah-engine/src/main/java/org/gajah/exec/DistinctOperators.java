package org.gajah.exec;

import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** DISTINCT: the first of the rows that agree in some columns. */
final class DistinctOperators {
    private DistinctOperators() {
    }

    /** By hash; the order of the child's rows is kept. */
    static final class Hash extends Operator {
        private final Operator child;
        private final Frame frame;
        private final int[] keys;
        private final KeyTable table;
        private final Vector[] values;

        Hash(Operator child, Frame frame, int[] keys, KeyTable table) {
            this.child = child;
            this.frame = frame;
            this.keys = keys;
            this.table = table;
            this.values = new Vector[keys.length];
        }

        @Override
        void start() {
            table.clear();
            child.open();
        }

        @Override
        Batch produce(int max) {
            while (true) {
                frame.checkCancelled();
                Batch batch = child.next(max);
                if (batch.count() == 0) {
                    return batch;
                }
                for (int i = 0; i < keys.length; i++) {
                    values[i] = batch.column(keys[i]);
                }
                keepNew(table, values, batch.selection());
                if (batch.count() > 0) {
                    return batch;
                }
            }
        }

        @Override
        public void close() {
            child.close();
            table.clear();
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
