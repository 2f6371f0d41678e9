package org.gajah.ast;

import java.util.Optional;

/**
 * A relation by name.
 *
 * @param catalog the database, if the name had three parts
 * @param inherit false for ONLY
 */
public record RangeVar(Optional<String> catalog, Optional<String> schema, String relation, boolean inherit,
        Optional<Alias> alias, int location) implements FromItem {

    /** The same relation under an alias. */
    public RangeVar as(Optional<Alias> alias) {
        return new RangeVar(catalog, schema, relation, inherit, alias, location);
    }

    /** The name with its qualifiers, unquoted, as messages show it. */
    public String dotted() {
        return catalog.map(c -> c + ".").orElse("") + schema.map(s -> s + ".").orElse("") + relation;
    }
}
