package org.gajah.exec;

import java.util.List;
import java.util.Map;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** All of the child's rows in order, or the first few of them. */
final class SortOperator extends Operator {
    private final Operator child;
    private final RowSorter sorter;
    private final long bound;
    private final Batch out;
    private boolean filled;
    private Map<String, Object> notes = Map.of();

    SortOperator(Operator child, Frame frame, List<Carrier> carriers, RowOrder order, long bound) {
        this.child = child;
        this.sorter = new RowSorter(carriers, order, frame);
        this.bound = bound;
        this.out = Batch.of(carriers, BatchSize.MAX);
    }

    @Override
    void start() {
        sorter.begin(bound);
        filled = false;
        child.open();
    }

    @Override
    Batch produce(int max) {
        if (!filled) {
            fill();
        }
        sorter.next(out, max);
        return out;
    }

    private void fill() {
        for (Batch batch = child.next(BatchSize.MAX); batch.count() > 0; batch = child.next(BatchSize.MAX)) {
            sorter.add(batch);
        }
        child.close();
        if (statistics().on) {
            notes = sorter.notes(bound > 0);
        }
        sorter.finish();
        filled = true;
    }

    @Override
    Map<String, Object> notes() {
        return notes;
    }

    @Override
    public void close() {
        child.close();
        sorter.clear();
    }
}
