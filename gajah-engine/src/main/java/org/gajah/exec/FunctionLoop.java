package org.gajah.exec;

import java.util.Arrays;

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
 * A built-in function applied to a batch. {@link LoopSpinner} makes a subclass for each method; the static methods here are what
 * the spun code calls besides the function.
 */
abstract class FunctionLoop {
    /** Sets {@code out}, which is empty, at the given rows. */
    abstract void run(CallContext context, Vector[] args, Vector out, int[] rows, int count);

    static Boolean boxed(BoolVector v, int row) {
        return v.isNull(row) ? null : v.values[row];
    }

    static Integer boxed(IntVector v, int row) {
        return v.isNull(row) ? null : v.values[row];
    }

    static Long boxed(LongVector v, int row) {
        return v.isNull(row) ? null : v.values[row];
    }

    static Double boxed(DoubleVector v, int row) {
        return v.isNull(row) ? null : v.values[row];
    }

    static Slice boxed(BytesVector v, int row) {
        return v.isNull(row) ? null : v.slice(row);
    }

    static Object boxed(ObjectVector v, int row) {
        return v.isNull(row) ? null : v.values[row];
    }

    static Object any(Vector v, int row) {
        return Vectors.peek(v, row);
    }

    /** The arguments from {@code first} on, for a method that takes an array of them. */
    static Object[] rest(Vector[] args, int first, int row) {
        Object[] rest = new Object[args.length - first];
        Arrays.setAll(rest, i -> Vectors.peek(args[first + i], row));
        return rest;
    }

    static void store(BoolVector out, int row, Boolean value) {
        if (value == null) {
            out.setNull(row);
        } else {
            out.put(row, value);
        }
    }

    static void store(IntVector out, int row, Integer value) {
        if (value == null) {
            out.setNull(row);
        } else {
            out.put(row, value);
        }
    }

    static void store(LongVector out, int row, Long value) {
        if (value == null) {
            out.setNull(row);
        } else {
            out.put(row, value);
        }
    }

    static void store(DoubleVector out, int row, Double value) {
        if (value == null) {
            out.setNull(row);
        } else {
            out.put(row, value);
        }
    }

    static void store(BytesVector out, int row, Slice value) {
        if (value == null) {
            out.setNull(row);
        } else {
            out.point(row, value);
        }
    }

    static void store(ObjectVector out, int row, Object value) {
        if (value == null) {
            out.setNull(row);
        } else {
            out.put(row, value);
        }
    }

    static void storeAny(Vector out, int row, Object value) {
        Vectors.point(out, row, value);
    }
}
