package org.gajah.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.gajah.base.Slice;

/** Reads integers as PostgreSQL writes them in SQL: spaces around, a sign, 0x, 0o and 0b, underscores between digits. */
public final class IntegerText {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    /** Added to a byte below 128, gives it its high bit if it is more than nine. */
    private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;

    private IntegerText() {
    }

    /** The number in {@code text}, between {@code min} and {@code max}. */
    public static long parse(Slice text, long min, long max, String type) {
        long plain = plain(text.array(), text.offset(), text.length());
        if (plain >= min && plain <= max && plain >= 0) {
            return plain;
        }
        byte[] a = text.array();
        int i = text.offset();
        int end = i + text.length();
        while (i < end && isSpace(a[i])) {
            i++;
        }
        boolean negative = false;
        if (i < end && (a[i] == '-' || a[i] == '+')) {
            negative = a[i] == '-';
            i++;
        }
        int base = 10;
        if (end - i > 2 && a[i] == '0') {
            base = switch (a[i + 1]) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 10;
            };
        }
        return digits(text, base == 10 ? i : i + 2, base, negative, min, max, type);
    }

    /** The number if there are nothing but a few digits in {@code [from, from + length)}; -1 otherwise. */
    public static long plain(byte[] text, int from, int length) {
        int end = from + length;
        if (end < 2 * Long.BYTES || length == 0 || length > 2 * Long.BYTES) {
            return length == 0 || length > 18 ? -1 : oneByOne(text, from, end);
        }
        long low = eight((long) LONG.get(text, end - Long.BYTES), Math.min(length, Long.BYTES));
        if (length <= Long.BYTES || low < 0) {
            return low;
        }
        long high = eight((long) LONG.get(text, end - 2 * Long.BYTES), length - Long.BYTES);
        return high < 0 ? -1 : high * 100_000_000 + low;
    }

    /** How many of the eight bytes from {@code at} on, which the array must have, are digits before one is not. */
    public static int digits(byte[] text, int at) {
        long ones = (long) LONG.get(text, at) ^ ZEROS;
        long others = (ones + ABOVE_NINE | ones) & HIGHS;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** The number that {@code count} digits are, of which there are one to eight, in an array that has eight bytes from {@code at} on. */
    public static long value(byte[] text, int at, int count) {
        return combine(((long) LONG.get(text, at) ^ ZEROS) << Byte.SIZE * (Long.BYTES - count));
    }

    private static long oneByOne(byte[] text, int from, int end) {
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The number that the last {@code count} of eight bytes are, the last of which is the word's highest; -1 if they are not all digits. */
    private static long eight(long word, int count) {
        long ones = (word ^ ZEROS) & -1L << 8 * (Long.BYTES - count);
        return ((ones + ABOVE_NINE | ones) & HIGHS) == 0 ? combine(ones) : -1;
    }

    /** The number of eight digits, a byte each, the first of which is the lowest. */
    private static long combine(long ones) {
        long tens = ones * 10 + (ones >>> 8);
        return (tens & 0xff_0000_00ffL) * (100 + (1_000_000L << 32)) + (tens >>> 16 & 0xff_0000_00ffL) * (1 + (10_000L << 32)) >>> 32;
    }

    private static long digits(Slice text, int from, int base, boolean negative, long min, long max, String type) {
        byte[] a = text.array();
        int end = text.offset() + text.length();
        int i = from;
        long value = 0;
        boolean overflow = false;
        boolean any = false;
        for (; i < end; i++) {
            int c = a[i];
            if (c == '_') {
                boolean between = (any || base != 10) && i + 1 < end && digit(a[i + 1], base) >= 0;
                if (!between) {
                    break;
                }
                continue;
            }
            int d = digit(c, base);
            if (d < 0) {
                break;
            }
            any = true;
            if (value < (Long.MIN_VALUE + d) / base) {
                overflow = true;
            }
            value = value * base - d;
        }
        while (i < end && isSpace(a[i])) {
            i++;
        }
        if (!any || i < end) {
            throw Errors.invalidSyntax(type, text);
        }
        if (overflow || !negative && value == Long.MIN_VALUE) {
            throw Errors.valueOutOfRange(type, text);
        }
        long result = negative ? value : -value;
        if (result < min || result > max) {
            throw Errors.valueOutOfRange(type, text);
        }
        return result;
    }

    /** The number in {@code text} as an unsigned 32-bit one, in an int; read as C's strtoul does. */
    public static int parseUnsigned(Slice text, String type) {
        byte[] a = text.array();
        int i = text.offset();
        int end = i + text.length();
        while (i < end && isSpace(a[i])) {
            i++;
        }
        boolean negative = false;
        if (i < end && (a[i] == '-' || a[i] == '+')) {
            negative = a[i] == '-';
            i++;
        }
        int base = 10;
        if (i < end && a[i] == '0') {
            base = end - i > 2 && (a[i + 1] | 0x20) == 'x' && digit(a[i + 2], 16) >= 0 ? 16 : 8;
            i += base == 16 ? 2 : 0;
        }
        long value = 0;
        int first = i;
        for (; i < end && digit(a[i], base) >= 0; i++) {
            value = Math.min(value * base + digit(a[i], base), 1L << 40);
        }
        boolean any = i > first;
        while (i < end && isSpace(a[i])) {
            i++;
        }
        if (!any || i < end) {
            throw Errors.invalidSyntax(type, text);
        }
        if (value > 0xffffffffL || negative && value > 0x80000000L) {
            throw Errors.valueOutOfRange(type, text);
        }
        return (int) (negative ? -value : value);
    }

    /** C's isspace. */
    public static boolean isSpace(int c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static int digit(int c, int base) {
        int d;
        if (c >= '0' && c <= '9') {
            d = c - '0';
        } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
            d = (c | 0x20) - 'a' + 10;
        } else {
            return -1;
        }
        return d < base ? d : -1;
    }

    /** The text without C spaces at its ends. */
    public static Slice trim(Slice text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.at(from))) {
            from++;
        }
        while (to > from && isSpace(text.at(to - 1))) {
            to--;
        }
        return text.slice(from, to - from);
    }
}
