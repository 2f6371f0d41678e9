package org.gajah.func;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * exp and cosh rounded to the nearest double, as the best C libraries do: the sum is made of pairs of doubles, with about a hundred
 * bits. StrictMath's may be off by one in the last place.
 */
final class Exponential {
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = new BigDecimal("0.69314718055994530941723212145817656807550013436025")
            .subtract(new BigDecimal(LN2_HIGH)).doubleValue();
    private static final double MOST = 708;
    private static final int TERMS = 18;
    /** So many of the terms are large enough for their second half to matter. */
    private static final int PAIRED = 8;

    /** One over each factorial, as the sum of a double and a small one. */
    private static final double[] HIGH = new double[TERMS];
    private static final double[] LOW = new double[TERMS];

    static {
        BigDecimal term = BigDecimal.ONE;
        for (int i = 0; i < TERMS; i++) {
            term = i == 0 ? term : term.divide(BigDecimal.valueOf(i), MathContext.DECIMAL128);
            HIGH[i] = term.doubleValue();
            LOW[i] = term.subtract(new BigDecimal(HIGH[i])).doubleValue();
        }
    }

    private final double high;
    private final double low;
    private final int scale;

    /** e to the power x, which is at most {@link #MOST} away from 0. */
    private Exponential(double x) {
        scale = (int) Math.rint(x / (LN2_HIGH + LN2_LOW));
        double start = x - scale * LN2_HIGH;
        double part = scale * LN2_LOW;
        double r = start - part;
        double rest = start - r - part - Math.fma(scale, LN2_LOW, -part);
        double sum = HIGH[TERMS - 1];
        for (int i = TERMS - 2; i >= PAIRED; i--) {
            sum = Math.fma(sum, r, HIGH[i]);
        }
        double small = 0;
        for (int i = PAIRED - 1; i >= 0; i--) {
            double product = sum * r;
            double error = Math.fma(sum, r, -product) + sum * rest + small * r;
            sum = HIGH[i] + product;
            small = HIGH[i] - sum + product + (error + LOW[i]);
        }
        high = sum + small;
        low = sum - high + small;
    }

    static double exp(double x) {
        if (!(Math.abs(x) <= MOST)) {
            return StrictMath.exp(x);
        }
        Exponential e = new Exponential(x);
        return Math.scalb(e.high, e.scale);
    }

    static double cosh(double x) {
        if (!(Math.abs(x) <= 40)) {
            return StrictMath.cosh(x);
        }
        Exponential up = new Exponential(Math.abs(x));
        Exponential down = new Exponential(-Math.abs(x));
        double a = Math.scalb(up.high, up.scale - 1);
        double b = Math.scalb(down.high, down.scale - 1);
        double sum = a + b;
        return sum + (a - sum + b + Math.scalb(up.low, up.scale - 1) + Math.scalb(down.low, down.scale - 1));
    }
}
