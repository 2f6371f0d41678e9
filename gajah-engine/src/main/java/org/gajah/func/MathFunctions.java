package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Errors;

/** Mathematical functions of float8. They use StrictMath or sums of their own, so that results are the same on every machine. */
public final class MathFunctions {
    private MathFunctions() {
    }

    private static SqlError inputOutOfRange() {
        return new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
    }

    public static double dpi() {
        return Math.PI;
    }

    public static double dsqrt(double a) {
        if (a < 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION, "cannot take square root of a negative number");
        }
        return Math.sqrt(a);
    }

    public static double dcbrt(double a) {
        return StrictMath.cbrt(a);
    }

    public static double dpow(double a, double b) {
        if (a != a) {
            return b == 0 ? 1 : a;
        }
        if (b != b) {
            return a == 1 ? 1 : b;
        }
        if (a == 0 && b < 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION, "zero raised to a negative power is undefined");
        }
        if (a < 0 && Math.floor(b) != b) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "a negative number raised to a non-integer power yields a complex result");
        }
        if (Double.isInfinite(b) && Math.abs(a) == 1) {
            return 1;
        }
        double r = StrictMath.pow(a, b);
        if (Double.isInfinite(a) || Double.isInfinite(b)) {
            return r;
        }
        if (Double.isInfinite(r)) {
            throw Errors.floatOverflow();
        }
        if (r == 0 && a != 0) {
            throw Errors.floatUnderflow();
        }
        return r;
    }

    public static double dexp(double a) {
        double r = Exponential.exp(a);
        if (Double.isInfinite(r) && !Double.isInfinite(a)) {
            throw Errors.floatOverflow();
        }
        if (r == 0 && !Double.isInfinite(a)) {
            throw Errors.floatUnderflow();
        }
        return r;
    }

    private static void logarithm(double a) {
        if (a == 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
        }
        if (a < 0) {
            throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of a negative number");
        }
    }

    public static double dlog1(double a) {
        logarithm(a);
        return StrictMath.log(a);
    }

    public static double dlog10(double a) {
        logarithm(a);
        return StrictMath.log10(a);
    }

    public static double degrees(double a) {
        return FloatFunctions.float8div(a, 0.017453292519943295);
    }

    public static double radians(double a) {
        return FloatFunctions.float8mul(a, 0.017453292519943295);
    }

    private static double finite(double a) {
        if (Double.isInfinite(a)) {
            throw inputOutOfRange();
        }
        return a;
    }

    private static double unit(double a) {
        if (a < -1 || a > 1) {
            throw inputOutOfRange();
        }
        return a;
    }

    public static double dsin(double a) {
        return StrictMath.sin(finite(a));
    }

    public static double dcos(double a) {
        return StrictMath.cos(finite(a));
    }

    public static double dtan(double a) {
        return StrictMath.tan(finite(a));
    }

    public static double dcot(double a) {
        return 1.0 / StrictMath.tan(finite(a));
    }

    public static double dasin(double a) {
        return StrictMath.asin(unit(a));
    }

    public static double dacos(double a) {
        return StrictMath.acos(unit(a));
    }

    public static double datan(double a) {
        return StrictMath.atan(a);
    }

    public static double datan2(double a, double b) {
        return StrictMath.atan2(a, b);
    }

    public static double dsinh(double a) {
        return StrictMath.sinh(a);
    }

    public static double dcosh(double a) {
        return Exponential.cosh(a);
    }

    public static double dtanh(double a) {
        return StrictMath.tanh(a);
    }

    public static double dasinh(double a) {
        if (a == 0 || Double.isInfinite(a)) {
            return a;
        }
        double x = Math.abs(a);
        double r = x < 1e-4 ? StrictMath.log1p(x + x * x / (1 + Math.sqrt(1 + x * x)))
                : x > 1e8 ? StrictMath.log(x) + StrictMath.log(2) : StrictMath.log(x + Math.sqrt(x * x + 1));
        return Math.copySign(r, a);
    }

    public static double dacosh(double a) {
        if (a < 1) {
            throw inputOutOfRange();
        }
        return a > 1e8 ? StrictMath.log(a) + StrictMath.log(2) : StrictMath.log(a + Math.sqrt(a * a - 1));
    }

    public static double datanh(double a) {
        unit(a);
        if (a == 1 || a == -1) {
            return a * Double.POSITIVE_INFINITY;
        }
        return 0.5 * (StrictMath.log1p(a) - StrictMath.log1p(-a));
    }

    /** The sine of degrees between 0 and 90, exact at 0, 30 and 90. */
    private static double sinQuadrant(double degrees) {
        if (degrees <= 30) {
            return StrictMath.sin(Math.toRadians(degrees)) / StrictMath.sin(Math.toRadians(30)) / 2;
        }
        return 1 - (1 - StrictMath.cos(Math.toRadians(90 - degrees))) / (1 - StrictMath.cos(Math.toRadians(60))) / 2;
    }

    public static double dsind(double a) {
        double d = finite(a) % 360;
        int sign = 1;
        if (d < 0) {
            d = -d;
            sign = -1;
        }
        if (d > 180) {
            d = 360 - d;
            sign = -sign;
        }
        return sign * sinQuadrant(d > 90 ? 180 - d : d);
    }

    public static double dcosd(double a) {
        double d = Math.abs(finite(a) % 360);
        if (d > 180) {
            d = 360 - d;
        }
        return d > 90 ? -sinQuadrant(d - 90) : sinQuadrant(90 - d);
    }

    public static double dtand(double a) {
        double s = dsind(a);
        double c = dcosd(a);
        double r = Math.abs(s) == Math.abs(c) ? Math.signum(s) * Math.signum(c) : s / c;
        return r == 0 ? 0 : r;
    }

    public static double dcotd(double a) {
        double s = dsind(a);
        double c = dcosd(a);
        double r = Math.abs(s) == Math.abs(c) ? Math.signum(s) * Math.signum(c) : c / s;
        return r == 0 ? 0 : r;
    }

    public static double dasind(double a) {
        unit(a);
        double abs = Math.abs(a);
        double r = abs <= 0.5 ? StrictMath.asin(abs) / StrictMath.asin(0.5) * 30
                : 90 - StrictMath.acos(abs) / StrictMath.acos(0.5) * 60;
        return Math.copySign(r, a);
    }

    public static double dacosd(double a) {
        unit(a);
        return a >= 0 ? 90 - dasind(a) : 90 + dasind(-a);
    }

    public static double datand(double a) {
        return StrictMath.atan(a) / StrictMath.atan(1) * 45;
    }

    public static double datan2d(double a, double b) {
        return StrictMath.atan2(a, b) / StrictMath.atan(1) * 45;
    }

    public static int width_bucket_float8(double operand, double low, double high, int count) {
        if (count <= 0) {
            throw bucket("count must be greater than zero");
        }
        if (operand != operand || low != low || high != high) {
            throw bucket("operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw bucket("lower and upper bounds must be finite");
        }
        if (low == high) {
            throw bucket("lower bound cannot equal upper bound");
        }
        if (low < high ? operand < low : operand > low) {
            return 0;
        }
        if (low < high ? operand >= high : operand <= high) {
            return IntegerArithmetic.int4pl(count, 1);
        }
        double fraction = Double.isInfinite(high - low) ? (operand / 2 - low / 2) / (high / 2 - low / 2)
                : (operand - low) / (high - low);
        return Math.min((int) (count * fraction), count - 1) + 1;
    }

    static SqlError bucket(String message) {
        return new SqlError(SqlState.INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION, message);
    }
}
