package org.gajah.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/**
 * A text cut into tokens: kind, first byte and end of each, and a value where it is not plain from the bytes. The last token
 * has the kind END. Offsets are indexes into the source's array.
 */
final class Tokens {
    final byte[] bytes;
    final int base;
    final int limit;
    final List<ParseNotice> notices = new ArrayList<>(0);
    int count;
    int[] kinds;
    int[] starts;
    int[] ends;
    Object[] values;
    private boolean ascii = true;
    private int knownOffset;
    private int knownLocation = 1;

    Tokens(Slice source) {
        bytes = source.array();
        base = source.offset();
        limit = base + source.length();
        knownOffset = base;
        int capacity = Math.max(8, source.length() / 4);
        kinds = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
        values = new Object[capacity];
    }

    void add(int kind, int start, int end, Object value) {
        if (count == kinds.length) {
            grow();
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        values[count] = value;
        count++;
    }

    private void grow() {
        int capacity = count * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        values = Arrays.copyOf(values, capacity);
    }

    /** Says that characters of several bytes have been seen, so that locations have to be counted. */
    void notAscii() {
        ascii = false;
    }

    /** The place of a byte in code points from 1. */
    int location(int offset) {
        if (ascii) {
            return offset - base + 1;
        }
        if (offset < knownOffset) {
            knownOffset = base;
            knownLocation = 1;
        }
        int location = knownLocation;
        for (int i = knownOffset; i < offset; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                location++;
            }
        }
        knownOffset = offset;
        knownLocation = location;
        return location;
    }

    String textBetween(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The folded name of an identifier, or of a keyword used as one. */
    String name(int token) {
        if (kinds[token] >= Token.KEYWORD) {
            return KeywordTable.byOrdinal(kinds[token] - Token.KEYWORD).word();
        }
        if (values[token] instanceof String name) {
            return name;
        }
        String name = folded(starts[token], ends[token]);
        values[token] = name;
        return name;
    }

    private String folded(int start, int end) {
        byte[] copy = Arrays.copyOfRange(bytes, start, end);
        boolean plain = true;
        for (int i = 0; i < copy.length; i++) {
            byte b = copy[i];
            if (b >= 'A' && b <= 'Z') {
                copy[i] = (byte) (b + ('a' - 'A'));
            }
            plain &= b >= 0;
        }
        return new String(copy, plain ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** The bytes of a string literal. */
    Slice text(int token) {
        return values[token] instanceof Slice slice
                ? slice
                : Slice.of(Arrays.copyOfRange(bytes, starts[token] + 1, ends[token] - 1));
    }

    /** The error of a token of kind ERROR. */
    SqlError error(int token) {
        return (SqlError) values[token];
    }
}
