package org.gajah.func;

import org.gajah.base.Slice;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TimeZones;

/** date_trunc. */
public final class TruncateFunctions {
    private static final String TIMESTAMP = "timestamp without time zone";
    private static final String TIMESTAMPTZ = "timestamp with time zone";

    private TruncateFunctions() {
    }

    /** Years down to a multiple, as centuries and millennia count: they begin in year 1. */
    private static int period(int year, int length) {
        return year > 0 ? (year + length - 1) / length * length - length + 1 : -((length - 1 - (year - 1)) / length) * length + 1;
    }

    private static long truncated(TimeUnit unit, long local, Slice name, String type) {
        long day = Math.floorDiv(local, Calendar.MICROS_PER_DAY);
        long civil = Calendar.civil(day);
        int year = Calendar.year(civil);
        int month = Calendar.month(civil);
        return switch (unit) {
            case MICROSECONDS -> local;
            case MILLISECONDS -> local - Math.floorMod(local, 1000L);
            case SECOND -> local - Math.floorMod(local, Calendar.MICROS_PER_SECOND);
            case MINUTE -> local - Math.floorMod(local, Calendar.MICROS_PER_MINUTE);
            case HOUR -> local - Math.floorMod(local, Calendar.MICROS_PER_HOUR);
            case DAY -> day * Calendar.MICROS_PER_DAY;
            case WEEK -> (day - (Calendar.dayOfWeek(day) + 6) % 7) * Calendar.MICROS_PER_DAY;
            case MONTH -> start(year, month);
            case QUARTER -> start(year, (month - 1) / 3 * 3 + 1);
            case YEAR -> start(year, 1);
            case DECADE -> start(Math.floorDiv(year, 10) * 10, 1);
            case CENTURY -> start(period(year, 100), 1);
            case MILLENNIUM -> start(period(year, 1000), 1);
            case ISOYEAR, DOW, ISODOW, DOY, JULIAN, EPOCH -> throw TimeUnit.unknown(name, type);
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw TimeUnit.unsupported(name, type);
        };
    }

    private static long start(int year, int month) {
        return Calendar.day(year, month, 1) * Calendar.MICROS_PER_DAY;
    }

    public static long timestamp_trunc(Slice name, long a) {
        TimeUnit unit = TimeUnit.of(name, TIMESTAMP);
        if (!TimestampFunctions.timestamp_finite(a)) {
            truncated(unit, 0, name, TIMESTAMP);
            return a;
        }
        return TimestampFunctions.checked(truncated(unit, a, name, TIMESTAMP));
    }

    private static long inZone(Slice name, long a, TimeZoneRules zone) {
        TimeUnit unit = TimeUnit.of(name, TIMESTAMPTZ);
        if (!TimestampFunctions.timestamp_finite(a)) {
            truncated(unit, 0, name, TIMESTAMPTZ);
            return a;
        }
        int offset = TimeZones.offsetAt(zone, a);
        long local = truncated(unit, a + offset * Calendar.MICROS_PER_SECOND, name, TIMESTAMPTZ);
        boolean fine = switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> true;
            case DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM, ISOYEAR, DOW, ISODOW, DOY, JULIAN, EPOCH, TIMEZONE,
                    TIMEZONE_HOUR, TIMEZONE_MINUTE -> false;
        };
        int back = fine ? offset : TimeZones.offsetAtLocal(zone, local);
        return TimestampFunctions.checked(local - back * Calendar.MICROS_PER_SECOND);
    }

    public static long timestamptz_trunc(CallContext context, Slice name, long a) {
        return inZone(name, a, context.types().timeZone());
    }

    public static long timestamptz_trunc_zone(Slice name, long a, Slice zone) {
        return inZone(name, a, TimestampFunctions.zone(zone));
    }

    public static Interval interval_trunc(Slice name, Interval a) {
        TimeUnit unit = TimeUnit.of(name, "interval");
        if (unit == TimeUnit.WEEK) {
            throw TimeUnit.unsupported(name, "interval").detail("Months usually have fractional weeks.");
        }
        int months = a.months();
        return switch (unit) {
            case MICROSECONDS -> a;
            case MILLISECONDS -> cut(a, 1000);
            case SECOND -> cut(a, Calendar.MICROS_PER_SECOND);
            case MINUTE -> cut(a, Calendar.MICROS_PER_MINUTE);
            case HOUR -> cut(a, Calendar.MICROS_PER_HOUR);
            case DAY -> a.isFinite() ? new Interval(months, a.days(), 0) : a;
            case MONTH -> whole(a, 1);
            case QUARTER -> whole(a, 3);
            case YEAR -> whole(a, 12);
            case DECADE -> whole(a, 120);
            case CENTURY -> whole(a, 1200);
            case MILLENNIUM -> whole(a, 12_000);
            case ISOYEAR, DOW, ISODOW, DOY, JULIAN, EPOCH -> throw TimeUnit.unknown(name, "interval");
            case WEEK, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw TimeUnit.unsupported(name, "interval");
        };
    }

    private static Interval cut(Interval a, long unit) {
        return a.isFinite() ? new Interval(a.months(), a.days(), a.micros() / unit * unit) : a;
    }

    private static Interval whole(Interval a, int unit) {
        return a.isFinite() ? new Interval(a.months() / unit * unit, 0, 0) : a;
    }
}
