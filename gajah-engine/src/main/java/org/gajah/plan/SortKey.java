package org.gajah.plan;

/** One key of an order: a column of the input, from 0, by its type's default B-tree order or the reverse of it. */
public record SortKey(int column, boolean descending, boolean nullsFirst, int collation) {
}
