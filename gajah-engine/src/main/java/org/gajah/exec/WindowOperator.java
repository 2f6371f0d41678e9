package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Window functions: the child's rows, which come sorted, are kept by partition and given with the functions' values. */
final class WindowOperator extends Operator implements WindowFunction.Partition {
    private final Operator child;
    private final Frame frame;
    private final Kernel[] extras;
    private final WindowFunction[] functions;
    private final WindowFrame windowFrame;
    private final RowOrder partitionOrder;
    private final RowOrder peerOrder;
    private final Optional<Kernel> startOffset;
    private final Optional<Kernel> endOffset;
    private final boolean countedOffsets;
    private final int childColumns;
    private final RowStore rows;
    private final Batch out;
    private Batch extended = Vectors.nothing();
    private int[] groupOf = new int[16];
    private boolean filled;
    private int start;
    private int size;
    private int position;

    /** Everything that the operator needs to know of its plan. */
    record Shape(Kernel[] extras, WindowFunction[] functions, WindowFrame windowFrame, RowOrder partitionOrder, RowOrder peerOrder,
            Optional<Kernel> startOffset, Optional<Kernel> endOffset, boolean countedOffsets, List<Carrier> storedCarriers, int childColumns,
            List<Carrier> carriers, RowStore rows) {
    }

    WindowOperator(Operator child, Frame frame, Shape shape) {
        this.child = child;
        this.frame = frame;
        this.extras = shape.extras;
        this.functions = shape.functions;
        this.windowFrame = shape.windowFrame;
        this.partitionOrder = shape.partitionOrder;
        this.peerOrder = shape.peerOrder;
        this.startOffset = shape.startOffset;
        this.endOffset = shape.endOffset;
        this.countedOffsets = shape.countedOffsets;
        this.childColumns = shape.childColumns;
        this.rows = shape.rows;
        this.out = Batch.of(shape.carriers, BatchSize.MAX);
    }

    @Override
    void start() {
        rows.begin();
        filled = false;
        start = 0;
        size = 0;
        position = 0;
        child.open();
    }

    @Override
    public RowStore rows() {
        return rows;
    }

    @Override
    public int first() {
        return start;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public WindowFrame frame() {
        return windowFrame;
    }

    @Override
    Batch produce(int max) {
        if (!filled) {
            fill();
        }
        out.reset();
        int count = 0;
        int room = Math.min(max, BatchSize.MAX);
        while (count < room && (position < size || nextPartition())) {
            int at = start + position;
            for (int c = 0; c < childColumns; c++) {
                Vectors.share(rows.vector(at, c), rows.place(at), out.column(c), count);
            }
            windowFrame.at(position);
            for (int f = 0; f < functions.length; f++) {
                functions[f].value(position, out.column(childColumns + f), count);
            }
            position++;
            count++;
        }
        out.selection().all(count);
        return out;
    }

    private void fill() {
        for (Batch batch = child.next(BatchSize.MAX); batch.count() > 0; batch = child.next(BatchSize.MAX)) {
            frame.checkCancelled();
            Selection selection = batch.selection();
            if (extended.columnCount() == 0 || extended.selection().rows.length < selection.rows.length) {
                extended = new Batch(new Vector[childColumns + extras.length], selection.rows.length);
            }
            for (int c = 0; c < childColumns; c++) {
                extended.setColumn(c, batch.column(c));
            }
            for (int e = 0; e < extras.length; e++) {
                extended.setColumn(childColumns + e, extras[e].eval(batch, selection));
            }
            extended.selection().copyFrom(selection);
            rows.append(extended);
        }
        child.close();
        filled = true;
        if (countedOffsets) {
            windowFrame.offsets(offset(startOffset, "starting"), offset(endOffset, "ending"));
        }
    }

    private static long offset(Optional<Kernel> kernel, String which) {
        if (kernel.isEmpty()) {
            return 0;
        }
        Batch row = Vectors.oneRow();
        Object value = kernel.get().eval(row, row.selection()).get(0);
        if (value == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "frame " + which + " offset must not be null");
        }
        long offset = ((Number) value).longValue();
        if (offset < 0) {
            throw new SqlError(SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE, "frame " + which + " offset must not be negative");
        }
        return offset;
    }

    private boolean nextPartition() {
        frame.checkCancelled();
        start += size;
        position = 0;
        size = 0;
        if (start >= rows.size()) {
            return false;
        }
        int group = 0;
        for (int row = start; row < rows.size() && (row == start || partitionOrder.compare(rows, row - 1, rows, row) == 0); row++) {
            if (row > start && peerOrder.compare(rows, row - 1, rows, row) != 0) {
                group++;
            }
            if (size == groupOf.length) {
                groupOf = java.util.Arrays.copyOf(groupOf, size * 2);
            }
            groupOf[size++] = group;
        }
        windowFrame.partition(size, groupOf);
        for (WindowFunction function : functions) {
            function.partition(this);
        }
        return true;
    }

    @Override
    public void close() {
        child.close();
        rows.close();
    }
}
