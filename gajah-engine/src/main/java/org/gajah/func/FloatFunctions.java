package org.gajah.func;

import org.gajah.type.Errors;

/** Arithmetic of floating-point numbers, checked for overflow and underflow as PostgreSQL checks it, and their casts. */
public final class FloatFunctions {
    private FloatFunctions() {
    }

    private static double sum(double r, double a, double b) {
        if (Double.isInfinite(r) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
            throw Errors.floatOverflow();
        }
        return r;
    }

    private static double product(double r, double a, double b) {
        sum(r, a, b);
        if (r == 0 && a != 0 && b != 0) {
            throw Errors.floatUnderflow();
        }
        return r;
    }

    private static void nonZero(double a, double b) {
        if (b == 0 && a == a) {
            throw Errors.divisionByZero();
        }
    }

    private static double quotient(double r, double a, double b) {
        if (Double.isInfinite(r) && !Double.isInfinite(a)) {
            throw Errors.floatOverflow();
        }
        if (r == 0 && a != 0 && !Double.isInfinite(b)) {
            throw Errors.floatUnderflow();
        }
        return r;
    }

    public static double float8pl(double a, double b) {
        return sum(a + b, a, b);
    }

    public static double float8mi(double a, double b) {
        return sum(a - b, a, b);
    }

    public static double float8mul(double a, double b) {
        return product(a * b, a, b);
    }

    public static double float8div(double a, double b) {
        nonZero(a, b);
        return quotient(a / b, a, b);
    }

    public static double float4pl(double a, double b) {
        return sum((float) a + (float) b, a, b);
    }

    public static double float4mi(double a, double b) {
        return sum((float) a - (float) b, a, b);
    }

    public static double float4mul(double a, double b) {
        return product((float) a * (float) b, a, b);
    }

    public static double float4div(double a, double b) {
        nonZero(a, b);
        return quotient((float) a / (float) b, a, b);
    }

    public static double float48pl(double a, double b) {
        return float8pl(a, b);
    }

    public static double float48mi(double a, double b) {
        return float8mi(a, b);
    }

    public static double float48mul(double a, double b) {
        return float8mul(a, b);
    }

    public static double float48div(double a, double b) {
        return float8div(a, b);
    }

    public static double float84pl(double a, double b) {
        return float8pl(a, b);
    }

    public static double float84mi(double a, double b) {
        return float8mi(a, b);
    }

    public static double float84mul(double a, double b) {
        return float8mul(a, b);
    }

    public static double float84div(double a, double b) {
        return float8div(a, b);
    }

    public static double float4abs(double a) {
        return Math.abs(a);
    }

    public static double float8abs(double a) {
        return Math.abs(a);
    }

    public static double float4um(double a) {
        return -a;
    }

    public static double float8um(double a) {
        return -a;
    }

    public static double float4up(double a) {
        return a;
    }

    public static double float8up(double a) {
        return a;
    }

    public static double ftod(double a) {
        return a;
    }

    public static double dtof(double a) {
        float f = (float) a;
        if (Float.isInfinite(f) && !Double.isInfinite(a)) {
            throw Errors.floatOverflow();
        }
        if (f == 0 && a != 0) {
            throw Errors.floatUnderflow();
        }
        return f;
    }

    public static double i2tod(int a) {
        return a;
    }

    public static double i2tof(int a) {
        return a;
    }

    public static double i4tod(int a) {
        return a;
    }

    public static double i4tof(int a) {
        return (float) a;
    }

    public static double i8tod(long a) {
        return a;
    }

    public static double i8tof(long a) {
        return (float) a;
    }

    private static double whole(double a, double min, double max, String type) {
        double r = Math.rint(a);
        if (!(r >= min && r < max)) {
            throw Errors.outOfRange(type);
        }
        return r;
    }

    public static int dtoi2(double a) {
        return (int) whole(a, -0x1p15, 0x1p15, "smallint");
    }

    public static int dtoi4(double a) {
        return (int) whole(a, -0x1p31, 0x1p31, "integer");
    }

    public static long dtoi8(double a) {
        return (long) whole(a, -0x1p63, 0x1p63, "bigint");
    }

    public static int ftoi2(double a) {
        return dtoi2(a);
    }

    public static int ftoi4(double a) {
        return dtoi4(a);
    }

    public static long ftoi8(double a) {
        return dtoi8(a);
    }

    public static double dround(double a) {
        return Math.rint(a);
    }

    public static double dceil(double a) {
        return Math.ceil(a);
    }

    public static double dfloor(double a) {
        return Math.floor(a);
    }

    public static double dtrunc(double a) {
        return a < 0 ? Math.ceil(a) : Math.floor(a);
    }

    public static double dsign(double a) {
        return a > 0 ? 1 : a < 0 ? -1 : 0;
    }

    /** Whether {@code value} lies within {@code offset} of {@code base}, for RANGE frames. */
    private static boolean inRange(double value, double base, double offset, boolean subtract, boolean less) {
        if (!(offset >= 0)) {
            throw new org.gajah.api.SqlError(org.gajah.api.SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
        }
        if (value != value) {
            return base != base || !less;
        }
        if (base != base) {
            return less;
        }
        if (Double.isInfinite(offset) && Double.isInfinite(base) && (subtract ? base > 0 : base < 0)) {
            return true;
        }
        double sum = subtract ? base - offset : base + offset;
        return less ? value <= sum : value >= sum;
    }

    public static boolean in_range_float8_float8(double value, double base, double offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }

    public static boolean in_range_float4_float8(double value, double base, double offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }
}
