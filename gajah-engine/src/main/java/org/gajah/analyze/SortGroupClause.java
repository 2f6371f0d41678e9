package org.gajah.analyze;

/**
 * One key of ORDER BY, GROUP BY, DISTINCT, PARTITION BY.
 *
 * @param reference  the target entry's sort-group reference
 * @param equality   the equality operator's oid
 * @param sort       the ordering operator's oid ({@code <} or {@code >} of a B-tree family), or 0 if only hashable
 * @param descending whether {@code sort} is the family's {@code >}
 */
public record SortGroupClause(int reference, int equality, int sort, boolean descending, boolean nullsFirst,
        boolean hashable) {
}
