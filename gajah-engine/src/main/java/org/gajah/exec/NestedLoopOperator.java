package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.plan.Plan.JoinKind;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** For each left row one run of the right side, which may depend on it through slots. */
final class NestedLoopOperator extends Operator {
    private final JoinKind kind;
    private final Operator left;
    private final Operator right;
    private final Frame frame;
    private final int[] slots;
    private final Kernel[] values;
    private final Optional<Kernel> condition;
    private final List<Carrier> leftCarriers;
    private final Batch out;
    private final Vector[] bound;
    private Batch pair = Vectors.nothing();
    private Batch leftBatch = Vectors.nothing();
    private Batch rightBatch = Vectors.nothing();
    private final PendingRows matches = new PendingRows();
    private final Selection portion = new Selection(Batch.MAX_ROWS);
    private int position;
    private boolean inRow;
    private boolean matched;

    NestedLoopOperator(JoinKind kind, Operator left, Operator right, Frame frame, int[] slots, Kernel[] values, Optional<Kernel> condition,
            List<Carrier> leftCarriers, List<Carrier> carriers) {
        this.kind = kind;
        this.left = left;
        this.right = right;
        this.frame = frame;
        this.slots = slots;
        this.values = values;
        this.condition = condition;
        this.leftCarriers = leftCarriers;
        this.out = Batch.of(carriers, BatchSize.MAX);
        this.bound = new Vector[values.length];
    }

    @Override
    void start() {
        left.open();
        leftBatch = Vectors.nothing();
        position = 0;
        inRow = false;
        matches.clear();
    }

    @Override
    Batch produce(int max) {
        int room = Math.min(max, BatchSize.MAX);
        out.reset();
        int count = 0;
        while (count < room) {
            if (!inRow && position == leftBatch.count()) {
                if (count > 0 || !nextLeft()) {
                    break;
                }
            }
            if (!inRow) {
                beginRow(leftBatch.selection().rows[position]);
            }
            count += continueRow(count, room - count);
        }
        out.selection().all(count);
        return out;
    }

    private boolean nextLeft() {
        frame.checkCancelled();
        leftBatch = left.next(BatchSize.MAX);
        position = 0;
        for (int i = 0; i < values.length && leftBatch.count() > 0; i++) {
            bound[i] = values[i].eval(leftBatch, leftBatch.selection());
        }
        return leftBatch.count() > 0;
    }

    private void beginRow(int row) {
        for (int i = 0; i < slots.length; i++) {
            frame.setSlot(slots[i], bound[i].get(row));
        }
        right.open();
        inRow = true;
        matched = false;
        matches.clear();
    }

    /** Appends results of the present left row; returns how many. */
    private int continueRow(int at, int room) {
        int row = leftBatch.selection().rows[position];
        while (matches.isEmpty()) {
            rightBatch = right.next(BatchSize.MAX);
            if (rightBatch.count() == 0) {
                return endRow(row, at);
            }
            match(row);
            if (!matches.isEmpty() && (kind == JoinKind.SEMI || kind == JoinKind.ANTI)) {
                matched = true;
                return endRow(row, at);
            }
        }
        matched = true;
        matches.take(Math.min(room, portion.rows.length), portion);
        for (int i = 0; i < portion.count(); i++) {
            emitLeft(row, at + i);
            for (int c = 0; c < rightBatch.columnCount(); c++) {
                out.column(leftCarriers.size() + c).copyFrom(rightBatch.column(c), portion.rows[i], at + i);
            }
        }
        return portion.count();
    }

    /** The right side has nothing more to say: gives the left row alone where the kind of join wants that. */
    private int endRow(int row, int at) {
        right.close();
        inRow = false;
        position++;
        matches.clear();
        boolean alone = switch (kind) {
            case INNER -> false;
            case LEFT, ANTI -> !matched;
            case SEMI -> matched;
            case RIGHT, FULL -> throw new IllegalStateException("no nested loop for " + kind);
        };
        if (!alone) {
            return 0;
        }
        emitLeft(row, at);
        for (int c = leftCarriers.size(); c < out.columnCount(); c++) {
            out.column(c).setNull(at);
        }
        return 1;
    }

    private void emitLeft(int row, int at) {
        for (int c = 0; c < leftCarriers.size(); c++) {
            Vectors.share(leftBatch.column(c), row, out.column(c), at);
        }
    }

    /** Finds the right rows that go with a left row. */
    private void match(int row) {
        Selection rows = rightBatch.selection();
        if (condition.isEmpty()) {
            matches.start(rows);
            return;
        }
        int capacity = rows.rows.length;
        int columns = leftCarriers.size() + rightBatch.columnCount();
        if (pair.columnCount() != columns || pair.selection().rows.length < capacity) {
            pair = new Batch(new Vector[columns], capacity);
            for (int c = 0; c < leftCarriers.size(); c++) {
                pair.setColumn(c, Vector.of(leftCarriers.get(c), capacity));
            }
        }
        for (int c = 0; c < leftCarriers.size(); c++) {
            Vector column = pair.column(c);
            column.reset();
            for (int i = 0; i < rows.count(); i++) {
                Vectors.share(leftBatch.column(c), row, column, rows.rows[i]);
            }
        }
        for (int c = 0; c < rightBatch.columnCount(); c++) {
            pair.setColumn(leftCarriers.size() + c, rightBatch.column(c));
        }
        pair.selection().copyFrom(rows);
        condition.get().select(pair, rows, pair.selection());
        matches.start(pair.selection());
    }

    @Override
    public void close() {
        left.close();
        right.close();
        inRow = false;
    }
}
