package org.gajah.ast;

import java.util.List;

/**
 * A type as written.
 *
 * @param names       maybe qualified; SQL's own spellings are already {@code pg_catalog.x}
 * @param modifiers   what stands in parentheses; for interval qualifiers the field mask, then maybe the precision, as
 *                    integers
 * @param arrayBounds one a dimension, -1 where no size was given; empty for a type that is not an array
 * @param setOf       SETOF
 * @param percentType column%TYPE
 */
public record TypeName(List<String> names, List<Expression> modifiers, List<Integer> arrayBounds, boolean setOf,
        boolean percentType, int location) {

    /** A type of pg_catalog without modifiers. */
    public static TypeName system(String name, int location) {
        return new TypeName(List.of("pg_catalog", name), List.of(), List.of(), false, false, location);
    }

    /** The name as messages show it. */
    public String dotted() {
        return String.join(".", names);
    }
}
