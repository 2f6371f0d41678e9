package org.gajah.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;

/** A row of a system catalog as it was read, with its columns by name. */
public record CatalogRow(SystemTable table, long tid, Object[] values) {
    /** The boxed value; null is SQL NULL. */
    public Object get(String column) {
        return values[table.column(column)];
    }

    public int number(String column) {
        return (Integer) get(column);
    }

    public boolean flag(String column) {
        return (Boolean) get(column);
    }

    /** A "char". */
    public char letter(String column) {
        return (char) (int) (Integer) get(column);
    }

    public String text(String column) {
        return get(column).toString();
    }

    public Optional<String> textIfAny(String column) {
        return Optional.ofNullable(get(column)).map(Object::toString);
    }

    /** A float4 or float8. */
    public double real(String column) {
        return (Double) get(column);
    }

    /** The elements of an array of numbers, or none if null. */
    public List<Integer> numbers(String column) {
        List<Integer> numbers = new ArrayList<>();
        for (Object element : elements(column)) {
            numbers.add((Integer) element);
        }
        return List.copyOf(numbers);
    }

    /** The elements of an array of texts, or none if null. */
    public List<String> texts(String column) {
        return elements(column).stream().map(Object::toString).toList();
    }

    /** The elements of an array of "char", or none if null. */
    public List<Character> letters(String column) {
        return elements(column).stream().map(e -> (char) (int) (Integer) e).toList();
    }

    private List<Object> elements(String column) {
        List<Object> elements = new ArrayList<>();
        if (get(column) instanceof ArrayValue array) {
            for (int i = 0; i < array.count(); i++) {
                Object element = array.elements().get(i);
                elements.add(element == null ? Slice.EMPTY : element);
            }
        }
        return elements;
    }

    /** The same row with some values changed, for {@link CatalogWriter#update}. */
    public Object[] with(String column, Object value, Object... more) {
        Object[] changed = values.clone();
        changed[table.column(column)] = value;
        for (int i = 0; i < more.length; i += 2) {
            changed[table.column((String) more[i])] = more[i + 1];
        }
        return changed;
    }
}
