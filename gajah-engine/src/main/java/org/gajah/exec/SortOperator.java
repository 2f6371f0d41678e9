package org.gajah.exec;

import java.util.List;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** All of the child's rows in order, or the first few of them. */
final class SortOperator extends Operator {
    private final Operator child;
    private final Frame frame;
    private final List<Carrier> carriers;
    private final RowOrder order;
    private final long bound;
    private final Batch out;
    private RowStore rows;
    private int[] sorted = new int[0];
    private int position;
    private boolean filled;

    SortOperator(Operator child, Frame frame, List<Carrier> carriers, RowOrder order, long bound) {
        this.child = child;
        this.frame = frame;
        this.carriers = carriers;
        this.order = order;
        this.bound = bound;
        this.out = Batch.of(carriers, BatchSize.MAX);
        this.rows = new RowStore(carriers);
    }

    @Override
    void start() {
        rows.clear();
        filled = false;
        position = 0;
        child.open();
    }

    @Override
    Batch produce(int max) {
        if (!filled) {
            fill();
        }
        out.reset();
        int count = Math.min(Math.min(max, BatchSize.MAX), sorted.length - position);
        for (int i = 0; i < count; i++) {
            rows.share(sorted[position + i], out, 0, i);
        }
        position += count;
        out.selection().all(count);
        return out;
    }

    private void fill() {
        long keep = bound > 0 && bound < Integer.MAX_VALUE / 4 ? bound : Integer.MAX_VALUE;
        for (Batch batch = child.next(BatchSize.MAX); batch.count() > 0; batch = child.next(BatchSize.MAX)) {
            frame.checkCancelled();
            rows.append(batch);
            if (rows.size() > 2 * keep + 4096) {
                truncate((int) keep);
            }
        }
        child.close();
        sorted = order.sorted(rows, frame.context().cancel());
        if (sorted.length > keep) {
            sorted = java.util.Arrays.copyOf(sorted, (int) keep);
        }
        filled = true;
    }

    private void truncate(int keep) {
        int[] best = order.sorted(rows, frame.context().cancel());
        RowStore kept = new RowStore(carriers);
        Batch row = Batch.of(carriers, 1);
        for (int i = 0; i < keep; i++) {
            row.reset();
            rows.share(best[i], row, 0, 0);
            kept.append(row, 0);
        }
        rows = kept;
    }

    @Override
    public void close() {
        child.close();
        rows.clear();
        sorted = new int[0];
        position = 0;
    }
}
