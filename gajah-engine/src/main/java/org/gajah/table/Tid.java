package org.gajah.table;

/** Row identity in a long: page number (32 bit, unsigned) and slot (16 bit, from 0); ordered as the rows lie in the table. */
public final class Tid {
    private Tid() {
    }

    public static long of(int page, int slot) {
        return Integer.toUnsignedLong(page) << 16 | slot;
    }

    public static int page(long tid) {
        return (int) (tid >>> 16);
    }

    public static int slot(long tid) {
        return (int) tid & 0xffff;
    }

    /** As {@code ctid} is shown: slots count from 1. */
    public static String toString(long tid) {
        return "(" + Integer.toUnsignedString(page(tid)) + "," + (slot(tid) + 1) + ")";
    }
}
