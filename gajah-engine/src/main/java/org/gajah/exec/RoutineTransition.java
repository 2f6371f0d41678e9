package org.gajah.exec;

import org.gajah.func.CallContext;
import org.gajah.vector.Vector;

/** A transition function that is not built in: called with boxed values, row by row. */
final class RoutineTransition extends TransitionLoop {
    private final BoundFunction function;

    RoutineTransition(BoundFunction function) {
        this.function = function;
    }

    @Override
    void run(CallContext context, Vector state, Vector[] args, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int group = groups[row];
            Object[] values = new Object[args.length + 1];
            for (int a = 0; a < args.length; a++) {
                values[a + 1] = args[a].get(row);
            }
            if (function.strict()) {
                boolean missing = false;
                for (int a = 1; a < values.length; a++) {
                    missing |= values[a] == null;
                }
                if (missing) {
                    continue;
                }
                if (state.isNull(group)) {
                    adopt(state, group, args, row);
                    continue;
                }
            }
            values[0] = state.get(group);
            state.set(group, function.call(values));
        }
    }
}
