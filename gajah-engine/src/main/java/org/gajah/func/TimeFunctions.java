package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;
import org.gajah.type.TimeCodecs;
import org.gajah.type.TimeTz;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TimeZones;

/** Times of day, with and without a zone, and OVERLAPS. */
public final class TimeFunctions {
    private TimeFunctions() {
    }

    private static SqlError infinite(String what) {
        return new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, what);
    }

    private static long plus(long time, long micros) {
        return Math.floorMod(time + micros % Calendar.MICROS_PER_DAY, Calendar.MICROS_PER_DAY);
    }

    public static long time_pl_interval(long a, Interval span) {
        if (!span.isFinite()) {
            throw infinite("cannot add infinite interval to time");
        }
        return plus(a, span.micros());
    }

    public static long time_mi_interval(long a, Interval span) {
        if (!span.isFinite()) {
            throw infinite("cannot subtract infinite interval from time");
        }
        return plus(a, -(span.micros() % Calendar.MICROS_PER_DAY));
    }

    public static Interval time_mi_time(long a, long b) {
        return new Interval(0, 0, a - b);
    }

    public static Interval time_interval(long a) {
        return new Interval(0, 0, a);
    }

    public static long interval_time(Interval a) {
        if (!a.isFinite()) {
            throw infinite("cannot convert infinite interval to time");
        }
        return Math.floorMod(a.micros(), Calendar.MICROS_PER_DAY);
    }

    public static long time_scale(long a, int typmod) {
        return TimeCodecs.round(a, typmod);
    }

    public static Long timestamp_time(long a) {
        return TimestampFunctions.timestamp_finite(a) ? Long.valueOf(Math.floorMod(a, Calendar.MICROS_PER_DAY)) : null;
    }

    public static Long timestamptz_time(CallContext context, long a) {
        return timestamp_time(TimestampFunctions.timestamptz_timestamp(context, a));
    }

    public static TimeTz timestamptz_timetz(CallContext context, long a) {
        if (!TimestampFunctions.timestamp_finite(a)) {
            return null;
        }
        int offset = TimeZones.offsetAt(context.types().timeZone(), a);
        return new TimeTz(Math.floorMod(a + offset * Calendar.MICROS_PER_SECOND, Calendar.MICROS_PER_DAY), -offset);
    }

    public static TimeTz time_timetz(CallContext context, long a) {
        TimeZoneRules zone = context.types().timeZone();
        long now = context.types().transactionMicros();
        long today = Math.floorDiv(now + TimeZones.offsetAt(zone, now) * Calendar.MICROS_PER_SECOND, Calendar.MICROS_PER_DAY);
        return new TimeTz(a, -TimeZones.offsetAtLocal(zone, today * Calendar.MICROS_PER_DAY + a));
    }

    public static long timetz_time(TimeTz a) {
        return a.micros();
    }

    public static TimeTz timetz_scale(TimeTz a, int typmod) {
        return new TimeTz(TimeCodecs.round(a.micros(), typmod), a.zoneSeconds());
    }

    public static TimeTz timetz_pl_interval(TimeTz a, Interval span) {
        return new TimeTz(time_pl_interval(a.micros(), span), a.zoneSeconds());
    }

    public static TimeTz timetz_mi_interval(TimeTz a, Interval span) {
        return new TimeTz(time_mi_interval(a.micros(), span), a.zoneSeconds());
    }

    private static TimeTz inOffset(TimeTz a, int offset) {
        long local = Math.floorMod(a.utcMicros() + offset * Calendar.MICROS_PER_SECOND, Calendar.MICROS_PER_DAY);
        return new TimeTz(local, -offset);
    }

    public static TimeTz timetz_zone(CallContext context, Slice zone, TimeTz a) {
        return inOffset(a, TimeZones.offsetAt(TimestampFunctions.zone(zone), context.types().transactionMicros()));
    }

    public static TimeTz timetz_izone(Interval zone, TimeTz a) {
        return inOffset(a, TimestampFunctions.offsetSeconds(zone));
    }

    public static TimeTz timetz_at_local(CallContext context, TimeTz a) {
        return inOffset(a, TimeZones.offsetAt(context.types().timeZone(), context.types().transactionMicros()));
    }

    /** OVERLAPS over any ordered values; null where SQL's answer is unknown. */
    private static <T extends Comparable<? super T>> Boolean overlaps(T start1, T end1, T start2, T end2) {
        T s1 = start1;
        T e1 = end1;
        T s2 = start2;
        T e2 = end2;
        if (s1 == null || e1 != null && s1.compareTo(e1) > 0) {
            T t = s1;
            s1 = e1;
            e1 = t;
        }
        if (s2 == null || e2 != null && s2.compareTo(e2) > 0) {
            T t = s2;
            s2 = e2;
            e2 = t;
        }
        if (s1 == null || s2 == null) {
            return null;
        }
        int order = s1.compareTo(s2);
        if (order == 0) {
            return e1 == null || e2 == null ? null : Boolean.TRUE;
        }
        T earlierEnd = order > 0 ? e2 : e1;
        T laterStart = order > 0 ? s1 : s2;
        T laterEnd = order > 0 ? e1 : e2;
        if (earlierEnd == null) {
            return null;
        }
        if (laterStart.compareTo(earlierEnd) < 0) {
            return Boolean.TRUE;
        }
        return laterEnd == null ? null : Boolean.FALSE;
    }

    public static Boolean overlaps_time(Long a, Long b, Long c, Long d) {
        return overlaps(a, b, c, d);
    }

    public static Boolean overlaps_timestamp(Long a, Long b, Long c, Long d) {
        return overlaps(a, b, c, d);
    }

    public static Boolean overlaps_timetz(TimeTz a, TimeTz b, TimeTz c, TimeTz d) {
        return overlaps(a, b, c, d);
    }

    private static void positive(Interval offset) {
        if (offset.micros() < 0) {
            throw new SqlError(SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
        }
    }

    public static boolean in_range_time_interval(long value, long base, Interval offset, boolean subtract, boolean less) {
        positive(offset);
        if (!subtract && offset.micros() > Long.MAX_VALUE - base) {
            return less;
        }
        long sum = subtract ? base - offset.micros() : base + offset.micros();
        return less ? value <= sum : value >= sum;
    }

    public static boolean in_range_timetz_interval(TimeTz value, TimeTz base, Interval offset, boolean subtract, boolean less) {
        positive(offset);
        if (!subtract && offset.micros() > Long.MAX_VALUE - base.micros()) {
            return less;
        }
        TimeTz sum = new TimeTz(subtract ? base.micros() - offset.micros() : base.micros() + offset.micros(),
                base.zoneSeconds());
        return less ? value.compareTo(sum) <= 0 : value.compareTo(sum) >= 0;
    }
}
