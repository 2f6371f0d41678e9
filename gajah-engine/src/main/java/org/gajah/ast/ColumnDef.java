package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * A column of CREATE TABLE, ALTER TABLE ADD COLUMN, CREATE TYPE AS, or of a column definition list.
 *
 * @param type        empty in CREATE TABLE ... OF and PARTITION OF
 * @param constraints in the order written, attributes already folded into the constraint they belong to
 * @param collation   of COLLATE, or empty
 * @param fdwOptions  OPTIONS (...), of foreign tables
 */
public record ColumnDef(String name, Optional<TypeName> type, List<Constraint> constraints, List<String> collation,
        Optional<String> storage, Optional<String> compression, List<DefElem> fdwOptions, int location)
        implements TableElement {

    /** A column with nothing but a type, as in a column definition list. */
    public static ColumnDef of(String name, TypeName type, List<String> collation, int location) {
        return new ColumnDef(name, Optional.of(type), List.of(), collation, Optional.empty(), Optional.empty(),
                List.of(), location);
    }
}
