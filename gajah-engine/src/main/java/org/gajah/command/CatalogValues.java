package org.gajah.command;

import java.util.List;

import org.gajah.base.Slice;
import org.gajah.catalog.SystemTable;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.Vector;

/** A new catalog row by column names. Numbers, flags and texts that were not set are 0, false and null. */
final class CatalogValues {
    private final SystemTable table;
    private final Object[] values;

    CatalogValues(String catalog) {
        table = SystemTable.of(catalog);
        values = new Object[table.columnCount()];
    }

    CatalogValues set(String column, Object value) {
        values[table.column(column)] = value instanceof String s ? Slice.of(s) : value instanceof Character c ? (Object) (int) c : value;
        return this;
    }

    /** The row; columns whose names are given and that were not set are 0. */
    Object[] row() {
        return values;
    }

    /** Sets every column of these to the value that is not null but says nothing: 0. */
    CatalogValues zero(String... columns) {
        for (String column : columns) {
            values[table.column(column)] = 0;
        }
        return this;
    }

    CatalogValues no(String... columns) {
        for (String column : columns) {
            values[table.column(column)] = false;
        }
        return this;
    }

    CatalogValues yes(String... columns) {
        for (String column : columns) {
            values[table.column(column)] = true;
        }
        return this;
    }

    /** An int2vector or oidvector: subscripts from 0. */
    static ArrayValue vector(int elementType, List<Integer> numbers) {
        ArrayValue array = array(elementType, numbers);
        return new ArrayValue(elementType, new int[] {numbers.size()}, new int[] {0}, array.elements());
    }

    /** An array of numbers. */
    static ArrayValue array(int elementType, List<Integer> numbers) {
        IntVector elements = new IntVector(Math.max(1, numbers.size()));
        for (int i = 0; i < numbers.size(); i++) {
            elements.put(i, numbers.get(i));
        }
        return ArrayValue.of(elementType, elements, numbers.size());
    }

    /** An array of texts. */
    static ArrayValue texts(List<String> texts) {
        Vector elements = Vector.of(Carrier.BYTES, Math.max(1, texts.size()));
        for (int i = 0; i < texts.size(); i++) {
            elements.set(i, Slice.of(texts.get(i)));
        }
        return ArrayValue.of(Oids.TEXT, elements, texts.size());
    }
}
