package org.gajah.exec;

import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * One expression, ready to be evaluated over batches. The result belongs to the kernel (or, for a column, to the batch) and
 * holds until the kernel is evaluated again; it is defined at the selected rows only.
 */
abstract class Kernel {
    private final Carrier carrier;
    private Vector out;

    Kernel(Carrier carrier) {
        this.carrier = carrier;
    }

    final Carrier carrier() {
        return carrier;
    }

    /** The values at {@code rows}. */
    abstract Vector eval(Batch in, Selection rows);

    /** For a condition: copies to {@code out}, which may be {@code rows}, the rows for which it is true. */
    void select(Batch in, Selection rows, Selection out) {
        BoolVector result = (BoolVector) eval(in, rows);
        int count = rows.count();
        int kept = 0;
        int[] from = rows.rows;
        int[] to = out.rows;
        boolean[] values = result.values;
        if (result.mayHaveNulls()) {
            for (int i = 0; i < count; i++) {
                int row = from[i];
                if (!result.isNull(row) && values[row]) {
                    to[kept++] = row;
                }
            }
        } else {
            for (int i = 0; i < count; i++) {
                int row = from[i];
                if (values[row]) {
                    to[kept++] = row;
                }
            }
        }
        out.setCount(kept);
    }

    /** The kernel's own vector, empty, with room for the batch's rows. */
    final Vector result(Batch in) {
        int capacity = in.selection().rows.length;
        if (out == null || out.capacity() < capacity) {
            out = Vector.of(carrier, capacity);
        } else {
            out.reset();
        }
        return out;
    }

    /** As {@link #result}, for kernels of carrier BOOL. */
    final BoolVector boolResult(Batch in) {
        return (BoolVector) result(in);
    }

    /** {@code scratch}, or a new selection if that is too small for the batch. */
    static Selection scratch(Selection scratch, Batch in) {
        int capacity = in.selection().rows.length;
        return scratch.rows.length < capacity ? new Selection(capacity) : scratch;
    }
}
