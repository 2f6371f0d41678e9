package org.gajah.javaroutine;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.ArrayValue;
import org.gajah.vector.Vector;

/** Arrays: one Java array a dimension, whose first index is 0 whatever the lower bound. */
final class JavaArrays {
    private final JavaTypes types;

    JavaArrays(JavaTypes types) {
        this.types = types;
    }

    Object toJava(ArrayValue value) {
        Class<?> c = types.natural(value.elementType());
        for (int i = 0; i < Math.max(1, value.dimensions()); i++) {
            c = c.arrayType();
        }
        return toJava(value, c);
    }

    /** An array of the given class; 22004 for a null that it cannot hold, 2202E if it has another number of dimensions. */
    Object toJava(ArrayValue value, Class<?> wanted) {
        int depth = 0;
        for (Class<?> c = wanted; c.isArray() && !(c == byte[].class && types.natural(value.elementType()) == byte[].class); c = c.getComponentType()) {
            depth++;
        }
        if (value.dimensions() == 0) {
            return Array.newInstance(wanted.getComponentType(), 0);
        }
        if (depth != value.dimensions()) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "an array of " + value.dimensions() + " dimensions cannot become a " + wanted.getTypeName());
        }
        return level(value, wanted, 0, new int[1]);
    }

    private Object level(ArrayValue value, Class<?> wanted, int dimension, int[] next) {
        int length = value.lengths()[dimension];
        Class<?> component = wanted.getComponentType();
        Object array = Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            if (dimension + 1 < value.dimensions()) {
                Array.set(array, i, level(value, component, dimension + 1, next));
                continue;
            }
            Object element = types.toJava(value.elements().get(next[0]++), value.elementType(), component);
            if (element == null && component.isPrimitive()) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "array with null cannot become a " + wanted.getTypeName());
            }
            Array.set(array, i, element);
        }
        return array;
    }

    /** An array of this element type from a Java array, of arrays if need be, or a collection; empty if it is none. */
    Optional<Object> toDatum(Object value, int elementType) {
        Object array = value instanceof Collection<?> c ? c.toArray() : value;
        if (!array.getClass().isArray()) {
            return Optional.empty();
        }
        List<Integer> lengths = new ArrayList<>();
        List<Object> flat = new ArrayList<>();
        flatten(array, elementType, 0, lengths, flat);
        if (flat.isEmpty()) {
            return Optional.of(ArrayValue.of(elementType, Vector.of(types.codec(elementType).carrier(), 0), 0));
        }
        Vector elements = Vector.of(types.codec(elementType).carrier(), flat.size());
        for (int i = 0; i < flat.size(); i++) {
            elements.set(i, flat.get(i));
        }
        int[] bounds = new int[lengths.size()];
        Arrays.fill(bounds, 1);
        return Optional.of(new ArrayValue(elementType, lengths.stream().mapToInt(n -> n).toArray(), bounds, elements));
    }

    private void flatten(Object array, int elementType, int depth, List<Integer> lengths, List<Object> flat) {
        int length = Array.getLength(array);
        if (lengths.size() == depth) {
            lengths.add(length);
        } else if (lengths.get(depth) != length) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "multidimensional arrays must have array expressions with matching dimensions");
        }
        for (int i = 0; i < length; i++) {
            Object element = Array.get(array, i);
            boolean deeper = element != null && element.getClass().isArray()
                    && !(element instanceof byte[] && types.natural(elementType) == byte[].class);
            if (deeper) {
                flatten(element, elementType, depth + 1, lengths, flat);
            } else {
                flat.add(types.toDatum(element, elementType));
            }
        }
    }
}
