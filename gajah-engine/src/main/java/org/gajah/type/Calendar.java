package org.gajah.type;

/**
 * The proleptic Gregorian calendar over days since 2000-01-01, and PostgreSQL's limits of its date and time types. Years are
 * astronomical: 1 BC is year 0.
 */
public final class Calendar {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
    /** Seconds from 1970-01-01 to 2000-01-01. */
    public static final long UNIX_SECONDS = 946_684_800L;
    /** Julian day of 2000-01-01. */
    public static final int JULIAN_2000 = 2_451_545;
    /** date 'infinity' and date '-infinity'. */
    public static final int DATE_INFINITY = Integer.MAX_VALUE;
    public static final int DATE_NEGATIVE_INFINITY = Integer.MIN_VALUE;
    /** timestamp 'infinity' and timestamp '-infinity'. */
    public static final long INFINITY = Long.MAX_VALUE;
    public static final long NEGATIVE_INFINITY = Long.MIN_VALUE;
    /** 4713-11-24 BC, the first day. */
    public static final int MIN_DAY = -JULIAN_2000;
    /** 5874897-12-31, the last day of date. */
    public static final int MAX_DATE = 2_145_031_948;
    /** The first timestamp, and the first that is too late. */
    public static final long MIN_TIMESTAMP = MIN_DAY * MICROS_PER_DAY;
    public static final long END_TIMESTAMP = 9_223_371_331_200_000_000L;

    private static final int[] CUMULATED = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private Calendar() {
    }

    /** Days since 2000-01-01. */
    public static long day(int year, int month, int dayOfMonth) {
        long y = month <= 2 ? (long) year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 730_425;
    }

    /** Year, month and day of a day since 2000-01-01, packed; see {@link #year}, {@link #month}, {@link #dayOfMonth}. */
    public static long civil(long day) {
        long z = day + 730_425;
        long era = Math.floorDiv(z, 146_097);
        long dayOfEra = z - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long mp = (5 * dayOfYear + 2) / 153;
        long dayOfMonth = dayOfYear - (153 * mp + 2) / 5 + 1;
        long month = mp < 10 ? mp + 3 : mp - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | dayOfMonth;
    }

    public static int year(long civil) {
        return (int) (civil >> 16);
    }

    public static int month(long civil) {
        return (int) (civil >> 8 & 0xff);
    }

    public static int dayOfMonth(long civil) {
        return (int) (civil & 0xff);
    }

    public static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days of a month, 1 to 12. */
    public static int monthLength(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** 0 is Sunday. */
    public static int dayOfWeek(long day) {
        return (int) Math.floorMod(day + 6, 7L);
    }

    /** 1 is January 1st. */
    public static int dayOfYear(int year, int month, int dayOfMonth) {
        return CUMULATED[month - 1] + dayOfMonth + (month > 2 && isLeap(year) ? 1 : 0);
    }

    /** The Monday that begins ISO week {@code week} of {@code year}, in days since 2000-01-01. */
    public static long isoWeekStart(int year, int week) {
        long fourth = day(year, 1, 4);
        long monday = fourth - (dayOfWeek(fourth) + 6) % 7;
        return monday + (week - 1) * 7L;
    }

    /** The ISO week-numbering year. */
    public static int isoYear(long day) {
        int year = year(civil(day));
        if (day >= isoWeekStart(year + 1, 1)) {
            return year + 1;
        }
        return day < isoWeekStart(year, 1) ? year - 1 : year;
    }

    /** The ISO week, 1 to 53. */
    public static int isoWeek(long day) {
        return (int) ((day - isoWeekStart(isoYear(day), 1)) / 7) + 1;
    }

    /** Whether a timestamp is neither infinite nor beyond the type. */
    public static boolean isValidTimestamp(long micros) {
        return micros >= MIN_TIMESTAMP && micros < END_TIMESTAMP;
    }
}
