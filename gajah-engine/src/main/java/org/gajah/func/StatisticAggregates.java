package org.gajah.func;

import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;
import org.gajah.type.Oids;
import org.gajah.vector.DoubleVector;

/** Variance, correlation and regression over float8, by the method of Youngs and Cramer. */
public final class StatisticAggregates {
    private StatisticAggregates() {
    }

    private static double[] parts(ArrayValue state, int count) {
        if (state.dimensions() != 1 || state.count() != count) {
            throw new org.gajah.api.SqlError(org.gajah.api.SqlState.INTERNAL_ERROR,
                    "expected " + count + "-element float8 array");
        }
        return ((DoubleVector) state.elements()).values;
    }

    private static ArrayValue state(double... parts) {
        DoubleVector v = new DoubleVector(parts.length);
        System.arraycopy(parts, 0, v.values, 0, parts.length);
        return new ArrayValue(Oids.FLOAT8, new int[] {parts.length}, new int[] {1}, v);
    }

    private static boolean finite(double x) {
        return !Double.isInfinite(x) && x == x;
    }

    public static ArrayValue float8_accum(ArrayValue old, double x) {
        double[] t = parts(old, 3);
        double n = t[0] + 1;
        double sum = t[1] + x;
        double squares = t[2];
        if (t[0] > 0) {
            double tmp = x * n - sum;
            squares += tmp * tmp / (n * t[0]);
            if (Double.isInfinite(sum) || Double.isInfinite(squares)) {
                if (!Double.isInfinite(t[1]) && !Double.isInfinite(x)) {
                    throw Errors.floatOverflow();
                }
                squares = Double.NaN;
            }
        } else if (!finite(x)) {
            squares = Double.NaN;
        }
        return state(n, sum, squares);
    }

    public static ArrayValue float4_accum(ArrayValue old, double x) {
        return float8_accum(old, x);
    }

    public static Double float8_avg(ArrayValue s) {
        double[] t = parts(s, 3);
        return t[0] == 0 ? null : Double.valueOf(t[1] / t[0]);
    }

    public static Double float8_var_pop(ArrayValue s) {
        double[] t = parts(s, 3);
        return t[0] == 0 ? null : Double.valueOf(t[2] / t[0]);
    }

    public static Double float8_var_samp(ArrayValue s) {
        double[] t = parts(s, 3);
        return t[0] <= 1 ? null : Double.valueOf(t[2] / (t[0] - 1));
    }

    public static Double float8_stddev_pop(ArrayValue s) {
        double[] t = parts(s, 3);
        return t[0] == 0 ? null : Double.valueOf(Math.sqrt(t[2] / t[0]));
    }

    public static Double float8_stddev_samp(ArrayValue s) {
        double[] t = parts(s, 3);
        return t[0] <= 1 ? null : Double.valueOf(Math.sqrt(t[2] / (t[0] - 1)));
    }

    public static ArrayValue float8_regr_accum(ArrayValue old, double y, double x) {
        double[] t = parts(old, 6);
        double n = t[0] + 1;
        double sx = t[1] + x;
        double sxx = t[2];
        double sy = t[3] + y;
        double syy = t[4];
        double sxy = t[5];
        if (t[0] > 0) {
            double tx = x * n - sx;
            double ty = y * n - sy;
            double scale = 1 / (n * t[0]);
            sxx += tx * tx * scale;
            syy += ty * ty * scale;
            sxy += tx * ty * scale;
            if (Double.isInfinite(sx) || Double.isInfinite(sxx) || Double.isInfinite(sy) || Double.isInfinite(syy)
                    || Double.isInfinite(sxy)) {
                boolean known = Double.isInfinite(t[1]) || Double.isInfinite(x);
                boolean knownY = Double.isInfinite(t[3]) || Double.isInfinite(y);
                if ((Double.isInfinite(sx) || Double.isInfinite(sxx)) && !known
                        || (Double.isInfinite(sy) || Double.isInfinite(syy)) && !knownY
                        || Double.isInfinite(sxy) && !known && !knownY) {
                    throw Errors.floatOverflow();
                }
                sxx = Double.isInfinite(sxx) ? Double.NaN : sxx;
                syy = Double.isInfinite(syy) ? Double.NaN : syy;
                sxy = Double.isInfinite(sxy) ? Double.NaN : sxy;
            }
        } else {
            sxx = finite(x) ? sxx : Double.NaN;
            syy = finite(y) ? syy : Double.NaN;
            sxy = finite(x) && finite(y) ? sxy : Double.NaN;
        }
        return state(n, sx, sxx, sy, syy, sxy);
    }

    private static Double of(double[] t, int least, double value) {
        return t[0] < least ? null : Double.valueOf(value);
    }

    public static Double float8_regr_sxx(ArrayValue s) {
        double[] t = parts(s, 6);
        return of(t, 1, t[2]);
    }

    public static Double float8_regr_syy(ArrayValue s) {
        double[] t = parts(s, 6);
        return of(t, 1, t[4]);
    }

    public static Double float8_regr_sxy(ArrayValue s) {
        double[] t = parts(s, 6);
        return of(t, 1, t[5]);
    }

    public static Double float8_regr_avgx(ArrayValue s) {
        double[] t = parts(s, 6);
        return of(t, 1, t[1] / t[0]);
    }

    public static Double float8_regr_avgy(ArrayValue s) {
        double[] t = parts(s, 6);
        return of(t, 1, t[3] / t[0]);
    }

    public static Double float8_covar_pop(ArrayValue s) {
        double[] t = parts(s, 6);
        return of(t, 1, t[5] / t[0]);
    }

    public static Double float8_covar_samp(ArrayValue s) {
        double[] t = parts(s, 6);
        return of(t, 2, t[5] / (t[0] - 1));
    }

    public static Double float8_corr(ArrayValue s) {
        double[] t = parts(s, 6);
        if (t[0] < 1 || t[2] == 0 || t[4] == 0) {
            return null;
        }
        double product = t[2] * t[4];
        boolean direct = product != 0 && !Double.isInfinite(product);
        double r = direct ? t[5] / Math.sqrt(product) : t[5] / (Math.sqrt(t[2]) * Math.sqrt(t[4]));
        return r;
    }

    public static Double float8_regr_r2(ArrayValue s) {
        double[] t = parts(s, 6);
        if (t[0] < 1 || t[2] == 0) {
            return null;
        }
        return t[4] == 0 ? 1.0 : t[5] * t[5] / (t[2] * t[4]);
    }

    public static Double float8_regr_slope(ArrayValue s) {
        double[] t = parts(s, 6);
        return t[0] < 1 || t[2] == 0 ? null : Double.valueOf(t[5] / t[2]);
    }

    public static Double float8_regr_intercept(ArrayValue s) {
        double[] t = parts(s, 6);
        return t[0] < 1 || t[2] == 0 ? null : Double.valueOf((t[3] - t[1] * t[5] / t[2]) / t[0]);
    }
}
