package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Calendar;
import org.gajah.type.Errors;
import org.gajah.type.Interval;
import org.gajah.type.IntervalParser;

/** Arithmetic of intervals. */
public final class IntervalFunctions {
    private static final double SECONDS_PER_DAY = 86_400;

    private IntervalFunctions() {
    }

    private static Interval add(Interval a, Interval b) {
        if (!a.isFinite() || !b.isFinite()) {
            if (!a.isFinite() && !b.isFinite() && !a.equals(b)) {
                throw Interval.outOfRange();
            }
            return a.isFinite() ? b : a;
        }
        long micros = a.micros() + b.micros();
        if (((a.micros() ^ micros) & (b.micros() ^ micros)) < 0) {
            throw Interval.outOfRange();
        }
        return Interval.checked((long) a.months() + b.months(), (long) a.days() + b.days(), micros);
    }

    public static Interval interval_pl(Interval a, Interval b) {
        return add(a, b);
    }

    public static Interval interval_mi(Interval a, Interval b) {
        return add(a, b.negate());
    }

    public static Interval interval_um(Interval a) {
        return a.negate();
    }

    public static boolean interval_finite(Interval a) {
        return a.isFinite();
    }

    private static double rounded(double seconds) {
        return Math.rint(seconds * 1_000_000) / 1_000_000;
    }

    /** Months, days and microseconds as fractions; what is left of months goes to days, what is left of days to the time. */
    private static Interval fractions(double months, double days, double micros) {
        if (!(months > Integer.MIN_VALUE - 1.0 && months < Integer.MAX_VALUE + 1.0 && days > Integer.MIN_VALUE - 1.0
                && days < Integer.MAX_VALUE + 1.0)) {
            throw Interval.outOfRange();
        }
        int wholeMonths = (int) months;
        int wholeDays = (int) days;
        double monthDays = rounded((months - wholeMonths) * 30);
        double seconds = rounded((days - wholeDays + monthDays - (int) monthDays) * SECONDS_PER_DAY);
        long resultDays = wholeDays;
        if (Math.abs(seconds) >= SECONDS_PER_DAY) {
            resultDays += (int) (seconds / SECONDS_PER_DAY);
            seconds -= (int) (seconds / SECONDS_PER_DAY) * SECONDS_PER_DAY;
        }
        resultDays += (int) monthDays;
        double time = Math.rint(micros + seconds * Calendar.MICROS_PER_SECOND);
        if (!(time >= -0x1p63 && time < 0x1p63)) {
            throw Interval.outOfRange();
        }
        return Interval.checked(wholeMonths, resultDays, (long) time);
    }

    public static Interval interval_mul(Interval a, double factor) {
        if (factor != factor) {
            throw Interval.outOfRange();
        }
        if (!a.isFinite() || Double.isInfinite(factor)) {
            int sign = a.compareTo(Interval.ZERO);
            if (factor == 0 || sign == 0) {
                throw Interval.outOfRange();
            }
            return sign > 0 == factor > 0 ? Interval.INFINITY : Interval.NEGATIVE_INFINITY;
        }
        return fractions(a.months() * factor, a.days() * factor, a.micros() * factor);
    }

    public static Interval mul_d_interval(double factor, Interval a) {
        return interval_mul(a, factor);
    }

    public static Interval interval_div(Interval a, double divisor) {
        if (divisor == 0) {
            throw Errors.divisionByZero();
        }
        if (divisor != divisor) {
            throw Interval.outOfRange();
        }
        if (!a.isFinite()) {
            if (Double.isInfinite(divisor)) {
                throw Interval.outOfRange();
            }
            return divisor < 0 ? a.negate() : a;
        }
        return fractions(a.months() / divisor, a.days() / divisor, a.micros() / divisor);
    }

    public static Interval interval_scale(Interval a, int typmod) {
        return IntervalParser.withTypmod(a, typmod);
    }

    public static Interval interval_justify_hours(Interval a) {
        if (!a.isFinite()) {
            return a;
        }
        long days = a.days() + a.micros() / Calendar.MICROS_PER_DAY;
        long micros = a.micros() % Calendar.MICROS_PER_DAY;
        if (days > 0 && micros < 0) {
            micros += Calendar.MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= Calendar.MICROS_PER_DAY;
            days++;
        }
        return Interval.checked(a.months(), days, micros);
    }

    public static Interval interval_justify_days(Interval a) {
        if (!a.isFinite()) {
            return a;
        }
        long months = (long) a.months() + a.days() / 30;
        int days = a.days() % 30;
        if (months > 0 && days < 0) {
            days += 30;
            months--;
        } else if (months < 0 && days > 0) {
            days -= 30;
            months++;
        }
        return Interval.checked(months, days, a.micros());
    }

    public static Interval interval_justify_interval(Interval a) {
        if (!a.isFinite()) {
            return a;
        }
        long days = a.days() + a.micros() / Calendar.MICROS_PER_DAY;
        long micros = a.micros() % Calendar.MICROS_PER_DAY;
        long months = a.months() + days / 30;
        days %= 30;
        if (months > 0 && (days < 0 || days == 0 && micros < 0)) {
            days += 30;
            months--;
        } else if (months < 0 && (days > 0 || days == 0 && micros > 0)) {
            days -= 30;
            months++;
        }
        if (days > 0 && micros < 0) {
            micros += Calendar.MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= Calendar.MICROS_PER_DAY;
            days++;
        }
        return Interval.checked(months, days, micros);
    }

    public static Interval make_interval(int years, int months, int weeks, int days, int hours, int minutes, double seconds) {
        if (!Double.isFinite(seconds)) {
            throw Interval.outOfRange();
        }
        double micros = Math.rint(FloatFunctions.float8mul(seconds, Calendar.MICROS_PER_SECOND));
        if (Math.abs(micros) > 9e18) {
            throw Interval.outOfRange();
        }
        try {
            long time = Math.addExact(hours * Calendar.MICROS_PER_HOUR + minutes * Calendar.MICROS_PER_MINUTE, (long) micros);
            return Interval.checked(years * 12L + months, weeks * 7L + days, time);
        } catch (ArithmeticException e) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range", e);
        }
    }

    public static boolean in_range_interval_interval(Interval value, Interval base, Interval offset, boolean subtract,
            boolean less) {
        if (offset.compareTo(Interval.ZERO) < 0) {
            throw new SqlError(SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
        }
        Interval sum = subtract ? interval_mi(base, offset) : interval_pl(base, offset);
        return less ? value.compareTo(sum) <= 0 : value.compareTo(sum) >= 0;
    }
}
