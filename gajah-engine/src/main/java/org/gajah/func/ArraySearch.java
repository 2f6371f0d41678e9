package org.gajah.func;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.Oids;
import org.gajah.type.Ordered;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/** Comparison of arrays, and what is in them. */
public final class ArraySearch {
    private ArraySearch() {
    }

    private static SqlError noEquality(CallContext context, int type) {
        return new SqlError(SqlState.UNDEFINED_FUNCTION,
                "could not identify an equality operator for type " + context.types().names().typeName(type, -1));
    }

    static Ordered ordered(CallContext context, int type) {
        if (context.types().codec(type) instanceof Ordered o) {
            return o;
        }
        throw noEquality(context, type);
    }

    private static int compare(CallContext context, ArrayValue a, ArrayValue b) {
        if (a.elementType() != b.elementType()) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot compare arrays of different element types");
        }
        TypeCodec element = context.types().codec(a.elementType());
        if (!(element instanceof Ordered)) {
            throw new SqlError(SqlState.UNDEFINED_FUNCTION, "could not identify a comparison function for type "
                    + context.types().names().typeName(a.elementType(), -1));
        }
        return new ArrayCodec(a.elementType(), element, ',').compare(a, b);
    }

    public static int btarraycmp(CallContext context, ArrayValue a, ArrayValue b) {
        return compare(context, a, b);
    }

    public static boolean array_eq(CallContext context, ArrayValue a, ArrayValue b) {
        if (a.elementType() == b.elementType()) {
            ordered(context, a.elementType());
            if (!Arrays.equals(a.lengths(), b.lengths())) {
                return false;
            }
        }
        return compare(context, a, b) == 0;
    }

    public static boolean array_ne(CallContext context, ArrayValue a, ArrayValue b) {
        return !array_eq(context, a, b);
    }

    public static boolean array_lt(CallContext context, ArrayValue a, ArrayValue b) {
        return compare(context, a, b) < 0;
    }

    public static boolean array_le(CallContext context, ArrayValue a, ArrayValue b) {
        return compare(context, a, b) <= 0;
    }

    public static boolean array_gt(CallContext context, ArrayValue a, ArrayValue b) {
        return compare(context, a, b) > 0;
    }

    public static boolean array_ge(CallContext context, ArrayValue a, ArrayValue b) {
        return compare(context, a, b) >= 0;
    }

    public static ArrayValue array_larger(CallContext context, ArrayValue a, ArrayValue b) {
        return compare(context, a, b) > 0 ? a : b;
    }

    public static ArrayValue array_smaller(CallContext context, ArrayValue a, ArrayValue b) {
        return compare(context, a, b) < 0 ? a : b;
    }

    private static boolean contains(CallContext context, ArrayValue all, ArrayValue some, boolean any) {
        Ordered order = ordered(context, all.elementType());
        for (int i = 0; i < some.count(); i++) {
            boolean found = false;
            for (int k = 0; !some.elements().isNull(i) && !found && k < all.count(); k++) {
                found = !all.elements().isNull(k) && order.compare(some.elements(), i, all.elements(), k) == 0;
            }
            if (found == any) {
                return any;
            }
            context.checkCancelled();
        }
        return !any;
    }

    public static boolean arraycontains(CallContext context, ArrayValue a, ArrayValue b) {
        return contains(context, a, b, false);
    }

    public static boolean arraycontained(CallContext context, ArrayValue a, ArrayValue b) {
        return contains(context, b, a, false);
    }

    public static boolean arrayoverlap(CallContext context, ArrayValue a, ArrayValue b) {
        return contains(context, b, a, true);
    }

    private static boolean same(Ordered order, Vector values, int row, Vector wanted) {
        boolean isNull = values.isNull(row);
        return isNull || wanted.isNull(0) ? isNull && wanted.isNull(0) : order.compare(values, row, wanted, 0) == 0;
    }

    private static void oneDimension(ArrayValue a, String what) {
        if (a.dimensions() > 1) {
            throw SqlError.notSupported(what);
        }
    }

    private static Integer position(CallContext context, ArrayValue a, Object element, int start) {
        oneDimension(a, "searching for elements in multidimensional arrays is not supported");
        if (a.count() == 0) {
            return null;
        }
        Ordered order = ordered(context, a.elementType());
        Vector wanted = Datum.vector(context.types().codec(a.elementType()), element);
        int lower = a.lowerBounds()[0];
        for (int i = Math.max(0, start - lower); i < a.count(); i++) {
            if (same(order, a.elements(), i, wanted)) {
                return lower + i;
            }
        }
        return null;
    }

    public static Integer array_position(CallContext context, ArrayValue a, Object element) {
        return a == null ? null : position(context, a, element, Integer.MIN_VALUE / 2);
    }

    public static Integer array_position_start(CallContext context, ArrayValue a, Object element, Integer start) {
        if (a == null) {
            return null;
        }
        oneDimension(a, "searching for elements in multidimensional arrays is not supported");
        if (start == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "initial position must not be null");
        }
        return position(context, a, element, start);
    }

    public static ArrayValue array_positions(CallContext context, ArrayValue a, Object element) {
        if (a == null) {
            return null;
        }
        oneDimension(a, "searching for elements in multidimensional arrays is not supported");
        List<Integer> found = new ArrayList<>();
        if (a.count() > 0) {
            Ordered order = ordered(context, a.elementType());
            Vector wanted = Datum.vector(context.types().codec(a.elementType()), element);
            for (int i = 0; i < a.count(); i++) {
                if (same(order, a.elements(), i, wanted)) {
                    found.add(a.lowerBounds()[0] + i);
                }
            }
        }
        return ArrayFunctions.of(context, Oids.INT4, found);
    }

    public static ArrayValue array_remove(CallContext context, ArrayValue a, Object element) {
        if (a == null) {
            return null;
        }
        oneDimension(a, "removing elements from multidimensional arrays is not supported");
        Ordered order = ordered(context, a.elementType());
        Vector wanted = Datum.vector(context.types().codec(a.elementType()), element);
        Vector kept = ArrayFunctions.elements(context, a.elementType(), a.count());
        int count = 0;
        for (int i = 0; i < a.count(); i++) {
            if (!same(order, a.elements(), i, wanted)) {
                kept.copyFrom(a.elements(), i, count++);
            }
        }
        return count == a.count() ? a : count == 0 ? ArrayValue.of(a.elementType(), kept, 0)
                : new ArrayValue(a.elementType(), new int[] {count}, a.lowerBounds(), kept);
    }

    public static ArrayValue array_replace(CallContext context, ArrayValue a, Object from, Object to) {
        if (a == null) {
            return null;
        }
        Ordered order = ordered(context, a.elementType());
        Vector wanted = Datum.vector(context.types().codec(a.elementType()), from);
        Vector result = ArrayFunctions.elements(context, a.elementType(), a.count());
        for (int i = 0; i < a.count(); i++) {
            if (same(order, a.elements(), i, wanted)) {
                result.set(i, to);
            } else {
                result.copyFrom(a.elements(), i, i);
            }
        }
        return new ArrayValue(a.elementType(), a.lengths(), a.lowerBounds(), result);
    }

    /** Compares two elements, or two sub-arrays; inside sub-arrays nulls come last, as in array comparison. */
    private static int compareRows(Vector v, Ordered order, int x, int y, int width, boolean descending, boolean nullsFirst) {
        for (int i = 0; i < width; i++) {
            boolean nullX = v.isNull(x + i);
            boolean nullY = v.isNull(y + i);
            int c = nullX || nullY ? Boolean.compare(nullX, nullY) : order.compare(v, x + i, v, y + i);
            if (c != 0) {
                return width == 1 && (nullX || nullY) ? nullX == nullsFirst ? -1 : 1 : descending ? -c : c;
            }
        }
        return 0;
    }

    private static ArrayValue sort(CallContext context, ArrayValue a, boolean descending, boolean nullsFirst) {
        if (a.dimensions() == 0 || a.lengths()[0] < 2) {
            return a;
        }
        Ordered order = ordered(context, a.elementType());
        Vector v = a.elements();
        Integer[] rows = new Integer[a.lengths()[0]];
        int width = a.count() / rows.length;
        Arrays.setAll(rows, i -> i);
        Arrays.sort(rows, (x, y) -> compareRows(v, order, x * width, y * width, width, descending, nullsFirst));
        Vector sorted = ArrayFunctions.elements(context, a.elementType(), a.count());
        for (int i = 0; i < rows.length; i++) {
            ArrayFunctions.copy(context, a, rows[i] * width, width, sorted, i * width);
        }
        return new ArrayValue(a.elementType(), a.lengths(), a.lowerBounds(), sorted);
    }

    public static ArrayValue array_sort(CallContext context, ArrayValue a) {
        return sort(context, a, false, false);
    }

    public static ArrayValue array_sort_order(CallContext context, ArrayValue a, boolean descending) {
        return sort(context, a, descending, descending);
    }

    public static ArrayValue array_sort_order_nulls_first(CallContext context, ArrayValue a, boolean descending,
            boolean nullsFirst) {
        return sort(context, a, descending, nullsFirst);
    }

    public static int width_bucket_array(CallContext context, Object operand, ArrayValue thresholds) {
        if (thresholds.dimensions() > 1) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "thresholds must be one-dimensional array");
        }
        TypeCodec codec = context.types().codec(thresholds.elementType());
        Ordered order = ordered(context, thresholds.elementType());
        Vector wanted = Datum.vector(codec, operand);
        int low = 0;
        int high = thresholds.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (thresholds.elements().isNull(middle)) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "thresholds array must not contain NULLs");
            }
            if (order.compare(wanted, 0, thresholds.elements(), middle) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    public static Slice oidvectortypes(CallContext context, ArrayValue types) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < types.count(); i++) {
            b.append(i == 0 ? "" : ", ")
                    .append(context.types().names().typeName((Integer) types.elements().get(i), -1));
        }
        return Slice.of(b.toString());
    }

    private static int compareVectors(ArrayValue a, ArrayValue b) {
        if (a.count() != b.count()) {
            return Integer.compare(a.count(), b.count());
        }
        for (int i = 0; i < a.count(); i++) {
            int c = Integer.compareUnsigned((Integer) a.elements().get(i), (Integer) b.elements().get(i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    public static int btoidvectorcmp(ArrayValue a, ArrayValue b) {
        return compareVectors(a, b);
    }

    public static boolean oidvectoreq(ArrayValue a, ArrayValue b) {
        return compareVectors(a, b) == 0;
    }

    public static boolean oidvectorne(ArrayValue a, ArrayValue b) {
        return compareVectors(a, b) != 0;
    }

    public static boolean oidvectorlt(ArrayValue a, ArrayValue b) {
        return compareVectors(a, b) < 0;
    }

    public static boolean oidvectorle(ArrayValue a, ArrayValue b) {
        return compareVectors(a, b) <= 0;
    }

    public static boolean oidvectorgt(ArrayValue a, ArrayValue b) {
        return compareVectors(a, b) > 0;
    }

    public static boolean oidvectorge(ArrayValue a, ArrayValue b) {
        return compareVectors(a, b) >= 0;
    }
}
