package org.gajah.type;

import java.math.BigInteger;

import org.gajah.base.Decimals;

/** Powers of ten, as longs and beyond. */
final class PowersOfTen {
    private static final long[] SMALL = new long[19];
    private static final BigInteger[] BIG = new BigInteger[64];

    static {
        long p = 1;
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = p;
            p *= 10;
        }
        BigInteger b = BigInteger.ONE;
        for (int i = 0; i < BIG.length; i++) {
            BIG[i] = b;
            b = b.multiply(BigInteger.TEN);
        }
    }

    private PowersOfTen() {
    }

    /** Ten to {@code exponent}, which is at most 18. */
    static long of(int exponent) {
        return SMALL[exponent];
    }

    static BigInteger big(int exponent) {
        return exponent < BIG.length ? BIG[exponent] : BigInteger.TEN.pow(exponent);
    }

    /** {@code value} times ten to {@code digits}, or Long.MIN_VALUE if that is 2^62 or more. */
    static long scaleUp(long value, int digits) {
        if (value == 0) {
            return 0;
        }
        if (digits >= SMALL.length) {
            return Long.MIN_VALUE;
        }
        long factor = SMALL[digits];
        long high = Math.multiplyHigh(value, factor);
        long low = value * factor;
        return high == low >> 63 && Math.abs(low) < 1L << 62 ? low : Long.MIN_VALUE;
    }

    /** Number of decimal digits; 1 for zero. */
    static int digits(long value) {
        return Decimals.count(Math.abs(value));
    }
}
