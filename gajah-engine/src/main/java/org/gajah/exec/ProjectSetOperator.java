package org.gajah.exec;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** A SELECT list with set-returning calls: for each row of the child as many rows as the longest set has. */
final class ProjectSetOperator extends Operator {
    private final Operator child;
    private final Frame frame;
    private final List<Column> columns;
    private final Batch out;
    private final Vector[] scalars;
    private final Iterator<Object[]>[] running;
    private Batch batch = Vectors.nothing();
    private int position;
    private boolean inRow;

    /** Either a scalar expression or a set. */
    record Column(Optional<Kernel> scalar, Optional<RowSource> set) {
    }

    ProjectSetOperator(Operator child, Frame frame, List<Column> columns, List<Carrier> carriers) {
        this.child = child;
        this.frame = frame;
        this.columns = columns;
        this.out = Batch.of(carriers, BatchSize.MAX);
        this.scalars = new Vector[columns.size()];
        this.running = iterators(columns.size());
    }

    @SuppressWarnings("unchecked")
    private static Iterator<Object[]>[] iterators(int count) {
        return (Iterator<Object[]>[]) new Iterator<?>[count];
    }

    @Override
    void start() {
        child.open();
        batch = Vectors.nothing();
        position = 0;
        inRow = false;
    }

    @Override
    Batch produce(int max) {
        out.reset();
        int count = 0;
        while (count < Math.min(max, BatchSize.MAX)) {
            if (!inRow) {
                if (position == batch.count()) {
                    if (count > 0) {
                        break;
                    }
                    if (!fetch(max)) {
                        return end(out);
                    }
                }
                begin(batch.selection().rows[position++]);
            }
            if (fill(count)) {
                count++;
            } else {
                inRow = false;
            }
        }
        out.selection().all(count);
        return out;
    }

    private boolean fetch(int max) {
        frame.checkCancelled();
        batch = child.next(max);
        position = 0;
        if (batch.count() == 0) {
            return false;
        }
        Selection rows = batch.selection();
        for (int c = 0; c < scalars.length; c++) {
            Column column = columns.get(c);
            if (column.scalar.isPresent()) {
                scalars[c] = column.scalar.get().eval(batch, rows);
            }
            column.set.ifPresent(set -> set.evaluate(batch, rows));
        }
        return true;
    }

    private void begin(int row) {
        for (int c = 0; c < running.length; c++) {
            running[c] = columns.get(c).set.map(set -> set.rows(row)).orElse(null);
        }
        inRow = true;
    }

    private boolean fill(int target) {
        boolean any = false;
        int row = batch.selection().rows[position - 1];
        for (int c = 0; c < running.length; c++) {
            if (running[c] == null) {
                Vectors.share(scalars[c], row, out.column(c), target);
            } else if (running[c].hasNext()) {
                any = true;
                Vectors.point(out.column(c), target, running[c].next()[0]);
            } else {
                out.column(c).setNull(target);
            }
        }
        return any;
    }

    @Override
    public void close() {
        child.close();
        columns.forEach(column -> column.set.ifPresent(RowSource::close));
    }
}
