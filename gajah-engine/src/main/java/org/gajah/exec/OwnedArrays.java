package org.gajah.exec;

import java.util.Arrays;

import org.gajah.base.Slice;
import org.gajah.func.ArrayFunctions;
import org.gajah.func.CallContext;
import org.gajah.type.ArrayValue;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/**
 * Arrays that change in place, element by element, as long as nobody but one variable has them: what generated code does with
 * {@code a[i] := x} and {@code a := a || x}. Whoever says that an array is owned has got it from here and given it to nobody.
 */
public final class OwnedArrays {
    private static final int MIN_ROOM = 8;

    private OwnedArrays() {
    }

    /** The array with one element replaced, or added. */
    public static Object put(Object array, boolean owned, Object subscript, Object value, int elementType, Object carrier) {
        if (!(array instanceof ArrayValue a) || a.dimensions() != 1 || subscript == null) {
            return ArrayKernels.assign((ArrayValue) array, elementType, (Carrier) carrier, new Object[] {subscript}, value);
        }
        int count = a.lengths()[0];
        long offset = (long) (Integer) subscript - a.lowerBounds()[0];
        if (offset < 0 || offset > count || offset == count && (Integer) subscript == Integer.MAX_VALUE) {
            return ArrayKernels.assign(a, elementType, (Carrier) carrier, new Object[] {subscript}, value);
        }
        boolean fits = offset < a.elements().capacity();
        Vector elements = owned && fits ? a.elements() : copied(a, offset == count);
        set(elements, (int) offset, value);
        return offset < count ? elements == a.elements() ? a : new ArrayValue(a.elementType(), a.lengths(), a.lowerBounds(), elements)
                : new ArrayValue(a.elementType(), new int[] {count + 1}, a.lowerBounds(), elements);
    }

    /** The array with one element more at its end; the context is that of {@code array_append}. */
    public static Object append(Object array, boolean owned, Object value, Object context) {
        if (array instanceof ArrayValue a && a.dimensions() == 1) {
            long subscript = (long) a.lowerBounds()[0] + a.lengths()[0];
            if (subscript < Integer.MAX_VALUE && a.lengths()[0] < ArrayKernels.MAX_SIZE) {
                return put(a, owned, (int) subscript, value, a.elementType(), a.elements().carrier());
            }
        }
        return ArrayFunctions.array_append((CallContext) context, (ArrayValue) array, value);
    }

    private static Vector copied(ArrayValue a, boolean grows) {
        int count = a.lengths()[0];
        int room = grows ? (int) Math.min(ArrayKernels.MAX_SIZE, Math.max(MIN_ROOM, count + (count >> 1) + 1L)) : count;
        ArrayKernels.requireSize(grows ? count + 1L : count);
        Vector made = Vector.of(a.elements().carrier(), room);
        for (int i = 0; i < count; i++) {
            made.copyFrom(a.elements(), i, i);
        }
        return made;
    }

    /** Bytes are pointed at: written again and again into the vector's heap they would fill it. */
    private static void set(Vector elements, int at, Object value) {
        if (elements instanceof BytesVector bytes && value instanceof Slice slice) {
            bytes.point(at, Slice.of(Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length())));
        } else {
            elements.set(at, value);
        }
    }
}
