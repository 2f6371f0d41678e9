package org.gajah.func;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.Errors;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.BytesVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.Vector;

/** Shape, growth and contents of arrays. */
public final class ArrayFunctions {
    private ArrayFunctions() {
    }

    static TypeCodec codec(CallContext context, ArrayValue array) {
        return context.types().codec(array.elementType());
    }

    /** A vector of fresh rows for elements of {@code type}. */
    static Vector elements(CallContext context, int type, int count) {
        return Vector.of(context.types().codec(type).carrier(), Math.max(1, count));
    }

    /** A one-dimensional array of boxed values. */
    static ArrayValue of(CallContext context, int elementType, java.util.List<?> values) {
        Vector v = elements(context, elementType, values.size());
        for (int i = 0; i < values.size(); i++) {
            v.set(i, values.get(i));
        }
        return ArrayValue.of(elementType, v, values.size());
    }

    /** text[] of slices, null for NULL. */
    static ArrayValue texts(java.util.List<Slice> values) {
        BytesVector v = new BytesVector(Math.max(1, values.size()));
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                v.setNull(i);
            } else {
                v.point(i, values.get(i));
            }
        }
        return ArrayValue.of(Oids.TEXT, v, values.size());
    }

    /** An element as a text slice, or null. */
    static Slice text(ArrayValue array, int index) {
        return (Slice) Datum.at(array.elements(), index);
    }

    public static Integer array_ndims(ArrayValue a) {
        return a.dimensions() == 0 ? null : Integer.valueOf(a.dimensions());
    }

    public static Slice array_dims(ArrayValue a) {
        if (a.dimensions() == 0) {
            return null;
        }
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < a.dimensions(); i++) {
            b.append('[').append(a.lowerBounds()[i]).append(':').append(a.lowerBounds()[i] + a.lengths()[i] - 1).append(']');
        }
        return Slice.of(b.toString());
    }

    public static int array_cardinality(ArrayValue a) {
        return a.count();
    }

    private static boolean has(ArrayValue a, int dimension) {
        return dimension >= 1 && dimension <= a.dimensions();
    }

    public static Integer array_length(ArrayValue a, int dimension) {
        return has(a, dimension) ? Integer.valueOf(a.lengths()[dimension - 1]) : null;
    }

    public static Integer array_lower(ArrayValue a, int dimension) {
        return has(a, dimension) ? Integer.valueOf(a.lowerBounds()[dimension - 1]) : null;
    }

    public static Integer array_upper(ArrayValue a, int dimension) {
        return has(a, dimension) ? Integer.valueOf(a.lowerBounds()[dimension - 1] + a.lengths()[dimension - 1] - 1) : null;
    }

    /** Copies elements of one array behind one another. */
    static Vector copy(CallContext context, ArrayValue a, int from, int count, Vector target, int at) {
        for (int i = 0; i < count; i++) {
            target.copyFrom(a.elements(), from + i, at + i);
        }
        context.checkCancelled();
        return target;
    }

    private static int grown(int count) {
        if (count >= ArrayCodec.MAX_ELEMENTS) {
            throw ArrayCodec.tooLarge();
        }
        return count + 1;
    }

    private static int elementType(CallContext context) {
        return context.types().codec(context.resultType()) instanceof ArrayCodec c ? c.elementType() : 0;
    }

    public static ArrayValue array_append(CallContext context, ArrayValue a, Object element) {
        if (a == null || a.dimensions() == 0) {
            return single(context, a == null ? elementOr(context, 1) : a.elementType(), element);
        }
        oneDimension(a);
        int lower = a.lowerBounds()[0];
        if ((long) lower + a.count() > Integer.MAX_VALUE) {
            throw Errors.outOfRange("integer");
        }
        Vector v = elements(context, a.elementType(), grown(a.count()));
        copy(context, a, 0, a.count(), v, 0).set(a.count(), element);
        return new ArrayValue(a.elementType(), new int[] {a.count() + 1}, new int[] {lower}, v);
    }

    public static ArrayValue array_prepend(CallContext context, Object element, ArrayValue a) {
        if (a == null || a.dimensions() == 0) {
            return single(context, a == null ? elementOr(context, 0) : a.elementType(), element);
        }
        oneDimension(a);
        int lower = a.lowerBounds()[0];
        Vector v = elements(context, a.elementType(), grown(a.count()));
        v.set(0, element);
        copy(context, a, 0, a.count(), v, 1);
        return new ArrayValue(a.elementType(), new int[] {a.count() + 1}, new int[] {lower}, v);
    }

    private static int elementOr(CallContext context, int argument) {
        int element = elementType(context);
        return element != 0 ? element : context.argumentType(argument);
    }

    private static ArrayValue single(CallContext context, int type, Object element) {
        Vector v = elements(context, type, 1);
        v.set(0, element);
        return ArrayValue.of(type, v, 1);
    }

    private static void oneDimension(ArrayValue a) {
        if (a.dimensions() > 1) {
            throw new SqlError(SqlState.DATA_EXCEPTION, "argument must be empty or one-dimensional array");
        }
    }

    public static ArrayValue array_cat(CallContext context, ArrayValue a, ArrayValue b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        if (a.dimensions() == 0 || b.dimensions() == 0) {
            return a.dimensions() == 0 ? b : a;
        }
        int gap = a.dimensions() - b.dimensions();
        if (Math.abs(gap) > 1) {
            throw incompatible().detail("Arrays of " + a.dimensions() + " and " + b.dimensions()
                    + " dimensions are not compatible for concatenation.");
        }
        ArrayValue shape = gap >= 0 ? a : b;
        int[] lengths = shape.lengths().clone();
        int[] inner = Arrays.copyOfRange(a.lengths(), gap < 0 ? 0 : 1, a.dimensions());
        int[] otherInner = Arrays.copyOfRange(b.lengths(), gap > 0 ? 0 : 1, b.dimensions());
        if (!Arrays.equals(inner, otherInner)) {
            throw incompatible().detail(gap == 0 ? "Arrays with differing element dimensions are not compatible for concatenation."
                    : "Arrays with differing dimensions are not compatible for concatenation.");
        }
        lengths[0] = (gap < 0 ? 1 : a.lengths()[0]) + (gap > 0 ? 1 : b.lengths()[0]);
        long count = (long) a.count() + b.count();
        if (count > ArrayCodec.MAX_ELEMENTS) {
            throw ArrayCodec.tooLarge();
        }
        Vector v = elements(context, a.elementType(), (int) count);
        copy(context, a, 0, a.count(), v, 0);
        copy(context, b, 0, b.count(), v, a.count());
        return new ArrayValue(a.elementType(), lengths, shape.lowerBounds().clone(), v);
    }

    private static SqlError incompatible() {
        return new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "cannot concatenate incompatible arrays");
    }

    private static void noNulls(ArrayValue a) {
        for (int i = 0; i < a.count(); i++) {
            if (a.elements().isNull(i)) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "dimension values cannot be null");
            }
        }
    }

    private static ArrayValue fill(CallContext context, Object value, ArrayValue lengths, ArrayValue bounds) {
        if (lengths == null || bounds == null && context.argumentCount() > 2) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "dimension array or low bound array cannot be null");
        }
        if (lengths.dimensions() > 1) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts")
                    .detail("Dimension array must be one dimensional.");
        }
        noNulls(lengths);
        if (bounds != null && bounds.dimensions() > 1) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts")
                    .detail("Dimension array must be one dimensional.");
        }
        int n = lengths.count();
        if (n > ArrayCodec.MAX_DIMENSIONS) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "number of array dimensions (" + n
                    + ") exceeds the maximum allowed (" + ArrayCodec.MAX_DIMENSIONS + ")");
        }
        if (bounds != null) {
            noNulls(bounds);
        }
        if (bounds != null && bounds.count() != n) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts")
                    .detail("Low bound array has different size than dimensions array.");
        }
        int[] shape = new int[n];
        int[] lower = new int[n];
        long count = n == 0 ? 0 : 1;
        for (int i = 0; i < n; i++) {
            shape[i] = ((IntVector) lengths.elements()).values[i];
            lower[i] = bounds == null ? 1 : ((IntVector) bounds.elements()).values[i];
            count *= shape[i];
            if (shape[i] < 0 || count > ArrayCodec.MAX_ELEMENTS) {
                throw ArrayCodec.tooLarge();
            }
        }
        int type = elementOr(context, 0);
        Vector v = elements(context, type, (int) count);
        for (int i = 0; i < count; i++) {
            v.set(i, value);
        }
        return count == 0 ? ArrayValue.of(type, v, 0) : new ArrayValue(type, shape, lower, v);
    }

    public static ArrayValue array_fill(CallContext context, Object value, ArrayValue lengths) {
        return fill(context, value, lengths, null);
    }

    public static ArrayValue array_fill_with_lower_bounds(CallContext context, Object value, ArrayValue lengths,
            ArrayValue bounds) {
        return fill(context, value, lengths, bounds);
    }

    public static Iterator<Object> array_unnest(ArrayValue a) {
        return new Iterator<>() {
            private final int count = a.count();
            private int at;

            @Override
            public boolean hasNext() {
                return at < count;
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return a.elements().get(at++);
            }
        };
    }

    public static Iterator<Object> generate_subscripts(ArrayValue a, int dimension, boolean reverse) {
        if (!has(a, dimension)) {
            return java.util.Collections.emptyIterator();
        }
        int lower = a.lowerBounds()[dimension - 1];
        int upper = lower + a.lengths()[dimension - 1] - 1;
        return new Iterator<>() {
            private long at = reverse ? upper : lower;

            @Override
            public boolean hasNext() {
                return reverse ? at >= lower : at <= upper;
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int value = (int) at;
                at += reverse ? -1 : 1;
                return value;
            }
        };
    }

    public static Iterator<Object> generate_subscripts_nodir(ArrayValue a, int dimension) {
        return generate_subscripts(a, dimension, false);
    }

    private static Slice join(CallContext context, ArrayValue a, Slice separator, Slice forNull) {
        TypeCodec codec = codec(context, a);
        ByteSink out = new ByteSink();
        boolean first = true;
        for (int i = 0; i < a.count(); i++) {
            boolean isNull = a.elements().isNull(i);
            if (isNull && forNull == null) {
                continue;
            }
            if (!first) {
                out.put(separator);
            }
            first = false;
            if (isNull) {
                out.put(forNull);
            } else {
                codec.format(a.elements(), i, context.types(), out);
            }
            TextFunctions.checkedSize(out.size());
        }
        return out.view();
    }

    public static Slice array_to_text(CallContext context, ArrayValue a, Slice separator) {
        return join(context, a, separator, null);
    }

    public static Slice array_to_text_null(CallContext context, ArrayValue a, Slice separator, Slice forNull) {
        return a == null || separator == null ? null : join(context, a, separator, forNull);
    }

    public static ArrayValue trim_array(CallContext context, ArrayValue a, int n) {
        int length = a.dimensions() > 0 ? a.lengths()[0] : 0;
        if (n < 0 || n > length) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR,
                    "number of elements to trim must be between 0 and " + length);
        }
        if (a.dimensions() == 0 || n == length) {
            return ArrayValue.of(a.elementType(), a.elements(), 0);
        }
        int[] lengths = a.lengths().clone();
        lengths[0] -= n;
        int[] lower = new int[lengths.length];
        Arrays.fill(lower, 1);
        int count = a.count() / length * lengths[0];
        return new ArrayValue(a.elementType(), lengths, lower,
                copy(context, a, 0, count, elements(context, a.elementType(), count), 0));
    }

    public static ArrayValue array_reverse(CallContext context, ArrayValue a) {
        if (a.count() < 2 || a.lengths()[0] < 2) {
            return a;
        }
        int rows = a.lengths()[0];
        int width = a.count() / rows;
        Vector v = elements(context, a.elementType(), a.count());
        for (int i = 0; i < rows; i++) {
            copy(context, a, i * width, width, v, (rows - 1 - i) * width);
        }
        return new ArrayValue(a.elementType(), a.lengths(), a.lowerBounds(), v);
    }
}
