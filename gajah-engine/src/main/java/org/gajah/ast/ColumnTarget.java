package org.gajah.ast;

import java.util.List;

/**
 * A column, or a part of one, that INSERT or UPDATE writes to.
 *
 * @param indirection field selections and subscripts behind the column's name
 */
public record ColumnTarget(String name, List<Indirection> indirection, int location) {
}
