package org.gajah.func;

import org.gajah.type.ArrayValue;
import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.type.Oids;
import org.gajah.vector.LongVector;

/** Transition and final functions of count, sum, avg, variance and stddev over integers, numeric and intervals. */
public final class SumAggregates {
    private SumAggregates() {
    }

    public static long int8inc(long count) {
        return IntegerArithmetic.int8pl(count, 1);
    }

    public static long int8inc_any(long count, Object ignored) {
        return IntegerArithmetic.int8pl(count, 1);
    }

    public static long int8inc_float8_float8(long count, double x, double y) {
        return IntegerArithmetic.int8pl(count, 1);
    }

    public static long int8dec(long count) {
        return IntegerArithmetic.int8mi(count, 1);
    }

    public static long int8dec_any(long count, Object ignored) {
        return IntegerArithmetic.int8mi(count, 1);
    }

    private static Long sum(Long state, Integer value) {
        if (value == null) {
            return state;
        }
        return state == null ? Long.valueOf(value) : Long.valueOf(state + value);
    }

    public static Long int2_sum(Long state, Integer value) {
        return sum(state, value);
    }

    public static Long int4_sum(Long state, Integer value) {
        return sum(state, value);
    }

    public static Numeric int8_sum(Numeric state, Long value) {
        if (value == null) {
            return state;
        }
        return state == null ? Numeric.of(value) : state.add(Numeric.of(value));
    }

    /** A pair of count and sum; a new one each time, because the state may be a constant. */
    private static ArrayValue pair(long count, long sum) {
        LongVector v = new LongVector(2);
        v.values[0] = count;
        v.values[1] = sum;
        return new ArrayValue(Oids.INT8, new int[] {2}, new int[] {1}, v);
    }

    private static long part(ArrayValue state, int index) {
        if (state.count() != 2 || state.dimensions() != 1) {
            throw new org.gajah.api.SqlError(org.gajah.api.SqlState.INTERNAL_ERROR, "expected 2-element int8 array");
        }
        return ((LongVector) state.elements()).values[index];
    }

    public static ArrayValue int2_avg_accum(ArrayValue state, int value) {
        return pair(part(state, 0) + 1, part(state, 1) + value);
    }

    public static ArrayValue int4_avg_accum(ArrayValue state, int value) {
        return pair(part(state, 0) + 1, part(state, 1) + value);
    }

    public static ArrayValue int2_avg_accum_inv(ArrayValue state, int value) {
        return pair(part(state, 0) - 1, part(state, 1) - value);
    }

    public static ArrayValue int4_avg_accum_inv(ArrayValue state, int value) {
        return pair(part(state, 0) - 1, part(state, 1) - value);
    }

    public static Numeric int8_avg(ArrayValue state) {
        long count = part(state, 0);
        return count == 0 ? null : Numeric.of(part(state, 1)).divide(Numeric.of(count));
    }

    public static Long int2int4_sum(ArrayValue state) {
        return part(state, 0) == 0 ? null : Long.valueOf(part(state, 1));
    }

    private static NumericState state(Object state, boolean squares) {
        return state == null ? new NumericState(squares) : (NumericState) state;
    }

    private static Object accumulate(Object state, boolean squares, Long value) {
        NumericState s = state(state, squares);
        if (value != null) {
            s.add(value.longValue());
        }
        return s;
    }

    private static Object accumulate(Object state, boolean squares, Numeric value) {
        NumericState s = state(state, squares);
        if (value != null) {
            s.add(value);
        }
        return s;
    }

    public static Object int2_accum(Object state, Integer value) {
        return accumulate(state, true, value == null ? null : Long.valueOf(value));
    }

    public static Object int4_accum(Object state, Integer value) {
        return accumulate(state, true, value == null ? null : Long.valueOf(value));
    }

    public static Object int8_accum(Object state, Long value) {
        return accumulate(state, true, value);
    }

    public static Object int8_avg_accum(Object state, Long value) {
        return accumulate(state, false, value);
    }

    public static Object numeric_accum(Object state, Numeric value) {
        return accumulate(state, true, value);
    }

    public static Object numeric_avg_accum(Object state, Numeric value) {
        return accumulate(state, false, value);
    }

    private static Numeric deviation(Object state, boolean sample, boolean root) {
        return state == null ? null : ((NumericState) state).deviation(sample, root);
    }

    public static Numeric numeric_sum(Object state) {
        return state == null ? null : ((NumericState) state).sum();
    }

    public static Numeric numeric_avg(Object state) {
        return state == null ? null : ((NumericState) state).average();
    }

    public static Numeric numeric_poly_sum(Object state) {
        return numeric_sum(state);
    }

    public static Numeric numeric_poly_avg(Object state) {
        return numeric_avg(state);
    }

    public static Numeric numeric_var_samp(Object state) {
        return deviation(state, true, false);
    }

    public static Numeric numeric_var_pop(Object state) {
        return deviation(state, false, false);
    }

    public static Numeric numeric_stddev_samp(Object state) {
        return deviation(state, true, true);
    }

    public static Numeric numeric_stddev_pop(Object state) {
        return deviation(state, false, true);
    }

    public static Numeric numeric_poly_var_samp(Object state) {
        return deviation(state, true, false);
    }

    public static Numeric numeric_poly_var_pop(Object state) {
        return deviation(state, false, false);
    }

    public static Numeric numeric_poly_stddev_samp(Object state) {
        return deviation(state, true, true);
    }

    public static Numeric numeric_poly_stddev_pop(Object state) {
        return deviation(state, false, true);
    }

    /** A sum of intervals. */
    private static final class IntervalSum {
        private long count;
        private boolean infinite;
        private boolean negativeInfinite;
        private Interval sum = Interval.ZERO;

        Interval total() {
            if (infinite && negativeInfinite) {
                throw Interval.outOfRange();
            }
            return infinite ? Interval.INFINITY : negativeInfinite ? Interval.NEGATIVE_INFINITY : sum;
        }
    }

    public static Object interval_avg_accum(Object state, Interval value) {
        IntervalSum s = state == null ? new IntervalSum() : (IntervalSum) state;
        if (value != null) {
            s.count++;
            if (value.isFinite()) {
                s.sum = IntervalFunctions.interval_pl(s.sum, value);
            } else if (value.equals(Interval.INFINITY)) {
                s.infinite = true;
            } else {
                s.negativeInfinite = true;
            }
        }
        return s;
    }

    public static Interval interval_sum(Object state) {
        return state == null || ((IntervalSum) state).count == 0 ? null : ((IntervalSum) state).total();
    }

    public static Interval interval_avg(Object state) {
        Interval sum = interval_sum(state);
        return sum == null || !sum.isFinite() ? sum : IntervalFunctions.interval_div(sum, ((IntervalSum) state).count);
    }

    public static boolean booland_statefunc(boolean a, boolean b) {
        return a && b;
    }

    public static boolean boolor_statefunc(boolean a, boolean b) {
        return a || b;
    }

    public static Object any_value_transfn(Object first, Object ignored) {
        return first;
    }
}
