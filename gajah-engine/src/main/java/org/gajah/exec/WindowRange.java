package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.plan.Plan;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/**
 * RANGE frames with offsets: whether a row's value lies within an offset of another's is asked of the type's in_range function.
 * A null's frame bound is its peers' edge.
 */
final class WindowRange implements WindowFrame.RangeOffset {
    private final RowStore rows;
    private final int column;
    private final boolean ascending;
    private final Optional<BoundFunction> startInRange;
    private final Optional<BoundFunction> endInRange;
    private final Optional<Kernel> start;
    private final Optional<Kernel> end;
    private WindowFunction.Partition partition;
    private Object startOffset;
    private Object endOffset;

    WindowRange(Plan.WindowAggregate plan, OperatorBuilder builder, RowStore rows, Optional<Kernel> start, Optional<Kernel> end) {
        this.rows = rows;
        this.column = plan.order().getFirst().column();
        this.ascending = plan.frame().inRangeAscending();
        this.start = start;
        this.end = end;
        int type = plan.child().columns().get(column).type();
        this.startInRange = plan.startOffset().map(offset -> function(plan.frame().startInRange(), type, offset.type(), builder));
        this.endInRange = plan.endOffset().map(offset -> function(plan.frame().endInRange(), type, offset.type(), builder));
    }

    private static BoundFunction function(int oid, int type, int offsetType, OperatorBuilder builder) {
        return BoundFunction.of(builder.context(), builder.context().proc(oid), List.of(type, type, offsetType, 16, 16), 16, 0, builder.frame());
    }

    /** A function that tells this one about partitions before it goes on. */
    WindowFunction before(WindowFunction function) {
        return new WindowFunction() {
            @Override
            public void partition(Partition next) {
                begin(next);
                function.partition(next);
            }

            @Override
            public void value(int row, Vector out, int target) {
                function.value(row, out, target);
            }
        };
    }

    private void begin(WindowFunction.Partition next) {
        partition = next;
        startOffset = offset(start, "starting");
        endOffset = offset(end, "ending");
    }

    private static Object offset(Optional<Kernel> kernel, String which) {
        if (kernel.isEmpty()) {
            return null;
        }
        Batch row = Vectors.oneRow();
        Object value = kernel.get().eval(row, row.selection()).get(0);
        if (value == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "frame " + which + " offset must not be null");
        }
        return value;
    }

    private Object value(int row) {
        return rows.get(partition.first() + row, column);
    }

    @Override
    public int first(int row, boolean preceding) {
        Object base = value(row);
        if (base == null) {
            return partition.frame().groupStart(row);
        }
        // In the window's order values grow away from the start: the first row that is at or beyond the bound.
        int low = 0;
        int high = partition.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (before(middle, base, startInRange.orElseThrow(), startOffset, preceding, true)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public int behind(int row, boolean preceding) {
        Object base = value(row);
        if (base == null) {
            return partition.frame().groupEnd(row);
        }
        int low = 0;
        int high = partition.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (before(middle, base, endInRange.orElseThrow(), endOffset, preceding, false)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether a row stands before the bound (or, for the frame's end, not behind it). */
    private boolean before(int row, Object base, BoundFunction inRange, Object offset, boolean preceding, boolean isStart) {
        Object value = value(row);
        if (value == null) {
            return nullsFirst();
        }
        boolean subtract = preceding == ascending;
        // in_range(value, base, offset, sub, less): value <= base -/+ offset if less, else value >= base -/+ offset.
        boolean less = isStart != ascending;
        boolean within = (Boolean) inRange.call(value, base, offset, subtract, less);
        return isStart != within;
    }

    private boolean nullsFirst() {
        return value(0) == null;
    }
}
