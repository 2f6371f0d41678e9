package org.gajah.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes of a value that stand for themselves: ASCII, but no control characters, delimiters, and backslashes (text) or quotes (csv). */
final class CopyPlainText {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final int FIRST_PRINTABLE = ' ';

    private final byte delimiter;
    private final byte mark;
    private final long delimiters;
    private final long marks;

    CopyPlainText(byte delimiter, byte mark) {
        this.delimiter = delimiter;
        this.mark = mark;
        delimiters = delimiter * ONES;
        marks = mark * ONES;
    }

    /** The place of the first byte of {@code [from, to)} that is none of them; negative if all are. */
    int end(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONG.get(bytes, at);
            long delimiting = word ^ delimiters;
            long marking = word ^ marks;
            // a byte below the first that is found never counts: borrows go upwards
            long found = (word - FIRST_PRINTABLE * ONES | word | delimiting - ONES & ~delimiting | marking - ONES & ~marking) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && isInside(bytes[at])) {
            at++;
        }
        return at < to ? at : -1;
    }

    /** Whether a byte is one of them. */
    boolean isInside(byte b) {
        return b >= FIRST_PRINTABLE && b != delimiter && b != mark;
    }
}
