package org.gajah.base;

/** Decimal digits of numbers that are not negative, written two at a time. */
public final class Decimals {
    private static final byte[] TENS = new byte[100];
    private static final byte[] UNITS = new byte[100];
    private static final long[] POWERS = new long[19];

    static {
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            UNITS[i] = (byte) ('0' + i % 10);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Decimals() {}

    /** Ten to an exponent of 0 to 18. */
    public static long power(int exponent) {
        return POWERS[exponent];
    }

    /** How many digits a number has; 1 for zero. */
    public static int count(long value) {
        // 1233 / 4096 is a little more than the logarithm of two to base ten
        int guess = (64 - Long.numberOfLeadingZeros(value | 1)) * 1233 >> 12;
        return guess < POWERS.length && value < POWERS[guess] ? Math.max(guess, 1) : guess + 1;
    }

    /** Writes the last {@code count} digits of a number into {@code [at, at + count)}, with zeros in front where it has fewer. */
    public static void write(long value, byte[] into, int at, int count) {
        int end = at + count;
        long large = value;
        while (large > Integer.MAX_VALUE && end - at >= 2) {
            long rest = large / 100;
            end -= 2;
            pair((int) (large - rest * 100), into, end);
            large = rest;
        }
        int small = (int) large;
        while (end - at >= 2) {
            int rest = small / 100;
            end -= 2;
            pair(small - rest * 100, into, end);
            small = rest;
        }
        if (end > at) {
            into[at] = UNITS[(int) (large > Integer.MAX_VALUE ? large % 10 : small % 10)];
        }
    }

    /** Writes a number below a hundred as two digits. */
    public static void pair(int value, byte[] into, int at) {
        into[at] = TENS[value];
        into[at + 1] = UNITS[value];
    }
}
