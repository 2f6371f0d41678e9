package org.gajah.func;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import org.gajah.type.Numeric;

/** The state of sum, avg, variance and stddev over numeric and integers: exact sums. Belongs to one group of one aggregate. */
final class NumericState {
    private final boolean squares;
    private long count;
    private long nan;
    private long infinite;
    private long negativeInfinite;
    private int scale;
    /** The sum is {@code big + small}, both divided by ten to {@link #scale}. */
    private long small;
    private BigInteger big = BigInteger.ZERO;
    private BigDecimal sumOfSquares = BigDecimal.ZERO;

    NumericState(boolean squares) {
        this.squares = squares;
    }

    void add(long value) {
        count++;
        if (scale != 0) {
            add(Numeric.of(value));
            count--;
            return;
        }
        long sum = small + value;
        if (((small ^ sum) & (value ^ sum)) < 0) {
            big = big.add(BigInteger.valueOf(small));
            sum = value;
        }
        small = sum;
        if (squares) {
            BigDecimal v = BigDecimal.valueOf(value);
            sumOfSquares = sumOfSquares.add(v.multiply(v));
        }
    }

    void add(Numeric value) {
        count++;
        if (!value.isFinite()) {
            if (value.isNaN()) {
                nan++;
            } else if (value.signum() > 0) {
                infinite++;
            } else {
                negativeInfinite++;
            }
            return;
        }
        if (value.scale() > scale) {
            rescale(value.scale());
        }
        if (value.isSmall() && value.scale() == scale) {
            long v = value.unscaledLong();
            long sum = small + v;
            if (((small ^ sum) & (v ^ sum)) < 0) {
                big = big.add(BigInteger.valueOf(small));
                sum = v;
            }
            small = sum;
        } else {
            big = big.add(value.toBigDecimal().setScale(scale).unscaledValue());
        }
        if (squares) {
            BigDecimal v = value.toBigDecimal();
            sumOfSquares = sumOfSquares.add(v.multiply(v));
        }
    }

    private void rescale(int newScale) {
        big = new BigDecimal(big.add(BigInteger.valueOf(small)), scale).setScale(newScale).unscaledValue();
        small = 0;
        scale = newScale;
    }

    /** What a sum is that has infinite parts; null if it has none. */
    private Numeric special() {
        if (nan > 0 || infinite > 0 && negativeInfinite > 0) {
            return Numeric.NAN;
        }
        return infinite > 0 ? Numeric.INFINITY : negativeInfinite > 0 ? Numeric.NEGATIVE_INFINITY : null;
    }

    private Numeric total() {
        return Numeric.of(big.signum() == 0 ? BigInteger.valueOf(small) : big.add(BigInteger.valueOf(small)), scale);
    }

    /** The sum, or null if there was no value. */
    Numeric sum() {
        Numeric special = special();
        return count == 0 ? null : special != null ? special : total();
    }

    /** The mean, or null if there was no value. */
    Numeric average() {
        Numeric special = special();
        return count == 0 ? null : special != null ? special : total().divide(Numeric.of(count));
    }

    /** Variance or standard deviation, of a sample or of the population; null if there are too few values. */
    Numeric deviation(boolean sample, boolean root) {
        if (count <= (sample ? 1 : 0)) {
            return null;
        }
        if (special() != null) {
            return Numeric.NAN;
        }
        BigDecimal sum = total().toBigDecimal();
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal numerator = n.multiply(sumOfSquares.setScale(2 * scale, RoundingMode.HALF_UP)).subtract(sum.multiply(sum));
        if (numerator.signum() <= 0) {
            return Numeric.ZERO;
        }
        BigDecimal divisor = n.multiply(sample ? n.subtract(BigDecimal.ONE) : n);
        Numeric variance = Numeric.of(numerator.setScale(2 * scale, RoundingMode.HALF_UP)).divide(Numeric.of(divisor));
        return root ? NumericMath.sqrt(variance, variance.scale()) : variance;
    }
}
