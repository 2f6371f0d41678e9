package org.gajah.func;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Errors;
import org.gajah.type.Numeric;

/** Arithmetic of numeric, its rounding and its casts. */
public final class NumericFunctions {
    private NumericFunctions() {
    }

    public static Numeric numeric_add(Numeric a, Numeric b) {
        return a.add(b);
    }

    public static Numeric numeric_sub(Numeric a, Numeric b) {
        return a.subtract(b);
    }

    public static Numeric numeric_mul(Numeric a, Numeric b) {
        return a.multiply(b);
    }

    public static Numeric numeric_div(Numeric a, Numeric b) {
        return a.divide(b);
    }

    public static Numeric numeric_div_trunc(Numeric a, Numeric b) {
        return a.divideTruncated(b);
    }

    public static Numeric numeric_mod(Numeric a, Numeric b) {
        return a.remainder(b);
    }

    public static Numeric numeric_inc(Numeric a) {
        return a.add(Numeric.ONE);
    }

    public static Numeric numeric_uminus(Numeric a) {
        return a.negate();
    }

    public static Numeric numeric_uplus(Numeric a) {
        return a;
    }

    public static Numeric numeric_abs(Numeric a) {
        return a.abs();
    }

    public static Numeric numeric_sign(Numeric a) {
        return a.isNaN() ? a : Numeric.of(a.signum());
    }

    public static Numeric numeric_ceil(Numeric a) {
        return a.round(0, RoundingMode.CEILING);
    }

    public static Numeric numeric_floor(Numeric a) {
        return a.round(0, RoundingMode.FLOOR);
    }

    private static int scale(int digits) {
        return Math.max(-Numeric.MAX_SCALE * 9, Math.min(Numeric.MAX_SCALE, digits));
    }

    public static Numeric numeric_round(Numeric a, int digits) {
        return a.round(scale(digits));
    }

    public static Numeric numeric_trunc(Numeric a, int digits) {
        return a.round(scale(digits), RoundingMode.DOWN);
    }

    /** The cast to numeric(p, s). */
    public static Numeric numeric(Numeric a, int typmod) {
        return a.withTypmod(typmod);
    }

    public static Integer numeric_scale(Numeric a) {
        return a.isFinite() ? Integer.valueOf(a.scale()) : null;
    }

    public static Integer numeric_min_scale(Numeric a) {
        return a.isFinite() ? Integer.valueOf(a.stripTrailingZeros().scale()) : null;
    }

    public static Numeric numeric_trim_scale(Numeric a) {
        return a.stripTrailingZeros();
    }

    public static Numeric numeric_gcd(Numeric a, Numeric b) {
        if (!a.isFinite() || !b.isFinite()) {
            return Numeric.NAN;
        }
        int scale = Math.max(a.scale(), b.scale());
        BigInteger x = a.toBigDecimal().setScale(scale).unscaledValue();
        BigInteger y = b.toBigDecimal().setScale(scale).unscaledValue();
        return Numeric.of(x.gcd(y), scale);
    }

    public static Numeric numeric_lcm(Numeric a, Numeric b) {
        if (!a.isFinite() || !b.isFinite()) {
            return Numeric.NAN;
        }
        int scale = Math.max(a.scale(), b.scale());
        if (a.signum() == 0 || b.signum() == 0) {
            return Numeric.of(0, scale);
        }
        BigInteger x = a.toBigDecimal().setScale(scale).unscaledValue();
        BigInteger y = b.toBigDecimal().setScale(scale).unscaledValue();
        return Numeric.of(new BigDecimal(x.divide(x.gcd(y)).multiply(y).abs(), scale));
    }

    public static Numeric numeric_fac(CallContext context, long n) {
        if (n < 0) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "factorial of a negative number is undefined");
        }
        if (n > 32177) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        BigInteger product = BigInteger.ONE;
        for (long i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
            context.checkCancelled();
        }
        return Numeric.of(product, 0);
    }

    public static Numeric numeric_sqrt(Numeric a) {
        return NumericMath.sqrt(a);
    }

    public static Numeric numeric_exp(Numeric a) {
        return NumericMath.exp(a);
    }

    public static Numeric numeric_ln(Numeric a) {
        return NumericMath.ln(a);
    }

    public static Numeric numeric_log(Numeric base, Numeric a) {
        return NumericMath.log(base, a);
    }

    public static Numeric numeric_power(Numeric a, Numeric b) {
        return NumericMath.power(a, b);
    }

    public static int width_bucket_numeric(Numeric operand, Numeric low, Numeric high, int count) {
        if (count <= 0) {
            throw MathFunctions.bucket("count must be greater than zero");
        }
        if (operand.isNaN() || low.isNaN() || high.isNaN()) {
            throw MathFunctions.bucket("operand, lower bound, and upper bound cannot be NaN");
        }
        if (low.isInfinite() || high.isInfinite()) {
            throw MathFunctions.bucket("lower and upper bounds must be finite");
        }
        int order = low.compareTo(high);
        if (order == 0) {
            throw MathFunctions.bucket("lower bound cannot equal upper bound");
        }
        if (order < 0 ? operand.compareTo(low) < 0 : operand.compareTo(low) > 0) {
            return 0;
        }
        if (order < 0 ? operand.compareTo(high) >= 0 : operand.compareTo(high) <= 0) {
            return IntegerArithmetic.int4pl(count, 1);
        }
        Numeric position = operand.subtract(low).multiply(Numeric.of(count)).divideTruncated(high.subtract(low));
        return (int) position.unscaledLong() + 1;
    }

    public static Numeric int2_numeric(int a) {
        return Numeric.of(a);
    }

    public static Numeric int4_numeric(int a) {
        return Numeric.of(a);
    }

    public static Numeric int8_numeric(long a) {
        return Numeric.of(a);
    }

    public static Numeric float4_numeric(double a) {
        return Numeric.ofFloat(a);
    }

    public static Numeric float8_numeric(double a) {
        return Numeric.of(a);
    }

    public static int numeric_int2(Numeric a) {
        return (int) a.toLong(Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
    }

    public static int numeric_int4(Numeric a) {
        return (int) a.toLong(Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
    }

    public static long numeric_int8(Numeric a) {
        return a.toLong(Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
    }

    public static double numeric_float8(Numeric a) {
        double d = a.toDouble();
        if (a.isFinite() && (Double.isInfinite(d) || d == 0 && a.signum() != 0)) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "\"" + a + "\" is out of range for type double precision");
        }
        return d;
    }

    public static double numeric_float4(Numeric a) {
        float f = a.isFinite() ? a.toBigDecimal().floatValue() : (float) a.toDouble();
        if (a.isFinite() && (Float.isInfinite(f) || f == 0 && a.signum() != 0)) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"" + a + "\" is out of range for type real");
        }
        return f;
    }

    public static boolean in_range_numeric_numeric(Numeric value, Numeric base, Numeric offset, boolean subtract,
            boolean less) {
        if (offset.isNaN() || offset.signum() < 0) {
            throw new SqlError(SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
        }
        if (value.isNaN()) {
            return base.isNaN() || !less;
        }
        if (base.isNaN()) {
            return less;
        }
        if (offset.isInfinite() && base.isInfinite() && (subtract ? base.signum() > 0 : base.signum() < 0)) {
            return true;
        }
        Numeric sum = subtract ? base.subtract(offset) : base.add(offset);
        return less ? value.compareTo(sum) <= 0 : value.compareTo(sum) >= 0;
    }

    /** 22003 for a money value that does not fit. */
    static long cents(BigDecimal value) {
        BigInteger cents = value.movePointRight(2).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        if (cents.bitLength() > 63) {
            throw Errors.outOfRange("money");
        }
        return cents.longValue();
    }
}
