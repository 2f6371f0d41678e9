package org.gajah.func;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Numeric;

/**
 * Square root, exponential, logarithm and power of numeric. The scale of a result follows PostgreSQL's rules: at least sixteen
 * significant digits, at least the operands' scale, at most a thousand.
 */
final class NumericMath {
    private static final int MIN_DIGITS = 16;
    private static final int MAX_DISPLAY_SCALE = 1000;
    private static final BigDecimal LN10 = new BigDecimal("2.302585092994045684017991454684364207601101488628772976033327900967572609677352480235997205089598298341967784042286");
    private static final BigDecimal LN2 = new BigDecimal("0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996418687");

    private NumericMath() {
    }

    private static int scale(int wanted, int least) {
        return Math.min(MAX_DISPLAY_SCALE, Math.max(0, Math.max(wanted, least)));
    }

    /** The power of 10000 of the first digit. */
    private static int weight(BigDecimal v) {
        return v.signum() == 0 ? 0 : Math.floorDiv(v.precision() - v.scale() - 1, 4);
    }

    static Numeric sqrt(Numeric a) {
        if (a.isNaN() || a.isInfinite() && a.signum() > 0) {
            return a;
        }
        if (a.signum() < 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION, "cannot take square root of a negative number");
        }
        BigDecimal v = a.toBigDecimal();
        int weight = weight(v);
        int digits = weight >= 0 ? weight * 4 / 2 + 1 : 1 - (1 - weight * 4) / 2;
        return sqrt(a, scale(MIN_DIGITS - digits, a.scale()));
    }

    /** The square root of a number that is not negative, to {@code scale} digits. */
    static Numeric sqrt(Numeric a, int scale) {
        BigDecimal v = a.toBigDecimal();
        if (v.signum() == 0) {
            return Numeric.of(0, scale);
        }
        BigInteger scaled = v.setScale(2 * scale + 2, RoundingMode.DOWN).unscaledValue();
        return Numeric.of(new BigDecimal(scaled.sqrt(), scale + 1).setScale(scale, RoundingMode.HALF_UP));
    }

    static Numeric exp(Numeric a) {
        if (a.isNaN()) {
            return a;
        }
        if (a.isInfinite()) {
            return a.signum() > 0 ? a : Numeric.ZERO;
        }
        double weight = clamp(a.toDouble() * 0.434294481903252, 2000);
        int scale = scale(MIN_DIGITS - (int) weight, a.scale());
        double value = a.toDouble();
        if (value > 302_000) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        if (value * 0.4342944819 < -scale - 10) {
            return Numeric.of(0, scale);
        }
        return Numeric.of(exp(a.toBigDecimal(), scale).setScale(scale, RoundingMode.HALF_UP));
    }

    private static double clamp(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** e to the power of x, with more digits than {@code scale} after the point. */
    private static BigDecimal exp(BigDecimal x, int scale) {
        int integerDigits = Math.max(0, (int) (x.doubleValue() * 0.4343) + 1);
        int precision = scale + integerDigits + 12;
        MathContext context = new MathContext(precision + 10);
        int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 8;
        BigDecimal reduced = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), new MathContext(precision + halvings + 10));
        MathContext inner = new MathContext(precision + halvings + 10);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        BigDecimal limit = BigDecimal.ONE.movePointLeft(precision + halvings + 8);
        for (int i = 1; term.abs().compareTo(limit) > 0; i++) {
            term = term.multiply(reduced, inner).divide(BigDecimal.valueOf(i), inner);
            sum = sum.add(term, inner);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, inner);
        }
        return sum.round(context);
    }

    /** The natural logarithm of a positive number, to {@code digits} after the point. */
    private static BigDecimal ln(BigDecimal x, int digits) {
        int exponent = x.precision() - x.scale();
        MathContext context = new MathContext(digits + 20 + Integer.toString(Math.abs(exponent)).length());
        BigDecimal m = x.movePointLeft(exponent);
        BigDecimal shift = BigDecimal.ZERO;
        if (exponent == 1 || exponent == 0) {
            m = x;
        } else {
            shift = BigDecimal.valueOf(exponent).multiply(ln10(digits + 12), context);
        }
        int roots = 0;
        BigDecimal low = new BigDecimal("0.99");
        BigDecimal high = new BigDecimal("1.01");
        MathContext inner = new MathContext(digits + 40);
        while (m.compareTo(low) < 0 || m.compareTo(high) > 0) {
            m = m.sqrt(inner);
            roots++;
        }
        BigDecimal z = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), inner);
        BigDecimal square = z.multiply(z, inner);
        BigDecimal sum = z;
        BigDecimal power = z;
        BigDecimal limit = BigDecimal.ONE.movePointLeft(digits + 25);
        for (int i = 3; power.abs().compareTo(limit) > 0; i += 2) {
            power = power.multiply(square, inner);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), inner), inner);
        }
        return sum.multiply(new BigDecimal(BigInteger.TWO.pow(roots + 1)), inner).add(shift, inner);
    }

    private static BigDecimal ln10(int digits) {
        if (digits < 100) {
            return LN10;
        }
        BigDecimal low = ln(new BigDecimal("1.25"), digits + 5);
        return low.add(BigDecimal.valueOf(3).multiply(digits < 90 ? LN2 : ln(new BigDecimal("2"), digits + 5)));
    }

    /** The decimal exponent of ln(v), estimated as PostgreSQL estimates it. */
    private static int lnWeight(BigDecimal v) {
        if (v.signum() <= 0) {
            return 0;
        }
        if (v.compareTo(new BigDecimal("0.9")) >= 0 && v.compareTo(new BigDecimal("1.1")) <= 0) {
            BigDecimal x = v.subtract(BigDecimal.ONE);
            if (x.signum() == 0) {
                return 0;
            }
            int weight = weight(x);
            int first = x.abs().movePointLeft(weight * 4).intValue();
            return weight * 4 + (int) Math.log10(first);
        }
        int weight = weight(v);
        int exponent = weight * 4;
        double digits = v.movePointLeft(exponent).intValue();
        if (v.movePointLeft(exponent).stripTrailingZeros().scale() > 0) {
            exponent -= 4;
            digits = v.movePointLeft(exponent).intValue();
        }
        double ln = Math.log(digits) + exponent * 2.302585092994046;
        return (int) Math.log10(Math.abs(ln));
    }

    private static void positive(Numeric a) {
        if (a.signum() < 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of a negative number");
        }
        if (a.signum() == 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
        }
    }

    static Numeric ln(Numeric a) {
        if (a.isNaN()) {
            return a;
        }
        positive(a);
        if (a.isInfinite()) {
            return a;
        }
        BigDecimal v = a.toBigDecimal();
        int scale = scale(MIN_DIGITS - lnWeight(v), a.scale());
        return Numeric.of(ln(v, scale).setScale(scale, RoundingMode.HALF_UP));
    }

    static Numeric log(Numeric base, Numeric a) {
        if (base.isNaN() || a.isNaN()) {
            return Numeric.NAN;
        }
        if (!base.isFinite() || !a.isFinite()) {
            positive(base.signum() < 0 ? base : a.signum() < 0 ? a : base);
        }
        positive(base);
        positive(a);
        if (base.isInfinite() || a.isInfinite()) {
            return base.isInfinite() && a.isInfinite() ? Numeric.NAN : base.isInfinite() ? Numeric.ZERO : a;
        }
        BigDecimal b = base.toBigDecimal();
        BigDecimal v = a.toBigDecimal();
        int scale = scale(MIN_DIGITS - (lnWeight(v) - lnWeight(b)), Math.max(base.scale(), a.scale()));
        BigDecimal divisor = ln(b, scale + 20);
        if (b.compareTo(BigDecimal.ONE) == 0) {
            throw org.gajah.type.Errors.divisionByZero();
        }
        return Numeric.of(ln(v, scale + 20).divide(divisor, scale, RoundingMode.HALF_UP));
    }

    static Numeric power(Numeric a, Numeric b) {
        if (!a.isFinite() || !b.isFinite()) {
            return specialPower(a, b);
        }
        if (a.signum() == 0 && b.signum() < 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION, "zero raised to a negative power is undefined");
        }
        BigDecimal exponent = b.toBigDecimal();
        boolean whole = b.stripTrailingZeros().scale() == 0;
        if (a.signum() < 0 && !whole) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "a negative number raised to a non-integer power yields a complex result");
        }
        if (whole && exponent.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return integerPower(a, exponent.intValue(), b.scale());
        }
        if (a.signum() == 0) {
            return Numeric.of(0, MIN_DIGITS);
        }
        BigDecimal base = a.toBigDecimal().abs();
        double weight = exponent.doubleValue() * Math.log10(base.doubleValue());
        if (weight > 131_072) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        int scale = scale(MIN_DIGITS - (int) clamp(weight, 2000), Math.max(a.scale(), b.scale()));
        if (weight < -scale - 10) {
            return Numeric.of(0, scale);
        }
        int digits = scale + (int) Math.max(0, weight) + exponent.precision() + 20;
        BigDecimal result = exp(ln(base, digits).multiply(exponent), scale + 2);
        boolean odd = whole && exponent.toBigInteger().testBit(0);
        return Numeric.of((a.signum() < 0 && odd ? result.negate() : result).setScale(scale, RoundingMode.HALF_UP));
    }

    private static Numeric integerPower(Numeric a, int exponent, int exponentScale) {
        if (exponent == 0) {
            return Numeric.ONE.round(scale(MIN_DIGITS, Math.max(a.scale(), exponentScale)));
        }
        if (a.signum() == 0) {
            return Numeric.of(0, scale(MIN_DIGITS, Math.max(a.scale(), exponentScale)));
        }
        BigDecimal base = a.toBigDecimal();
        BigInteger unscaled = base.unscaledValue().abs();
        int drop = Math.max(0, base.precision() - 17);
        double log = Math.log10(new BigDecimal(unscaled).movePointLeft(drop).doubleValue()) + drop - base.scale();
        double weight = log * exponent;
        if (weight > 131_072) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        int scale = scale(MIN_DIGITS - (int) clamp(weight, 20000), Math.max(a.scale(), exponentScale));
        if (weight < -scale - 2) {
            return Numeric.of(0, scale);
        }
        int digits = Math.max(20, scale + (int) Math.max(weight, 0) + 20);
        MathContext context = new MathContext(digits);
        BigDecimal result = BigDecimal.ONE;
        BigDecimal square = base;
        for (long e = Math.abs((long) exponent); e > 0; e >>= 1) {
            if ((e & 1) != 0) {
                result = result.multiply(square, context);
            }
            if (e > 1) {
                square = square.multiply(square, context);
            }
        }
        return Numeric.of(exponent < 0 ? BigDecimal.ONE.divide(result, scale, RoundingMode.HALF_UP)
                : result.setScale(scale, RoundingMode.HALF_UP));
    }

    private static Numeric specialPower(Numeric a, Numeric b) {
        if (a.isNaN()) {
            return b.isFinite() && b.signum() == 0 ? Numeric.ONE : Numeric.NAN;
        }
        if (b.isNaN()) {
            return a.equals(Numeric.ONE) ? Numeric.ONE : Numeric.NAN;
        }
        if (a.signum() == 0 && b.signum() < 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION, "zero raised to a negative power is undefined");
        }
        boolean whole = b.isInfinite() || b.stripTrailingZeros().scale() == 0;
        if (a.signum() < 0 && !whole) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "a negative number raised to a non-integer power yields a complex result");
        }
        if (b.signum() == 0 || a.equals(Numeric.ONE)) {
            return Numeric.ONE;
        }
        if (b.isInfinite()) {
            int order = a.abs().compareTo(Numeric.ONE);
            if (order == 0) {
                return Numeric.ONE;
            }
            return order > 0 == b.signum() > 0 ? Numeric.INFINITY : Numeric.ZERO;
        }
        if (b.signum() < 0) {
            return Numeric.ZERO;
        }
        boolean odd = b.toBigDecimal().toBigInteger().testBit(0);
        return a.signum() < 0 && odd ? Numeric.NEGATIVE_INFINITY : Numeric.INFINITY;
    }
}
