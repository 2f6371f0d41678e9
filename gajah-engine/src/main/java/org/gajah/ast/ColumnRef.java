package org.gajah.ast;

import java.util.List;

/**
 * A name that may be a column, a whole row, or either with qualifiers; with {@code star} it ends in {@code *} and may have
 * no fields at all.
 */
public record ColumnRef(List<String> fields, boolean star, int location) implements Expression {
    /** The name as messages show it. */
    public String dotted() {
        String names = String.join(".", fields);
        return !star ? names : names.isEmpty() ? "*" : names + ".*";
    }
}
