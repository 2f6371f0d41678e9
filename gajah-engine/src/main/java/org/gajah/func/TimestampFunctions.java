package org.gajah.func;

import java.util.Iterator;
import java.util.NoSuchElementException;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Calendar;
import org.gajah.type.Errors;
import org.gajah.type.Interval;
import org.gajah.type.TimeCodecs;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TimeZones;

/** Timestamps: arithmetic, zones, casts, series. */
public final class TimestampFunctions {
    private TimestampFunctions() {
    }

    static SqlError outOfRange() {
        return new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
    }

    static long checked(long value) {
        if (!Calendar.isValidTimestamp(value)) {
            throw outOfRange();
        }
        return value;
    }

    public static boolean timestamp_finite(long a) {
        return a != Calendar.INFINITY && a != Calendar.NEGATIVE_INFINITY;
    }

    /** For comparisons: a local time in UTC, infinite where that is beyond the type. */
    static long clampedUtc(CallContext context, long local) {
        if (!timestamp_finite(local)) {
            return local;
        }
        long utc = local - DateFunctions.offset(context, local) * Calendar.MICROS_PER_SECOND;
        return utc < Calendar.MIN_TIMESTAMP ? Calendar.NEGATIVE_INFINITY : utc >= Calendar.END_TIMESTAMP ? Calendar.INFINITY : utc;
    }

    private static long toUtc(TimeZoneRules zone, long local) {
        return timestamp_finite(local)
                ? checked(local - TimeZones.offsetAtLocal(zone, local) * Calendar.MICROS_PER_SECOND) : local;
    }

    private static long toLocal(TimeZoneRules zone, long utc) {
        return timestamp_finite(utc) ? checked(utc + TimeZones.offsetAt(zone, utc) * Calendar.MICROS_PER_SECOND) : utc;
    }

    public static long timestamp_timestamptz(CallContext context, long a) {
        return toUtc(context.types().timeZone(), a);
    }

    public static long timestamptz_timestamp(CallContext context, long a) {
        return toLocal(context.types().timeZone(), a);
    }

    public static long timestamp_at_local(CallContext context, long a) {
        return toUtc(context.types().timeZone(), a);
    }

    public static long timestamptz_at_local(CallContext context, long a) {
        return toLocal(context.types().timeZone(), a);
    }

    public static long timestamp_zone(Slice zone, long a) {
        return timestamp_finite(a) ? toUtc(zone(zone), a) : a;
    }

    public static long timestamptz_zone(Slice zone, long a) {
        return timestamp_finite(a) ? toLocal(zone(zone), a) : a;
    }

    static TimeZoneRules zone(Slice name) {
        return TimeZones.get(name.toString());
    }

    static int offsetSeconds(Interval zone) {
        if (!zone.isFinite()) {
            throw Errors.invalidParameter("interval time zone \"" + zone(zone) + "\" must be finite");
        }
        if (zone.months() != 0 || zone.days() != 0) {
            throw Errors.invalidParameter("interval time zone \"" + zone(zone) + "\" must not include months or days");
        }
        return (int) (zone.micros() / Calendar.MICROS_PER_SECOND);
    }

    private static String zone(Interval interval) {
        org.gajah.base.ByteSink out = new org.gajah.base.ByteSink();
        org.gajah.type.IntervalText.format(interval, org.gajah.type.TextStyle.IntervalFormat.POSTGRES, out);
        return out.toString();
    }

    public static long timestamp_izone(Interval zone, long a) {
        return timestamp_finite(a) ? checked(a - offsetSeconds(zone) * Calendar.MICROS_PER_SECOND) : a;
    }

    public static long timestamptz_izone(Interval zone, long a) {
        return timestamp_finite(a) ? checked(a + offsetSeconds(zone) * Calendar.MICROS_PER_SECOND) : a;
    }

    private static long scaled(long a, int typmod) {
        if (typmod != -1 && (typmod < 0 || typmod > 6) && timestamp_finite(a)) {
            throw Errors.invalidParameter("timestamp(" + typmod + ") precision must be between 0 and 6");
        }
        return TimeCodecs.round(a, typmod);
    }

    public static long timestamp_scale(long a, int typmod) {
        return scaled(a, typmod);
    }

    public static long timestamptz_scale(long a, int typmod) {
        return scaled(a, typmod);
    }

    /** A local time plus months and days. */
    private static long plusDays(long local, int months, int days) {
        long day = Math.floorDiv(local, Calendar.MICROS_PER_DAY);
        long time = Math.floorMod(local, Calendar.MICROS_PER_DAY);
        if (months != 0) {
            long civil = Calendar.civil(day);
            long month = Calendar.year(civil) * 12L + Calendar.month(civil) - 1 + months;
            long year = Math.floorDiv(month, 12L);
            if (Math.abs(year) > 300_000) {
                throw outOfRange();
            }
            int m = (int) Math.floorMod(month, 12L) + 1;
            day = Calendar.day((int) year, m,
                    Math.min(Calendar.dayOfMonth(civil), Calendar.monthLength((int) year, m)));
        }
        day += days;
        if (Math.abs(day) > 110_000_000) {
            throw outOfRange();
        }
        return checked(Math.addExact(day * Calendar.MICROS_PER_DAY, time));
    }

    private static long plusMicros(long a, long micros) {
        long sum = a + micros;
        if (((a ^ sum) & (micros ^ sum)) < 0) {
            throw outOfRange();
        }
        return checked(sum);
    }

    /** What infinite operands give: empty if both are finite. */
    private static long infinite(long a, Interval span) {
        if (!span.isFinite()) {
            long infinity = span.equals(Interval.INFINITY) ? Calendar.INFINITY : Calendar.NEGATIVE_INFINITY;
            if (!timestamp_finite(a) && a != infinity) {
                throw outOfRange();
            }
            return infinity;
        }
        return a;
    }

    public static long timestamp_pl_interval(long a, Interval span) {
        if (!timestamp_finite(a) || !span.isFinite()) {
            return infinite(a, span);
        }
        long local = span.months() == 0 && span.days() == 0 ? a : plusDays(a, span.months(), span.days());
        return plusMicros(local, span.micros());
    }

    public static long timestamp_mi_interval(long a, Interval span) {
        return timestamp_pl_interval(a, span.negate());
    }

    private static long plusInZone(TimeZoneRules zone, long a, Interval span) {
        if (!timestamp_finite(a) || !span.isFinite()) {
            return infinite(a, span);
        }
        long utc = a;
        if (span.months() != 0 || span.days() != 0) {
            utc = toUtc(zone, plusDays(toLocal(zone, a), span.months(), span.days()));
        }
        return plusMicros(utc, span.micros());
    }

    public static long timestamptz_pl_interval(CallContext context, long a, Interval span) {
        return plusInZone(context.types().timeZone(), a, span);
    }

    public static long timestamptz_mi_interval(CallContext context, long a, Interval span) {
        return plusInZone(context.types().timeZone(), a, span.negate());
    }

    public static long timestamptz_pl_interval_at_zone(long a, Interval span, Slice zone) {
        return plusInZone(zone(zone), a, span);
    }

    public static long timestamptz_mi_interval_at_zone(long a, Interval span, Slice zone) {
        return plusInZone(zone(zone), a, span.negate());
    }

    public static Interval timestamp_mi(long a, long b) {
        if (!timestamp_finite(a) || !timestamp_finite(b)) {
            if (a == b) {
                throw Interval.outOfRange();
            }
            boolean positive = a == Calendar.INFINITY || b == Calendar.NEGATIVE_INFINITY;
            return positive ? Interval.INFINITY : Interval.NEGATIVE_INFINITY;
        }
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            throw Interval.outOfRange();
        }
        return new Interval(0, (int) (difference / Calendar.MICROS_PER_DAY), difference % Calendar.MICROS_PER_DAY);
    }

    private static Interval age(long a, long b) {
        if (!timestamp_finite(a) || !timestamp_finite(b)) {
            return timestamp_mi(a, b);
        }
        boolean negative = a < b;
        long late = Math.max(a, b);
        long early = Math.min(a, b);
        long lateDay = Math.floorDiv(late, Calendar.MICROS_PER_DAY);
        long earlyDay = Math.floorDiv(early, Calendar.MICROS_PER_DAY);
        long time = Math.floorMod(late, Calendar.MICROS_PER_DAY) - Math.floorMod(early, Calendar.MICROS_PER_DAY);
        long x = Calendar.civil(lateDay);
        long y = Calendar.civil(earlyDay);
        int days = Calendar.dayOfMonth(x) - Calendar.dayOfMonth(y);
        int months = (Calendar.year(x) - Calendar.year(y)) * 12 + Calendar.month(x) - Calendar.month(y);
        if (time < 0) {
            time += Calendar.MICROS_PER_DAY;
            days--;
        }
        if (days < 0) {
            days += Calendar.monthLength(Calendar.year(y), Calendar.month(y));
            months--;
        }
        Interval result = new Interval(months, days, time);
        return negative ? result.negate() : result;
    }

    public static Interval timestamp_age(long a, long b) {
        return age(a, b);
    }

    public static Interval timestamptz_age(CallContext context, long a, long b) {
        return age(timestamptz_timestamp(context, a), timestamptz_timestamp(context, b));
    }

    public static long now(CallContext context) {
        return context.types().transactionMicros();
    }

    public static long statement_timestamp(CallContext context) {
        return context.statementMicros();
    }

    public static long clock_timestamp(CallContext context) {
        return context.clockMicros();
    }

    public static long float8_timestamptz(double seconds) {
        if (seconds != seconds) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp cannot be NaN");
        }
        if (Double.isInfinite(seconds)) {
            return seconds > 0 ? Calendar.INFINITY : Calendar.NEGATIVE_INFINITY;
        }
        if (seconds < -210_866_803_200.0 || seconds >= 9_224_318_016_000.0) {
            throw range(seconds);
        }
        long micros = (long) Math.rint((seconds - Calendar.UNIX_SECONDS) * Calendar.MICROS_PER_SECOND);
        if (!Calendar.isValidTimestamp(micros)) {
            throw range(seconds);
        }
        return micros;
    }

    private static SqlError range(double seconds) {
        org.gajah.base.ByteSink out = new org.gajah.base.ByteSink();
        org.gajah.type.FloatText.formatDouble(seconds, -9, out);
        return new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range: \"" + out + "\"");
    }

    private static long bin(Interval stride, long source, long origin) {
        if (!timestamp_finite(source)) {
            return source;
        }
        if (!timestamp_finite(origin)) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "origin out of range");
        }
        if (!stride.isFinite()) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamps cannot be binned into infinite intervals");
        }
        if (stride.months() != 0) {
            throw SqlError.notSupported("timestamps cannot be binned into intervals containing months or years");
        }
        long width;
        try {
            width = Math.addExact(Math.multiplyExact(stride.days(), Calendar.MICROS_PER_DAY), stride.micros());
        } catch (ArithmeticException e) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range", e);
        }
        if (width <= 0) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "stride must be greater than zero");
        }
        long difference = source - origin;
        if (((source ^ origin) & (source ^ difference)) < 0) {
            throw Interval.outOfRange();
        }
        return checked(origin + Math.floorDiv(difference, width) * width);
    }

    public static long timestamp_bin(Interval stride, long source, long origin) {
        return bin(stride, source, origin);
    }

    public static long timestamptz_bin(Interval stride, long source, long origin) {
        return bin(stride, source, origin);
    }

    private interface Step {
        long next(long value);
    }

    private static Iterator<Object> series(CallContext context, long from, long to, Interval step, Step next) {
        if (!step.isFinite()) {
            throw Errors.invalidParameter("step size cannot be infinite");
        }
        int sign = step.compareTo(Interval.ZERO);
        if (sign == 0) {
            throw Errors.invalidParameter("step size cannot equal zero");
        }
        return new Iterator<>() {
            private long current = from;

            @Override
            public boolean hasNext() {
                return sign > 0 ? current <= to : current >= to;
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                context.checkCancelled();
                long value = current;
                current = next.next(value);
                return value;
            }
        };
    }

    public static Iterator<Object> generate_series_timestamp(CallContext context, long from, long to, Interval step) {
        return series(context, from, to, step, v -> timestamp_pl_interval(v, step));
    }

    public static Iterator<Object> generate_series_timestamptz(CallContext context, long from, long to, Interval step) {
        return series(context, from, to, step, v -> timestamptz_pl_interval(context, v, step));
    }

    public static Iterator<Object> generate_series_timestamptz_at_zone(CallContext context, long from, long to, Interval step,
            Slice zone) {
        TimeZoneRules rules = zone(zone);
        return series(context, from, to, step, v -> plusInZone(rules, v, step));
    }

    private static void notNegative(Interval offset) {
        if (offset.compareTo(Interval.ZERO) < 0) {
            throw new SqlError(SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
        }
    }

    private static boolean inRange(long value, boolean less, long sum) {
        return less ? value <= sum : value >= sum;
    }

    public static boolean in_range_timestamp_interval(long value, long base, Interval offset, boolean subtract, boolean less) {
        notNegative(offset);
        return inRange(value, less,
                subtract ? timestamp_mi_interval(base, offset) : timestamp_pl_interval(base, offset));
    }

    public static boolean in_range_timestamptz_interval(CallContext context, long value, long base, Interval offset,
            boolean subtract, boolean less) {
        notNegative(offset);
        return inRange(value, less, subtract ? timestamptz_mi_interval(context, base, offset)
                : timestamptz_pl_interval(context, base, offset));
    }
}
