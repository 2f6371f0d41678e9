package org.gajah.func;

import java.util.Iterator;
import java.util.NoSuchElementException;

import org.gajah.type.Errors;
import org.gajah.type.Numeric;

/** generate_series over numbers. */
public final class SeriesFunctions {
    private SeriesFunctions() {
    }

    private static Iterator<Object> series(CallContext context, long from, long to, long step, boolean wide) {
        if (step == 0) {
            throw Errors.invalidParameter("step size cannot equal zero");
        }
        return new Iterator<>() {
            private long current = from;
            private boolean more = step > 0 ? from <= to : from >= to;

            @Override
            public boolean hasNext() {
                return more;
            }

            @Override
            public Object next() {
                if (!more) {
                    throw new NoSuchElementException();
                }
                long value = current;
                current += step;
                boolean overflow = ((value ^ current) & (step ^ current)) < 0;
                more = !overflow && (step > 0 ? current <= to : current >= to);
                if ((value & 0x3ff) == 0) {
                    context.checkCancelled();
                }
                if (wide) {
                    return value;
                }
                return (int) value;
            }
        };
    }

    public static Iterator<Object> generate_series_int4(CallContext context, int from, int to) {
        return series(context, from, to, 1, false);
    }

    public static Iterator<Object> generate_series_step_int4(CallContext context, int from, int to, int step) {
        return series(context, from, to, step, false);
    }

    public static Iterator<Object> generate_series_int8(CallContext context, long from, long to) {
        return series(context, from, to, 1, true);
    }

    public static Iterator<Object> generate_series_step_int8(CallContext context, long from, long to, long step) {
        return series(context, from, to, step, true);
    }

    public static Iterator<Object> generate_series_numeric(CallContext context, Numeric from, Numeric to) {
        return generate_series_step_numeric(context, from, to, Numeric.ONE);
    }

    private static void finite(Numeric value, String what) {
        if (!value.isFinite()) {
            throw Errors.invalidParameter(what + (value.isNaN() ? " cannot be NaN" : " cannot be infinity"));
        }
    }

    public static Iterator<Object> generate_series_step_numeric(CallContext context, Numeric from, Numeric to, Numeric step) {
        finite(from, "start value");
        finite(to, "stop value");
        finite(step, "step size");
        int sign = step.signum();
        if (sign == 0) {
            throw Errors.invalidParameter("step size cannot equal zero");
        }
        return new Iterator<>() {
            private Numeric current = from;

            @Override
            public boolean hasNext() {
                return sign > 0 ? current.compareTo(to) <= 0 : current.compareTo(to) >= 0;
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                context.checkCancelled();
                Numeric value = current;
                current = current.add(step);
                return value;
            }
        };
    }
}
