package org.gajah.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * A numeric value: an integer divided by ten to {@link #scale}, or NaN, or an infinity. Immutable.
 *
 * <p>Invariant: the integer is kept in a long whenever its magnitude is below 10^18, and only then; so two longs of the same
 * scale can be added without a check. {@code compareTo} and {@code equals} ignore the scale, as PostgreSQL does.
 */
public final class Numeric implements Comparable<Numeric> {
    /** Digits after the point that a value may have. */
    public static final int MAX_SCALE = 16383;
    /** Digits before the point that a value may have. */
    static final int MAX_INTEGER_DIGITS = 131072;
    private static final long SMALL_LIMIT = 1_000_000_000_000_000_000L;

    public static final Numeric NAN = new Numeric(Kind.NAN, 0, null, 0);
    public static final Numeric INFINITY = new Numeric(Kind.INFINITY, 0, null, 0);
    public static final Numeric NEGATIVE_INFINITY = new Numeric(Kind.NEGATIVE_INFINITY, 0, null, 0);
    public static final Numeric ZERO = new Numeric(Kind.FINITE, 0, null, 0);
    public static final Numeric ONE = new Numeric(Kind.FINITE, 1, null, 0);

    private enum Kind { NEGATIVE_INFINITY, FINITE, INFINITY, NAN }

    private final Kind kind;
    private final long small;
    private final BigInteger big;
    private final int scale;

    private Numeric(Kind kind, long small, BigInteger big, int scale) {
        this.kind = kind;
        this.small = small;
        this.big = big;
        this.scale = scale;
    }

    /** A whole number. */
    public static Numeric of(long value) {
        return of(value, 0);
    }

    /** {@code unscaled} divided by ten to {@code scale}. */
    public static Numeric of(long unscaled, int scale) {
        return unscaled < SMALL_LIMIT && unscaled > -SMALL_LIMIT ? new Numeric(Kind.FINITE, unscaled, null, scale)
                : new Numeric(Kind.FINITE, 0, BigInteger.valueOf(unscaled), scale);
    }

    /** {@code unscaled} divided by ten to {@code scale}; 22003 if numeric cannot hold it. */
    public static Numeric of(BigInteger unscaled, int scale) {
        if (unscaled.bitLength() < 63) {
            long value = unscaled.longValue();
            if (value < SMALL_LIMIT && value > -SMALL_LIMIT && scale >= 0 && scale <= MAX_SCALE) {
                return new Numeric(Kind.FINITE, value, null, scale);
            }
        }
        if (scale < 0) {
            if (-(long) scale > MAX_INTEGER_DIGITS) {
                throw overflow();
            }
            return of(unscaled.multiply(PowersOfTen.big(-scale)), 0);
        }
        if (scale > MAX_SCALE || unscaled.bitLength() / 3.3219280948873623 > (long) MAX_INTEGER_DIGITS + scale
                && new BigDecimal(unscaled).precision() - scale > MAX_INTEGER_DIGITS) {
            throw overflow();
        }
        return new Numeric(Kind.FINITE, 0, unscaled, scale);
    }

    /** The decimal's value; a negative scale becomes zeros. */
    public static Numeric of(BigDecimal value) {
        return of(value.unscaledValue(), value.scale());
    }

    /** As PostgreSQL's cast: fifteen significant digits. */
    public static Numeric of(double value) {
        return ofFloating(value, 15);
    }

    /** As PostgreSQL's cast: six significant digits. */
    public static Numeric ofFloat(double value) {
        return ofFloating(value, 6);
    }

    private static Numeric ofFloating(double value, int digits) {
        if (value != value) {
            return NAN;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? INFINITY : NEGATIVE_INFINITY;
        }
        if (value == 0) {
            return ZERO;
        }
        BigDecimal rounded = new BigDecimal(value).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return of(rounded.scale() < 0 ? rounded.setScale(0) : rounded);
    }

    static SqlError overflow() {
        return new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    public boolean isNaN() {
        return kind == Kind.NAN;
    }

    public boolean isInfinite() {
        return kind == Kind.INFINITY || kind == Kind.NEGATIVE_INFINITY;
    }

    /** Neither NaN nor infinite. */
    public boolean isFinite() {
        return kind == Kind.FINITE;
    }

    /** Whether {@link #unscaledLong} holds the value. */
    public boolean isSmall() {
        return kind == Kind.FINITE && big == null;
    }

    /** The integer part of the representation, if {@link #isSmall}. */
    public long unscaledLong() {
        return small;
    }

    /** The integer part of the representation, of a finite value. */
    public BigInteger unscaled() {
        return big == null ? BigInteger.valueOf(small) : big;
    }

    /** Bytes of memory that the value takes, roughly. */
    long memoryBytes() {
        return big == null ? 32 : 80 + big.bitLength() / 8;
    }

    /** Digits after the decimal point that the value is displayed with. */
    public int scale() {
        return scale;
    }

    /** -1, 0, 1; 0 for NaN. */
    public int signum() {
        return switch (kind) {
            case NEGATIVE_INFINITY -> -1;
            case INFINITY -> 1;
            case NAN -> 0;
            case FINITE -> big == null ? Long.signum(small) : big.signum();
        };
    }

    /** The value of a finite numeric. */
    public BigDecimal toBigDecimal() {
        return big == null ? BigDecimal.valueOf(small, scale) : new BigDecimal(big, scale);
    }

    public Numeric negate() {
        return switch (kind) {
            case NEGATIVE_INFINITY -> INFINITY;
            case INFINITY -> NEGATIVE_INFINITY;
            case NAN -> NAN;
            case FINITE -> big == null ? of(-small, scale) : of(big.negate(), scale);
        };
    }

    public Numeric abs() {
        return signum() < 0 ? negate() : this;
    }

    public Numeric add(Numeric other) {
        if (isSmall() && other.isSmall() && scale == other.scale) {
            return of(small + other.small, scale);
        }
        if (!isFinite() || !other.isFinite()) {
            if (isNaN() || other.isNaN() || isInfinite() && other.isInfinite() && kind != other.kind) {
                return NAN;
            }
            return isInfinite() ? this : other;
        }
        if (isSmall() && other.isSmall()) {
            int max = Math.max(scale, other.scale);
            long x = PowersOfTen.scaleUp(small, max - scale);
            long y = PowersOfTen.scaleUp(other.small, max - other.scale);
            if (x != Long.MIN_VALUE && y != Long.MIN_VALUE) {
                return of(x + y, max);
            }
        }
        return of(toBigDecimal().add(other.toBigDecimal()));
    }

    public Numeric subtract(Numeric other) {
        return add(other.negate());
    }

    public Numeric multiply(Numeric other) {
        if (isSmall() && other.isSmall()) {
            long high = Math.multiplyHigh(small, other.small);
            long low = small * other.small;
            if (high == low >> 63 && scale + other.scale <= MAX_SCALE) {
                return of(low, scale + other.scale);
            }
        }
        if (!isFinite() || !other.isFinite()) {
            if (isNaN() || other.isNaN() || signum() == 0 || other.signum() == 0) {
                return NAN;
            }
            return signum() == other.signum() ? INFINITY : NEGATIVE_INFINITY;
        }
        BigDecimal product = toBigDecimal().multiply(other.toBigDecimal());
        return of(product.scale() > MAX_SCALE ? product.setScale(MAX_SCALE, RoundingMode.HALF_UP) : product);
    }

    /** Division with PostgreSQL's choice of scale: at least 16 significant digits. */
    public Numeric divide(Numeric other) {
        if (!isFinite() || !other.isFinite()) {
            return divideSpecial(other);
        }
        if (other.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return divide(other, divisionScale(other));
    }

    /** Division to a given scale, half away from zero; both are finite and {@code other} is not zero. */
    public Numeric divide(Numeric other, int resultScale) {
        int shift = resultScale - scale + other.scale;
        if (isSmall() && other.isSmall() && shift >= 0) {
            long numerator = PowersOfTen.scaleUp(small, shift);
            if (numerator != Long.MIN_VALUE) {
                long quotient = numerator / other.small;
                long rest = Math.abs(numerator % other.small);
                if (rest != 0 && rest >= Math.abs(other.small) - rest) {
                    quotient += (numerator < 0) == (other.small < 0) ? 1 : -1;
                }
                return of(quotient, resultScale);
            }
        }
        return of(toBigDecimal().divide(other.toBigDecimal(), resultScale, RoundingMode.HALF_UP));
    }

    private Numeric divideSpecial(Numeric other) {
        if (isNaN() || other.isNaN() || isInfinite() && other.isInfinite()) {
            return NAN;
        }
        if (other.isInfinite()) {
            return ZERO;
        }
        if (other.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return signum() == other.signum() ? INFINITY : NEGATIVE_INFINITY;
    }

    private int divisionScale(Numeric other) {
        int quotientWeight = weight() - other.weight();
        if (leadingDigit() <= other.leadingDigit()) {
            quotientWeight--;
        }
        int result = 16 - quotientWeight * 4;
        result = Math.max(result, Math.max(scale, other.scale));
        return Math.min(Math.max(result, 0), 1000);
    }

    /** Decimal digits of the unscaled integer. */
    int precision() {
        return big == null ? PowersOfTen.digits(small) : new BigDecimal(big).precision();
    }

    /** The power of 10000 of the first base-10000 digit: what PostgreSQL's scale rules count in. */
    int weight() {
        return signum() == 0 ? 0 : Math.floorDiv(precision() - scale - 1, 4);
    }

    /** The first base-10000 digit. */
    int leadingDigit() {
        if (signum() == 0) {
            return 0;
        }
        int digits = precision();
        int wanted = Math.floorMod(digits - scale - 1, 4) + 1;
        if (big == null) {
            long abs = Math.abs(small);
            return (int) (digits >= wanted ? abs / PowersOfTen.of(digits - wanted) : abs * PowersOfTen.of(wanted - digits));
        }
        return big.abs().divide(PowersOfTen.big(digits - wanted)).intValue();
    }

    /** The remainder, with the dividend's sign. */
    public Numeric remainder(Numeric other) {
        if (!isFinite() || !other.isFinite()) {
            if (isNaN() || other.isNaN()) {
                return NAN;
            }
            if (isInfinite()) {
                if (other.signum() == 0) {
                    throw Errors.divisionByZero();
                }
                return NAN;
            }
            return this;
        }
        if (other.signum() == 0) {
            throw Errors.divisionByZero();
        }
        if (isSmall() && other.isSmall() && scale == other.scale) {
            return of(small % other.small, scale);
        }
        return of(toBigDecimal().remainder(other.toBigDecimal()).setScale(Math.max(scale, other.scale)));
    }

    /** The quotient cut to a whole number. */
    public Numeric divideTruncated(Numeric other) {
        if (!isFinite() || !other.isFinite()) {
            return divideSpecial(other);
        }
        if (other.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return of(toBigDecimal().divideToIntegralValue(other.toBigDecimal()).setScale(0, RoundingMode.DOWN));
    }

    /** Rounded to {@code newScale} digits after the point (before it, if negative), as {@code mode} says. */
    public Numeric round(int newScale, RoundingMode mode) {
        if (!isFinite() || newScale == scale) {
            return this;
        }
        int display = Math.max(0, newScale);
        if (newScale > scale && isSmall()) {
            long up = PowersOfTen.scaleUp(small, newScale - scale);
            if (up != Long.MIN_VALUE) {
                return of(up, newScale);
            }
        }
        if (newScale < -MAX_INTEGER_DIGITS - 1) {
            return ZERO;
        }
        return of(toBigDecimal().setScale(newScale, mode).setScale(display));
    }

    /** Rounded half away from zero, as PostgreSQL rounds numeric. */
    public Numeric round(int newScale) {
        return round(newScale, RoundingMode.HALF_UP);
    }

    /** Without zeros at the end of the fraction. */
    public Numeric stripTrailingZeros() {
        if (!isFinite() || scale == 0) {
            return this;
        }
        if (big == null) {
            long value = small;
            int s = scale;
            while (s > 0 && value % 10 == 0) {
                value /= 10;
                s--;
            }
            return of(value, s);
        }
        BigDecimal stripped = toBigDecimal().stripTrailingZeros();
        return of(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }

    /** Fits the value to a type modifier, numeric(p, s); 22003 if it is too large. */
    public Numeric withTypmod(int typmod) {
        return typmod < 4 ? this : NumericText.applyTypmod(this, typmod);
    }

    /** The nearest float8; infinite if it is beyond all of them. */
    public double toDouble() {
        return switch (kind) {
            case NAN -> Double.NaN;
            case INFINITY -> Double.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
            case FINITE -> big == null && scale <= 22 && Math.abs(small) < 1L << 53
                    ? small / Math.pow(10, scale) : toBigDecimal().doubleValue();
        };
    }

    /** Rounded to a whole number between the bounds; 22003 {@code "{type} out of range"} otherwise. */
    public long toLong(long min, long max, String type) {
        if (!isFinite()) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED,
                    "cannot convert " + (isNaN() ? "NaN" : "infinity") + " to " + type);
        }
        Numeric whole = round(0);
        if (whole.big == null ? whole.small < min || whole.small > max : whole.big.bitLength() > 63
                || whole.big.longValue() < min || whole.big.longValue() > max) {
            throw Errors.outOfRange(type);
        }
        return whole.big == null ? whole.small : whole.big.longValue();
    }

    /** NaN is the greatest; values that differ only in scale are equal. */
    @Override
    public int compareTo(Numeric other) {
        if (isSmall() && other.isSmall() && scale == other.scale) {
            return Long.compare(small, other.small);
        }
        if (!isFinite() || !other.isFinite()) {
            return kind.compareTo(other.kind);
        }
        int sign = signum();
        int otherSign = other.signum();
        if (sign != otherSign) {
            return Integer.compare(sign, otherSign);
        }
        return toBigDecimal().compareTo(other.toBigDecimal());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numeric n && compareTo(n) == 0;
    }

    /** A hash that does not depend on the scale. */
    public long hash() {
        if (!isFinite()) {
            return Hash.mix(kind.ordinal());
        }
        Numeric n = stripTrailingZeros();
        return Hash.combine(n.scale, n.big == null ? n.small : n.big.hashCode());
    }

    @Override
    public int hashCode() {
        return (int) hash();
    }

    /** The value as SQL shows it. */
    @Override
    public String toString() {
        return NumericText.toString(this);
    }
}
