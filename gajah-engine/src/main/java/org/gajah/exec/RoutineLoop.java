package org.gajah.exec;

import org.gajah.func.CallContext;
import org.gajah.vector.Vector;

/** A {@link Routine} in the place of a built-in function, row by row: for what calls functions behind operators. */
final class RoutineLoop extends FunctionLoop {
    private final RoutineCall function;
    private final Frame frame;

    RoutineLoop(RoutineCall function, Frame frame) {
        this.function = function;
        this.frame = frame;
    }

    @Override
    void run(CallContext context, Vector[] args, Vector out, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            frame.checkCancelled();
            Object[] boxed = new Object[args.length];
            for (int k = 0; k < boxed.length; k++) {
                boxed[k] = args[k].get(rows[i]);
            }
            Vectors.point(out, rows[i], function.call(boxed));
        }
    }
}
