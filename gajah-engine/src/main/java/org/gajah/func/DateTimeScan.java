package org.gajah.func;

import java.util.OptionalInt;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Calendar;

/**
 * What to_date and to_timestamp found, put together.
 *
 * @param day days since 2000-01-01; Long.MIN_VALUE if no day has such a number
 * @param micros microseconds of the day
 * @param offset seconds east of Greenwich, if the source said
 * @param fractionDigits digits of the seconds' fraction to keep, 0 for all
 */
record DateTimeScan(long day, long micros, OptionalInt offset, int fractionDigits) {
    private static final int[] LAST_DAYS = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

    static DateTimeScan scan(String source, String template, boolean strict) {
        DateTimeReader r = DateTimeReader.read(DateTimePattern.parse(template, strict), source, strict);
        int hour = r.hour.value != 0 ? r.hour.value : r.secondOfDay.value / 3600;
        int minute = r.minute.value != 0 ? r.minute.value : r.secondOfDay.value % 3600 / 60;
        int second = r.second.value != 0 ? r.second.value : r.secondOfDay.value % 60;
        if (r.twelveHours) {
            if (hour < 1 || hour > 12) {
                throw DateTimeReader.invalid("hour \"" + hour + "\" is invalid for the 12-hour clock")
                        .hint("Use the 24-hour clock, or give an hour between 1 and 12.");
            }
            hour = r.afternoon.value != 0 ? hour < 12 ? hour + 12 : hour : hour == 12 ? 0 : hour;
        }
        long fraction = r.millis.value * 1000L + r.micros.value;
        long day = new Day(r, source).find();
        if (hour < 0 || hour >= 24 || minute < 0 || minute >= 60 || second < 0 || second >= 60 || fraction < 0
                || fraction >= Calendar.MICROS_PER_SECOND) {
            throw outOfRange(source);
        }
        return new DateTimeScan(day, ((hour * 60L + minute) * 60 + second) * Calendar.MICROS_PER_SECOND + fraction,
                offset(r, source), r.fractionDigits);
    }

    private static OptionalInt offset(DateTimeReader r, String source) {
        if (r.zoneSign == 0) {
            return r.zoneOffset;
        }
        int hours = r.zoneHour.value;
        int minutes = r.zoneMinute.value;
        if (hours < 0 || hours > 15 || minutes < 0 || minutes >= 60) {
            throw outOfRange(source);
        }
        return OptionalInt.of(r.zoneSign * (hours * 60 + minutes) * 60);
    }

    private static SqlError outOfRange(String source) {
        return new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + source + "\"");
    }

    /** Finds the day that the fields mean; they may say it in several ways, the later ones here win. */
    private static final class Day {
        private final DateTimeReader r;
        private final String source;
        private int year;
        private int month = 1;
        private int day = 1;
        private boolean hasYear;
        private boolean hasMonth;
        private boolean hasDay;

        Day(DateTimeReader r, String source) {
            this.r = r;
            this.source = source;
        }

        long find() {
            year();
            if (r.julian.value != 0) {
                set((long) r.julian.value - Calendar.JULIAN_2000);
            }
            boolean iso = r.calendar == DateTimePattern.Calendar.ISO_WEEK;
            int dayOfYear = r.dayOfYear.value;
            if (r.week.value != 0) {
                if (iso) {
                    int weekday = r.dayOfWeek.value;
                    set(Calendar.isoWeekStart(year, 1) + (r.week.value - 1) * 7L
                            + (weekday == 0 ? 0 : weekday > 1 ? weekday - 2 : 6));
                } else {
                    dayOfYear = product(r.week.value, 7) + 1;
                }
            }
            int dayOfMonth = r.weekOfMonth.value != 0 ? product(r.weekOfMonth.value, 7) + 1 : r.day.value;
            if (dayOfMonth != 0) {
                day = dayOfMonth;
                hasDay = true;
            }
            if (r.month.value != 0) {
                month = r.month.value;
                hasMonth = true;
            }
            if (dayOfYear != 0 && (month <= 1 || day <= 1)) {
                fromDayOfYear(dayOfYear, iso);
            }
            if (hasMonth && (month < 1 || month > 12) || hasDay && (day < 1 || day > 31)
                    || hasYear && hasMonth && hasDay && day > Calendar.monthLength(year, month)) {
                throw outOfRange(source);
            }
            return Calendar.day(year, month, day);
        }

        private int product(int weeks, int days) {
            try {
                return Math.multiplyExact(Math.subtractExact(weeks, 1), days);
            } catch (ArithmeticException e) {
                throw outOfRange(source);
            }
        }

        private void set(long days) {
            long civil = Calendar.civil(days);
            year = Calendar.year(civil);
            month = Calendar.month(civil);
            day = Calendar.dayOfMonth(civil);
            hasYear = true;
            hasMonth = true;
            hasDay = true;
        }

        private void year() {
            long found = 0;
            long century = r.beforeChrist.value != 0 ? -(long) r.century.value : r.century.value;
            if (r.year.value != 0) {
                if (century != 0 && r.yearDigits <= 2) {
                    int low = r.year.value % 100;
                    found = low == 0 ? century * 100 + (century >= 0 ? 0 : 1)
                            : century >= 0 ? (century - 1) * 100 + low : (century + 1) * 100 - low + 1;
                } else {
                    found = r.beforeChrist.value != 0 ? -(long) r.year.value : r.year.value;
                    found += found < 0 ? 1 : 0;
                }
                hasYear = true;
            } else if (century != 0) {
                found = century >= 0 ? (century - 1) * 100 + 1 : century * 100 + 1;
                hasYear = true;
            }
            if (found != (int) found) {
                throw outOfRange(source);
            }
            year = (int) found;
        }

        private void fromDayOfYear(int dayOfYear, boolean iso) {
            if (year == 0 && r.beforeChrist.value == 0) {
                throw DateTimeReader.invalid("cannot calculate day of year without year information");
            }
            if (iso) {
                set(Calendar.isoWeekStart(year, 1) + dayOfYear - 1);
                return;
            }
            int m = 1;
            while (m <= 12 && dayOfYear > lastDay(m)) {
                m++;
            }
            month = month <= 1 ? m : month;
            day = day <= 1 ? dayOfYear - lastDay(m - 1) : day;
            hasMonth = true;
            hasDay = true;
        }

        private int lastDay(int m) {
            return LAST_DAYS[m] + (m > 1 && Calendar.isLeap(year) ? 1 : 0);
        }
    }
}
