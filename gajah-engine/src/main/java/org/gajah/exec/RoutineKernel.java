package org.gajah.exec;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** A call of a {@link Routine}, row by row. */
final class RoutineKernel extends Kernel {
    private final Kernel[] args;
    private final RoutineCall function;
    private final Frame frame;

    RoutineKernel(Carrier carrier, Kernel[] args, RoutineCall function, Frame frame) {
        super(carrier);
        this.args = args;
        this.function = function;
        this.frame = frame;
    }

    @Override
    Vector eval(Batch in, Selection rows) {
        Vector[] values = new Vector[args.length];
        for (int i = 0; i < args.length; i++) {
            values[i] = args[i].eval(in, rows);
        }
        Vector out = result(in);
        frame.checkCancelled();
        if (rows.count() == 0 || function.callEach(values, out, rows)) {
            return out;
        }
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            Object[] boxed = new Object[args.length];
            for (int k = 0; k < boxed.length; k++) {
                boxed[k] = values[k].get(row);
            }
            frame.checkCancelled();
            Vectors.point(out, row, function.call(boxed));
        }
        return out;
    }
}
