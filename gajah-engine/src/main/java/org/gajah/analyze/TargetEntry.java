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
}
