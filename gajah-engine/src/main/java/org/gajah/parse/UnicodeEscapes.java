package org.gajah.parse;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** The text of a U&amp; literal before its escapes are resolved. */
record UnicodeEscapes(byte[] raw) {
    /** Whether UESCAPE may name this character. */
    static boolean mayEscape(byte b) {
        return hex(b) < 0 && b != '+' && b != '\'' && b != '"' && !Characters.is(b, Characters.SPACE);
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte b) {
        return b < 0 ? -1 : Character.digit(b, 16);
    }

    /** Writes a code point in UTF-8. */
    static void putCodePoint(ByteSink sink, int codePoint) {
        sink.put(Character.toString(codePoint));
    }

    /**
     * The text with its escapes resolved.
     *
     * @param location of the first raw byte, for errors
     */
    Slice resolve(int escape, int location) {
        ByteSink text = new ByteSink(raw.length);
        int high = 0;
        int at = 0;
        while (at < raw.length) {
            boolean isEscape = raw[at] == escape;
            if (isEscape && at + 1 < raw.length && raw[at + 1] != escape) {
                int digits = raw[at + 1] == '+' ? 6 : 4;
                int from = digits == 6 ? at + 2 : at + 1;
                high = put(text, codePoint(from, digits, location + at), high, location + at);
                at = from + digits;
                continue;
            }
            if (isEscape && at + 1 == raw.length) {
                throw invalidEscape(location + at);
            }
            if (high != 0) {
                throw invalidPair(location + at);
            }
            text.putByte(raw[at]);
            at += isEscape ? 2 : 1;
        }
        if (high != 0) {
            throw invalidPair(location + raw.length);
        }
        return Slice.of(text.toBytes());
    }

    private int codePoint(int from, int digits, int location) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < raw.length ? hex(raw[i]) : -1;
            if (digit < 0) {
                throw invalidEscape(location);
            }
            value = value << 4 | digit;
        }
        if (value == 0 || value > Character.MAX_CODE_POINT) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "invalid Unicode escape value").at(location);
        }
        return value;
    }

    /** Writes {@code codePoint} and returns the first half of a surrogate pair that still lacks its second. */
    private static int put(ByteSink text, int codePoint, int high, int location) {
        if (high != 0) {
            if (!isLow(codePoint)) {
                throw invalidPair(location);
            }
            putCodePoint(text, Character.toCodePoint((char) high, (char) codePoint));
            return 0;
        }
        if (isHigh(codePoint)) {
            return codePoint;
        }
        if (isLow(codePoint)) {
            throw invalidPair(location);
        }
        putCodePoint(text, codePoint);
        return 0;
    }

    static boolean isHigh(int codePoint) {
        return codePoint >= Character.MIN_HIGH_SURROGATE && codePoint <= Character.MAX_HIGH_SURROGATE;
    }

    static boolean isLow(int codePoint) {
        return codePoint >= Character.MIN_LOW_SURROGATE && codePoint <= Character.MAX_LOW_SURROGATE;
    }

    private static SqlError invalidEscape(int location) {
        return new SqlError(SqlState.SYNTAX_ERROR, "invalid Unicode escape")
                .hint("Unicode escapes must be \\XXXX or \\+XXXXXX.").at(location);
    }

    private static SqlError invalidPair(int location) {
        return new SqlError(SqlState.SYNTAX_ERROR, "invalid Unicode surrogate pair").at(location);
    }
}
