package org.gajah.analyze;

/**
 * One output column of a query, or one assigned column of an INSERT or UPDATE.
 *
 * @param name       output name; empty for resjunk columns without one
 * @param attribute  in INSERT and UPDATE the target's column number from 1, else the position from 1
 * @param reference  sort-group reference by which ORDER BY, GROUP BY and DISTINCT name this column; 0 if none does
 * @param junk       computed for sorting or grouping only, not part of the result
 * @param sourceTable oid of the table that the column comes from plainly, or 0; and {@code sourceColumn} its number
 */
public record TargetEntry(Expr expr, String name, int attribute, int reference, boolean junk, int sourceTable,
        int sourceColumn) {
    /** A column of a SELECT, as yet without sort-group reference and source. */
    public static TargetEntry of(Expr expr, String name, int attribute) {
        return new TargetEntry(expr, name, attribute, 0, false, 0, 0);
    }

    /** The same column, computed otherwise. */
    public TargetEntry with(Expr other) {
        return new TargetEntry(other, name, attribute, reference, junk, sourceTable, sourceColumn);
    }

    /** The same column under a sort-group reference. */
    public TargetEntry withReference(int other) {
        return new TargetEntry(expr, name, attribute, other, junk, sourceTable, sourceColumn);
    }

    /** The same column, known to come from a table's column. */
    public TargetEntry from(int table, int column) {
        return new TargetEntry(expr, name, attribute, reference, junk, table, column);
    }
}
