package org.gajah.exec;

import java.util.Arrays;
import java.util.List;

import org.gajah.plan.Plan.SetOperation.Kind;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** INTERSECT and EXCEPT, by counting how often each row comes on either side. */
final class SetOperationOperator extends Operator {
    private final Kind kind;
    private final boolean all;
    private final Operator left;
    private final Operator right;
    private final Frame frame;
    private final KeyTable table;
    private final Vector[] values;
    private final Batch out;
    private int[] leftCounts = new int[16];
    private int[] rightCounts = new int[16];
    private boolean counted;
    private int key;
    private long repeats;

    SetOperationOperator(Kind kind, boolean all, Operator left, Operator right, Frame frame, KeyTable table, List<Carrier> carriers) {
        this.kind = kind;
        this.all = all;
        this.left = left;
        this.right = right;
        this.frame = frame;
        this.table = table;
        this.values = new Vector[carriers.size()];
        this.out = Batch.of(carriers, BatchSize.MAX);
    }

    @Override
    void start() {
        table.clear();
        Arrays.fill(leftCounts, 0);
        Arrays.fill(rightCounts, 0);
        counted = false;
        left.open();
        right.open();
    }

    private void count(Operator side, boolean isLeft) {
        for (Batch batch = side.next(BatchSize.MAX); batch.count() > 0; batch = side.next(BatchSize.MAX)) {
            frame.checkCancelled();
            Selection rows = batch.selection();
            for (int c = 0; c < values.length; c++) {
                values[c] = batch.column(c);
            }
            table.hash(values, rows);
            for (int i = 0; i < rows.count(); i++) {
                int found = isLeft ? table.findOrAdd(values, rows.rows[i]) : table.find(values, rows.rows[i]);
                if (found >= 0) {
                    increment(found, isLeft);
                }
            }
        }
        side.close();
    }

    private void increment(int found, boolean isLeft) {
        if (found >= leftCounts.length) {
            leftCounts = Arrays.copyOf(leftCounts, found * 2);
            rightCounts = Arrays.copyOf(rightCounts, found * 2);
        }
        if (isLeft) {
            leftCounts[found]++;
        } else {
            rightCounts[found]++;
        }
    }

    /** How often a row comes in the result. */
    private int times(int row) {
        int l = leftCounts[row];
        int r = rightCounts[row];
        return switch (kind) {
            case INTERSECT -> all ? Math.min(l, r) : r > 0 ? 1 : 0;
            case EXCEPT -> all ? Math.max(0, l - r) : r == 0 ? 1 : 0;
        };
    }

    @Override
    Batch produce(int max) {
        if (!counted) {
            count(left, true);
            count(right, false);
            counted = true;
            key = 0;
            repeats = table.size() > 0 ? times(0) : 0;
        }
        out.reset();
        int count = 0;
        while (count < Math.min(max, BatchSize.MAX) && key < table.size()) {
            if (repeats > 0) {
                repeats--;
                table.keys().share(key, out, 0, count++);
            } else if (++key < table.size()) {
                repeats = times(key);
            }
        }
        out.selection().all(count);
        return out;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        table.clear();
    }
}
