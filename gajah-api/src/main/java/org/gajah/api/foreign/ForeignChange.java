package org.gajah.api.foreign;

import java.util.List;

/**
 * A change of a foreign table, row by row.
 *
 * @param columns   of INSERT and UPDATE: the columns that get values
 * @param identity  of UPDATE and DELETE: the columns by which a row is found, as {@link ForeignPlanner#identity} named them
 * @param returning the columns whose values after the change (of DELETE: before) are wanted
 * @param doNothing whether INSERT skips rows that conflict with others
 * @param defaults  columns that are generated here and that the server should compute too: where it can, they are set to DEFAULT
 */
public record ForeignChange(ForeignTable table, Kind kind, List<ForeignColumn> columns, List<ForeignColumn> identity,
        List<ForeignColumn> returning, boolean doNothing, List<ForeignColumn> defaults) {
    /** Kinds of change. */
    public enum Kind { INSERT, UPDATE, DELETE }
}
