package org.gajah.analyze;

import java.util.Set;

/**
 * A right that running the query needs on one relation.
 *
 * @param mode    what is done
 * @param columns the columns it is done to; empty where the right on the table itself is what counts; 0 is the whole row
 * @param asOwner the role whose right counts (a view's owner), or 0 for the current user
 */
public record RequiredPermission(int relation, Mode mode, Set<Integer> columns, int asOwner) {
    /** Table rights. */
    public enum Mode { SELECT, INSERT, UPDATE, DELETE, MERGE, LOCK }
}
