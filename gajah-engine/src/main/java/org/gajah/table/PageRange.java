package org.gajah.table;

/** Pages {@code from} (inclusive) to {@code to} (exclusive) of a table, as unsigned 32-bit numbers in longs. */
public record PageRange(long from, long to) {
    /** The whole table, as long as it is when the scan starts. */
    public static final PageRange ALL = new PageRange(0, Long.MAX_VALUE);
}
