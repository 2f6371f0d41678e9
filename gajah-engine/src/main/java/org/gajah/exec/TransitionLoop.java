package org.gajah.exec;

import org.gajah.base.Slice;
import org.gajah.func.CallContext;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/**
 * An aggregate's transition function applied to a batch: for each row the state of its group becomes the function's result.
 * {@link LoopSpinner} makes a subclass for each method. States outlive batches, so bytes are copied into them.
 */
abstract class TransitionLoop {
    /** Goes through the given rows; {@code groups[row]} is the index of a row's state. */
    abstract void run(CallContext context, Vector state, Vector[] args, int[] rows, int[] groups, int count);

    /** What a strict function's group without a state does with its first value: takes it as the state. */
    static void adopt(Vector state, int group, Vector[] args, int row) {
        state.copyFrom(args[0], row, group);
    }

    /** A value that a state may keep. */
    static Object any(Vector v, int row) {
        return v.get(row);
    }

    /** Bytes that a state may keep. */
    static Slice kept(BytesVector v, int row) {
        return (Slice) v.get(row);
    }

    static Object[] rest(Vector[] args, int first, int row) {
        Object[] rest = new Object[args.length - first];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = args[first + i].get(row);
        }
        return rest;
    }

    static void store(BoolVector state, int group, Boolean value) {
        FunctionLoop.store(state, group, value);
    }

    static void store(IntVector state, int group, Integer value) {
        FunctionLoop.store(state, group, value);
    }

    static void store(LongVector state, int group, Long value) {
        FunctionLoop.store(state, group, value);
    }

    static void store(DoubleVector state, int group, Double value) {
        FunctionLoop.store(state, group, value);
    }

    static void store(BytesVector state, int group, Slice value) {
        if (value == null) {
            state.setNull(group);
        } else if (state.isNull(group) || value.array() != state.arrays[group] || value.offset() != state.offsets[group]
                || value.length() != state.lengths[group]) {
            state.put(group, value);
        }
    }

    static void store(ObjectVector state, int group, Object value) {
        FunctionLoop.store(state, group, value);
    }

    static void storeAny(Vector state, int group, Object value) {
        state.set(group, value);
    }
}
