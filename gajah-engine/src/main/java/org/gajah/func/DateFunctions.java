package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;
import org.gajah.type.TimeTz;
import org.gajah.type.TimeZones;

/** Dates: arithmetic, making, casts to and from timestamps. */
public final class DateFunctions {
    private DateFunctions() {
    }

    static boolean infinite(int day) {
        return day == Calendar.DATE_INFINITY || day == Calendar.DATE_NEGATIVE_INFINITY;
    }

    static SqlError outOfRange() {
        return new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range");
    }

    private static long infinity(int day) {
        return day > 0 ? Calendar.INFINITY : Calendar.NEGATIVE_INFINITY;
    }

    /** For comparisons: a date beyond timestamp is later than all of them, but not infinite. */
    static long clamped(int day) {
        if (infinite(day)) {
            return infinity(day);
        }
        return day >= Calendar.END_TIMESTAMP / Calendar.MICROS_PER_DAY ? Calendar.INFINITY - 1 : day * Calendar.MICROS_PER_DAY;
    }

    static long clampedUtc(CallContext context, int day) {
        long local = clamped(day);
        return local == Calendar.INFINITY - 1 ? local : TimestampFunctions.clampedUtc(context, local);
    }

    public static int date_mi(int a, int b) {
        if (infinite(a) || infinite(b)) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite dates");
        }
        return a - b;
    }

    public static int date_pli(int a, int days) {
        if (infinite(a)) {
            return a;
        }
        long result = (long) a + days;
        if (result < Calendar.MIN_DAY || result > Calendar.MAX_DATE) {
            throw outOfRange();
        }
        return (int) result;
    }

    public static int date_mii(int a, int days) {
        if (infinite(a)) {
            return a;
        }
        long result = (long) a - days;
        if (result < Calendar.MIN_DAY || result > Calendar.MAX_DATE) {
            throw outOfRange();
        }
        return (int) result;
    }

    public static boolean date_finite(int a) {
        return !infinite(a);
    }

    public static long date_timestamp(int a) {
        if (infinite(a)) {
            return infinity(a);
        }
        long day = a;
        if (day >= Calendar.END_TIMESTAMP / Calendar.MICROS_PER_DAY) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range for timestamp");
        }
        return day * Calendar.MICROS_PER_DAY;
    }

    public static long date_timestamptz(CallContext context, int a) {
        return infinite(a) ? infinity(a) : TimestampFunctions.timestamp_timestamptz(context, date_timestamp(a));
    }

    public static long date_pl_interval(int a, Interval span) {
        return TimestampFunctions.timestamp_pl_interval(date_timestamp(a), span);
    }

    public static long date_mi_interval(int a, Interval span) {
        return TimestampFunctions.timestamp_mi_interval(date_timestamp(a), span);
    }

    public static int timestamp_date(long a) {
        if (!TimestampFunctions.timestamp_finite(a)) {
            return a > 0 ? Calendar.DATE_INFINITY : Calendar.DATE_NEGATIVE_INFINITY;
        }
        return (int) Math.floorDiv(a, Calendar.MICROS_PER_DAY);
    }

    public static int timestamptz_date(CallContext context, long a) {
        return timestamp_date(TimestampFunctions.timestamptz_timestamp(context, a));
    }

    public static long datetime_timestamp(int date, long time) {
        long day = date_timestamp(date);
        if (!TimestampFunctions.timestamp_finite(day)) {
            return day;
        }
        return TimestampFunctions.checked(day + time);
    }

    public static long datetimetz_timestamptz(int date, TimeTz time) {
        long day = date_timestamp(date);
        if (!TimestampFunctions.timestamp_finite(day)) {
            return day;
        }
        return TimestampFunctions.checked(day + time.utcMicros());
    }

    private static String two(int value) {
        return value < 10 && value >= 0 ? "0" + value : Integer.toString(value);
    }

    static void checkDate(int year, int month, int day, String shown) {
        int astronomical = year < 0 ? year + 1 : year;
        if (year == 0 || month < 1 || month > 12 || day < 1 || day > Calendar.monthLength(astronomical, month)) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date field value out of range: " + shown);
        }
    }

    public static int make_date(int year, int month, int day) {
        String shown = (year < 0 ? year + 1 : year) + "-" + two(month) + "-" + two(day);
        checkDate(year, month, day, shown);
        long result = Calendar.day(year < 0 ? year + 1 : year, month, day);
        if (result < Calendar.MIN_DAY || result > Calendar.MAX_DATE) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range: " + shown);
        }
        return (int) result;
    }

    /** Microseconds of a clock time, or 22008. */
    static long clock(int hour, int minute, double second) {
        double micros = Math.rint(second * Calendar.MICROS_PER_SECOND);
        boolean valid = hour >= 0 && hour <= 24 && minute >= 0 && minute <= 59 && micros >= 0 && micros <= 60_000_000;
        long total = valid ? (hour * 60L + minute) * Calendar.MICROS_PER_MINUTE + (long) micros : -1;
        if (!valid || total > Calendar.MICROS_PER_DAY) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "time field value out of range: " + hour + ":" + two(minute)
                    + ":" + general(second));
        }
        return total;
    }

    private static String general(double value) {
        org.gajah.base.ByteSink out = new org.gajah.base.ByteSink();
        org.gajah.type.FloatText.formatDouble(value, -9, out);
        return out.size() == 1 ? "0" + out : out.toString();
    }

    public static long make_time(int hour, int minute, double second) {
        return clock(hour, minute, second);
    }

    public static long make_timestamp(int year, int month, int day, int hour, int minute, double second) {
        checkDate(year, month, day, year + "-" + two(month) + "-" + two(day));
        long days = Calendar.day(year < 0 ? year + 1 : year, month, day);
        if (Math.abs(days) > 110_000_000) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW,
                    "date out of range: " + year + "-" + two(month) + "-" + two(day));
        }
        return TimestampFunctions.checked(days * Calendar.MICROS_PER_DAY + clock(hour, minute, second));
    }

    public static long make_timestamptz(CallContext context, int year, int month, int day, int hour, int minute, double second) {
        return TimestampFunctions.timestamp_timestamptz(context, make_timestamp(year, month, day, hour, minute, second));
    }

    public static long make_timestamptz_at_timezone(int year, int month, int day, int hour, int minute, double second,
            org.gajah.base.Slice zone) {
        return TimestampFunctions.timestamp_zone(zone, make_timestamp(year, month, day, hour, minute, second));
    }

    public static boolean in_range_date_interval(int value, int base, Interval offset, boolean subtract, boolean less) {
        return TimestampFunctions.in_range_timestamp_interval(date_timestamp(value), date_timestamp(base), offset, subtract,
                less);
    }

    /** Seconds east of Greenwich of the session's zone at a local time. */
    static int offset(CallContext context, long local) {
        return TimeZones.offsetAtLocal(context.types().timeZone(), local);
    }
}
