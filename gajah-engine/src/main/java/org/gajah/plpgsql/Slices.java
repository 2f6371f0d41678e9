package org.gajah.plpgsql;

import java.util.Arrays;
import java.util.Iterator;

import org.gajah.type.ArrayValue;
import org.gajah.vector.Vector;

/** What FOREACH goes over: an array's elements, or its parts of some dimensions. */
final class Slices {
    private Slices() {
    }

    /** @param dimensions of each part; 0 for the elements */
    static Iterable<Object> of(ArrayValue array, int dimensions) {
        return dimensions == 0 ? () -> elements(array) : () -> parts(array, dimensions);
    }

    private static Iterator<Object> elements(ArrayValue array) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < array.count();
            }

            @Override
            public Object next() {
                return array.elements().get(next++);
            }
        };
    }

    private static Iterator<Object> parts(ArrayValue array, int dimensions) {
        int outer = array.dimensions() - dimensions;
        int[] lengths = Arrays.copyOfRange(array.lengths(), outer, array.dimensions());
        int[] bounds = Arrays.copyOfRange(array.lowerBounds(), outer, array.dimensions());
        int size = Arrays.stream(lengths).reduce(1, (a, b) -> a * b);
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < array.count();
            }

            @Override
            public Object next() {
                Vector part = Vector.of(array.elements().carrier(), size);
                for (int i = 0; i < size; i++) {
                    part.copyFrom(array.elements(), next++, i);
                }
                return new ArrayValue(array.elementType(), lengths, bounds, part);
            }
        };
    }
}
