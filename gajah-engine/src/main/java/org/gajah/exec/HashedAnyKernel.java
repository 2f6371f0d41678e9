package org.gajah.exec;

import java.util.List;

import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** {@code x IN (SELECT ...)} of a subquery that does not depend on the row: its values are hashed once. */
final class HashedAnyKernel extends Kernel {
    private final Kernel left;
    private final Frame frame;
    private final int plan;
    private final KeyTable table;
    private final Vector[] columns = new Vector[1];
    private long generation = -1;
    private boolean hasNull;
    private boolean isEmpty;

    HashedAnyKernel(Kernel left, Ordered order, Frame frame, int plan) {
        super(Carrier.BOOL);
        this.left = left;
        this.frame = frame;
        this.plan = plan;
        this.table = new KeyTable(new Ordered[] {order}, List.of(left.carrier()));
    }

    @Override
    Vector eval(Batch in, Selection rows) {
        columns[0] = left.eval(in, rows);
        Vector value = columns[0];
        BoolVector out = boolResult(in);
        if (rows.count() == 0) {
            return out;
        }
        build();
        columns[0] = value;
        table.hash(columns, rows);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            if (isEmpty) {
                out.put(row, false);
            } else if (value.isNull(row)) {
                out.setNull(row);
            } else if (table.find(columns, row) >= 0) {
                out.put(row, true);
            } else if (hasNull) {
                out.setNull(row);
            } else {
                out.put(row, false);
            }
        }
        return out;
    }

    private void build() {
        SubPlan subPlan = frame.subPlans().get(plan);
        RowStore rows = subPlan.allRows();
        if (generation == subPlan.generation()) {
            return;
        }
        generation = subPlan.generation();
        table.clear();
        hasNull = false;
        isEmpty = rows.size() == 0;
        Batch view = new Batch(new Vector[rows.carriers().size()], Batch.MAX_ROWS);
        Selection present = new Selection(Batch.MAX_ROWS);
        for (int from = 0; from < rows.size();) {
            int count = rows.view(from, Batch.MAX_ROWS, view);
            from += count;
            add(view.column(0), view.selection(), present);
            frame.checkCancelled();
        }
    }

    private void add(Vector column, Selection rows, Selection present) {
        Vector values = column;
        if (left.carrier() == Carrier.LONG && column instanceof IntVector ints) {
            LongVector widened = new LongVector(column.capacity());
            for (int i = 0; i < rows.count(); i++) {
                widened.values[rows.rows[i]] = ints.values[rows.rows[i]];
            }
            values = widened;
        }
        Selection kept = present.rows.length < column.capacity() ? new Selection(column.capacity()) : present;
        kept.clear();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            if (column.isNull(row)) {
                hasNull = true;
            } else {
                kept.add(row);
            }
        }
        columns[0] = values;
        table.hash(columns, kept);
        for (int i = 0; i < kept.count(); i++) {
            table.findOrAdd(columns, kept.rows[i]);
        }
    }
}
