package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.ArrayValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** ARRAY[...], subscripts and slices, and casts of arrays element by element. */
final class ArrayKernels {
    private static final int MAX_DIMENSIONS = 6;
    /** Elements that an array may have. */
    static final int MAX_SIZE = 134217727;

    private ArrayKernels() {
    }

    /** ARRAY[a, b, ...] of scalars. */
    static final class Literal extends Kernel {
        private final int elementType;
        private final Carrier elementCarrier;
        private final Kernel[] elements;
        private final Vector[] values;

        Literal(int elementType, Carrier elementCarrier, Kernel[] elements) {
            super(Carrier.OBJECT);
            this.elementType = elementType;
            this.elementCarrier = elementCarrier;
            this.elements = elements;
            this.values = new Vector[elements.length];
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            for (int k = 0; k < elements.length; k++) {
                values[k] = elements[k].eval(in, rows);
            }
            ObjectVector out = (ObjectVector) result(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                Vector made = Vector.of(elementCarrier, values.length);
                for (int k = 0; k < values.length; k++) {
                    made.copyFrom(values[k], row, k);
                }
                out.put(row, ArrayValue.of(elementType, made, values.length));
            }
            return out;
        }
    }

    /** ARRAY[...] of arrays: one dimension more than they have. */
    static Object nest(int elementType, Carrier elementCarrier, Object[] parts) {
        ArrayValue shape = null;
        int empty = 0;
        for (Object part : parts) {
            ArrayValue array = (ArrayValue) part;
            if (array == null || array.dimensions() == 0) {
                empty++;
            } else if (shape == null) {
                shape = array;
            } else if (!java.util.Arrays.equals(shape.lengths(), array.lengths())
                    || !java.util.Arrays.equals(shape.lowerBounds(), array.lowerBounds())) {
                throw mismatch();
            }
        }
        if (shape == null) {
            return ArrayValue.of(elementType, Vector.of(elementCarrier, 0), 0);
        }
        if (empty > 0) {
            throw mismatch();
        }
        if (shape.dimensions() + 1 > MAX_DIMENSIONS) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "number of array dimensions (" + (shape.dimensions() + 1)
                    + ") exceeds the maximum allowed (" + MAX_DIMENSIONS + ")");
        }
        int each = shape.count();
        Vector all = Vector.of(elementCarrier, each * parts.length);
        for (int p = 0; p < parts.length; p++) {
            for (int i = 0; i < each; i++) {
                all.copyFrom(((ArrayValue) parts[p]).elements(), i, p * each + i);
            }
        }
        int[] lengths = prepend(parts.length, shape.lengths());
        return new ArrayValue(elementType, lengths, prepend(1, shape.lowerBounds()), all);
    }

    private static int[] prepend(int first, int[] rest) {
        int[] all = new int[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static SqlError mismatch() {
        return new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR,
                "multidimensional arrays must have array expressions with matching dimensions");
    }

    /** {@code array[i][j]}: null if the number of subscripts is not the array's, or one is null or out of bounds. */
    static Object element(ArrayValue array, Object[] values, int first) {
        int dimensions = array.dimensions();
        if (dimensions == 0 || values.length - first != dimensions) {
            return null;
        }
        int index = 0;
        for (int d = 0; d < dimensions; d++) {
            Integer subscript = (Integer) values[first + d];
            if (subscript == null) {
                return null;
            }
            long offset = (long) subscript - array.lowerBounds()[d];
            if (offset < 0 || offset >= array.lengths()[d]) {
                return null;
            }
            index = index * array.lengths()[d] + (int) offset;
        }
        return array.elements().get(index);
    }

    /**
     * {@code array[l:u]...}; a bound that was left out is empty in {@code given} and means the array's own. A slice of
     * fewer dimensions than the array takes the rest whole.
     */
    static Object slice(ArrayValue array, List<Optional<Integer>> lower, List<Optional<Integer>> upper) {
        int dimensions = array.dimensions();
        int[] from = new int[dimensions];
        int[] lengths = new int[dimensions];
        if (lower.size() > dimensions || dimensions == 0) {
            return ArrayValue.of(array.elementType(), Vector.of(array.elements().carrier(), 0), 0);
        }
        for (int d = 0; d < dimensions; d++) {
            int first = array.lowerBounds()[d];
            long last = (long) first + array.lengths()[d] - 1;
            long l = d < lower.size() ? Math.max(first, lower.get(d).orElse(first)) : first;
            long u = d < upper.size() && upper.get(d).isPresent() ? Math.min(last, upper.get(d).get()) : last;
            if (l > u) {
                return ArrayValue.of(array.elementType(), Vector.of(array.elements().carrier(), 0), 0);
            }
            from[d] = (int) (l - first);
            lengths[d] = (int) (u - l + 1);
        }
        return cut(array, from, lengths);
    }

    private static ArrayValue cut(ArrayValue array, int[] from, int[] lengths) {
        int dimensions = lengths.length;
        int count = 1;
        int[] bounds = new int[dimensions];
        for (int d = 0; d < dimensions; d++) {
            count *= lengths[d];
            bounds[d] = 1;
        }
        Vector made = Vector.of(array.elements().carrier(), count);
        int[] at = new int[dimensions];
        for (int i = 0; i < count; i++) {
            int index = 0;
            for (int d = 0; d < dimensions; d++) {
                index = index * array.lengths()[d] + from[d] + at[d];
            }
            made.copyFrom(array.elements(), index, i);
            for (int d = dimensions - 1; d >= 0 && ++at[d] == lengths[d]; d--) {
                at[d] = 0;
            }
        }
        return new ArrayValue(array.elementType(), lengths, bounds, made);
    }

    /** The subscript, which an assignment must have. */
    static Object requireSubscript(Object subscript) {
        if (subscript == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "array subscript in assignment must not be null");
        }
        return subscript;
    }

    /** An array with one element replaced or, in one dimension, added; gaps are null. */
    static Object assign(ArrayValue array, int elementType, Carrier elementCarrier, Object[] subscripts, Object value) {
        for (Object subscript : subscripts) {
            requireSubscript(subscript);
        }
        if (array == null || array.dimensions() == 0) {
            int[] bounds = new int[subscripts.length];
            int[] lengths = new int[subscripts.length];
            for (int d = 0; d < bounds.length; d++) {
                bounds[d] = (Integer) subscripts[d];
                lengths[d] = 1;
            }
            Vector one = Vector.of(elementCarrier, 1);
            one.set(0, value);
            return new ArrayValue(elementType, lengths, bounds, one);
        }
        if (subscripts.length != array.dimensions()) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
        return array.dimensions() == 1 ? assignOne(array, elementCarrier, (Integer) subscripts[0], value)
                : assignInside(array, subscripts, value);
    }

    /** {@code array[l:u]... = value}; a bound that was left out means the array's own. */
    static Object assignSlice(ArrayValue array, int elementType, Carrier carrier, List<Optional<Integer>> lower, List<Optional<Integer>> upper,
            ArrayValue value) {
        boolean empty = array == null || array.dimensions() == 0;
        if (!empty && lower.size() > array.dimensions()) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
        int dimensions = empty ? lower.size() : array.dimensions();
        int[] from = new int[dimensions];
        int[] lengths = new int[dimensions];
        long count = 1;
        for (int d = 0; d < dimensions; d++) {
            Optional<Integer> l = d < lower.size() ? lower.get(d) : Optional.empty();
            Optional<Integer> u = d < lower.size() ? upper.get(d) : Optional.empty();
            if (empty && (l.isEmpty() || u.isEmpty())) {
                throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "array slice subscript must provide both boundaries")
                        .detail("When assigning to a slice of an empty array value, slice boundaries must be fully specified.");
            }
            from[d] = l.isPresent() ? l.get() : array.lowerBounds()[d];
            int to = u.isPresent() ? u.get() : array.lowerBounds()[d] + array.lengths()[d] - 1;
            if (from[d] > to) {
                throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "upper bound cannot be less than lower bound");
            }
            lengths[d] = Math.toIntExact((long) to - from[d] + 1);
            count *= lengths[d];
        }
        if (value.count() < count) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "source array too small");
        }
        if (empty) {
            return new ArrayValue(elementType, lengths, from, copied(value.elements(), (int) count, carrier));
        }
        return dimensions == 1 ? assignRun(array, carrier, from[0], lengths[0], value) : assignBlock(array, carrier, from, lengths, value);
    }

    private static Vector copied(Vector from, int count, Carrier carrier) {
        Vector made = Vector.of(carrier, count);
        for (int i = 0; i < count; i++) {
            made.copyFrom(from, i, i);
        }
        return made;
    }

    /** Into one dimension, which grows as need be. */
    private static ArrayValue assignRun(ArrayValue array, Carrier carrier, int from, int length, ArrayValue value) {
        int first = array.lowerBounds()[0];
        long last = (long) first + array.lengths()[0] - 1;
        int newFirst = Math.min(first, from);
        long size = Math.max(last, (long) from + length - 1) - newFirst + 1;
        requireSize(size);
        Vector made = Vector.of(carrier, (int) size);
        for (int i = 0; i < size; i++) {
            long at = (long) newFirst + i;
            if (at >= from && at < (long) from + length) {
                made.copyFrom(value.elements(), (int) (at - from), i);
            } else if (at >= first && at <= last) {
                made.copyFrom(array.elements(), (int) (at - first), i);
            } else {
                made.setNull(i);
            }
        }
        return new ArrayValue(array.elementType(), new int[] {(int) size}, new int[] {newFirst}, made);
    }

    /** Into several dimensions, which do not grow. */
    private static ArrayValue assignBlock(ArrayValue array, Carrier carrier, int[] from, int[] lengths, ArrayValue value) {
        int dimensions = from.length;
        int count = 1;
        for (int d = 0; d < dimensions; d++) {
            long first = array.lowerBounds()[d];
            if (from[d] < first || (long) from[d] + lengths[d] > first + array.lengths()[d]) {
                throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "array subscript out of range");
            }
            count *= lengths[d];
        }
        Vector made = copied(array.elements(), array.count(), carrier);
        int[] at = new int[dimensions];
        for (int i = 0; i < count; i++) {
            int index = 0;
            for (int d = 0; d < dimensions; d++) {
                index = index * array.lengths()[d] + from[d] - array.lowerBounds()[d] + at[d];
            }
            made.copyFrom(value.elements(), i, index);
            for (int d = dimensions - 1; d >= 0 && ++at[d] == lengths[d]; d--) {
                at[d] = 0;
            }
        }
        return new ArrayValue(array.elementType(), array.lengths(), array.lowerBounds(), made);
    }

    static void requireSize(long size) {
        if (size > MAX_SIZE) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "array size exceeds the maximum allowed (134217727)");
        }
    }

    private static Object assignOne(ArrayValue array, Carrier carrier, int subscript, Object value) {
        int first = array.lowerBounds()[0];
        int count = array.lengths()[0];
        long last = (long) first + count - 1;
        int newFirst = Math.min(first, subscript);
        long size = Math.max(last, subscript) - newFirst + 1;
        requireSize(size);
        Vector made = Vector.of(carrier, (int) size);
        for (int i = 0; i < size; i++) {
            long at = (long) newFirst + i;
            if (at >= first && at <= last) {
                made.copyFrom(array.elements(), (int) (at - first), i);
            } else {
                made.setNull(i);
            }
        }
        made.set(subscript - newFirst, value);
        return new ArrayValue(array.elementType(), new int[] {(int) size}, new int[] {newFirst}, made);
    }

    private static Object assignInside(ArrayValue array, Object[] subscripts, Object value) {
        int index = 0;
        for (int d = 0; d < subscripts.length; d++) {
            long offset = (long) (Integer) subscripts[d] - array.lowerBounds()[d];
            if (offset < 0 || offset >= array.lengths()[d]) {
                throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "array subscript out of range");
            }
            index = index * array.lengths()[d] + (int) offset;
        }
        int count = array.count();
        Vector made = Vector.of(array.elements().carrier(), count);
        for (int i = 0; i < count; i++) {
            made.copyFrom(array.elements(), i, i);
        }
        made.set(index, value);
        return new ArrayValue(array.elementType(), array.lengths(), array.lowerBounds(), made);
    }

    /** A cast of each element; {@code held} is what the element expression casts. */
    static final class Coerce extends Kernel {
        private final Kernel arg;
        private final Kernel element;
        private final ValueKernels.Held held;
        private final int elementType;
        private final Batch scratch = new Batch(new Vector[0], Batch.MAX_ROWS);

        Coerce(Kernel arg, Kernel element, ValueKernels.Held held, int elementType) {
            super(Carrier.OBJECT);
            this.arg = arg;
            this.element = element;
            this.held = held;
            this.elementType = elementType;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            ObjectVector values = (ObjectVector) arg.eval(in, rows);
            ObjectVector out = (ObjectVector) result(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (values.isNull(row)) {
                    out.setNull(row);
                } else {
                    out.put(row, cast((ArrayValue) values.values[row]));
                }
            }
            return out;
        }

        private ArrayValue cast(ArrayValue array) {
            int count = array.count();
            Vector made = Vector.of(element.carrier(), count);
            Vector chunk = Vector.of(held.carrier(), Math.min(count, Batch.MAX_ROWS));
            for (int from = 0; from < count; from += Batch.MAX_ROWS) {
                int size = Math.min(Batch.MAX_ROWS, count - from);
                chunk.reset();
                for (int k = 0; k < size; k++) {
                    Vectors.share(array.elements(), from + k, chunk, k);
                }
                held.hold(chunk);
                scratch.selection().all(size);
                Vector cast = element.eval(scratch, scratch.selection());
                for (int k = 0; k < size; k++) {
                    made.copyFrom(cast, k, from + k);
                }
            }
            return new ArrayValue(elementType, array.lengths(), array.lowerBounds(), made);
        }
    }
}
