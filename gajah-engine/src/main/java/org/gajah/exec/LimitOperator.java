package org.gajah.exec;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** LIMIT, OFFSET and FETCH FIRST ... WITH TIES. */
final class LimitOperator extends Operator {
    private final Operator child;
    private final Optional<Kernel> count;
    private final Optional<Kernel> offset;
    private final int[] ties;
    private final Ordered[] tieOrders;
    private final Object[] last;
    private long skip;
    private long left;
    private boolean tying;

    LimitOperator(Operator child, Optional<Kernel> count, Optional<Kernel> offset, int[] ties, Ordered[] tieOrders) {
        this.child = child;
        this.count = count;
        this.offset = offset;
        this.ties = ties;
        this.tieOrders = tieOrders;
        this.last = new Object[ties.length];
    }

    @Override
    void start() {
        skip = Math.max(0, value(offset, 0));
        if (offset.isPresent() && value(offset, 0) < 0) {
            throw new SqlError(SqlState.INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE, "OFFSET must not be negative");
        }
        left = value(count, Long.MAX_VALUE);
        if (left < 0) {
            throw new SqlError(SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE, "LIMIT must not be negative");
        }
        tying = false;
        child.open();
    }

    private static long value(Optional<Kernel> kernel, long absent) {
        if (kernel.isEmpty()) {
            return absent;
        }
        Batch row = Vectors.oneRow();
        Object value = kernel.get().eval(row, row.selection()).get(0);
        return value == null ? absent : ((Number) value).longValue();
    }

    @Override
    Batch produce(int max) {
        while (skip > 0 && left > 0) {
            Batch batch = child.next((int) Math.min(skip, BatchSize.MAX));
            if (batch.count() == 0) {
                return batch;
            }
            skip -= batch.count();
        }
        if (tying) {
            return ties(max);
        }
        if (left <= 0) {
            return Vectors.nothing();
        }
        Batch batch = child.next((int) Math.min(max, left));
        left -= batch.count();
        if (left == 0 && ties.length > 0) {
            remember(batch);
            tying = true;
        }
        return batch;
    }

    private void remember(Batch batch) {
        int row = batch.selection().rows[batch.count() - 1];
        for (int i = 0; i < ties.length; i++) {
            last[i] = batch.column(ties[i]).get(row);
        }
    }

    private Batch ties(int max) {
        if (left < 0) {
            return Vectors.nothing();
        }
        Batch batch = child.next(max);
        Selection rows = batch.selection();
        for (int i = 0; i < rows.count(); i++) {
            if (!isTie(batch, rows.rows[i])) {
                rows.setCount(i);
                left = -1;
            }
        }
        return batch;
    }

    private boolean isTie(Batch batch, int row) {
        for (int i = 0; i < ties.length; i++) {
            Vector column = batch.column(ties[i]);
            if (last[i] == null || column.isNull(row)) {
                if (last[i] != null || !column.isNull(row)) {
                    return false;
                }
                continue;
            }
            Vector one = Vector.of(column.carrier(), 1);
            one.set(0, last[i]);
            if (tieOrders[i].compare(one, 0, column, row) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        child.close();
    }
}
