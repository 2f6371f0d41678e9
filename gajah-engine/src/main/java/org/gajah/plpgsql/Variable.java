package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

/**
 * A variable.
 *
 * @param type       its type's oid; 2249 for a record whose fields come with its value
 * @param initial    the value it begins with
 * @param cursor     the query that a cursor variable is bound to
 * @param cursorArgs variables that stand for a bound cursor's arguments
 * @param scroll     of a bound cursor: SCROLL, NO SCROLL or neither
 */
record Variable(int number, String name, int type, int typmod, int collation, boolean constant, boolean notNull, Optional<Code> initial,
        Optional<Code> cursor, List<Variable> cursorArgs, Optional<Boolean> scroll, int line) {
}
