package org.gajah.type;

import org.gajah.vector.Vector;

/**
 * An array: its elements in row-major order. A zero-dimensional array is the empty one. Immutable by convention: nobody writes
 * to the vector of a value that others may hold.
 *
 * @param elementType the elements' type oid
 * @param lengths     the length of each dimension; empty for an empty array
 * @param lowerBounds the first subscript of each dimension
 * @param elements    as many rows as the product of the lengths
 */
public record ArrayValue(int elementType, int[] lengths, int[] lowerBounds, Vector elements) {
    /** A one-dimensional array with subscripts from 1; an empty one if {@code count} is 0. */
    public static ArrayValue of(int elementType, Vector elements, int count) {
        return count == 0 ? new ArrayValue(elementType, new int[0], new int[0], elements)
                : new ArrayValue(elementType, new int[] {count}, new int[] {1}, elements);
    }

    /** Elements in all dimensions together. */
    public int count() {
        int count = lengths.length == 0 ? 0 : 1;
        for (int length : lengths) {
            count *= length;
        }
        return count;
    }

    public int dimensions() {
        return lengths.length;
    }
}
