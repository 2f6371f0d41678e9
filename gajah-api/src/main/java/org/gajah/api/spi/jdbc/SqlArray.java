package org.gajah.api.spi.jdbc;

import java.sql.Array;

import org.gajah.api.spi.Row;

/** An array: what stands behind {@link Array}. */
public final class SqlArray {
    private final String elementType;
    private final Object elements;
    private final String text;

    private SqlArray(String elementType, Object elements, String text) {
        this.elementType = elementType;
        this.elements = elements;
        this.text = text;
    }

    static Array of(Row row, int column) {
        String type = row.descriptor().type(column);
        return Face.of(Array.class, new SqlArray(type.replaceAll("(\\[\\])+$", ""), row.get(column), row.getText(column)));
    }

    static Array of(String elementType, Object[] elements) {
        return Face.of(Array.class, new SqlArray(elementType, elements, java.util.Arrays.deepToString(elements)));
    }

    public Object getArray() {
        return elements;
    }

    public String getBaseTypeName() {
        return elementType;
    }

    public int getBaseType() {
        return SqlTypes.of(elementType);
    }

    public void free() {
        // it is a value
    }

    @Override
    public String toString() {
        return text;
    }
}
