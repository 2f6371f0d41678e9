package org.gajah.type;

/** A date and time taken apart. Not shared; what is not known is zero. */
final class DateTimeFields {
    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int micros;
    /** Seconds east of Greenwich; only meaningful if {@link #hasZone}. */
    int offsetSeconds;
    boolean hasZone;
    /** The zone was a region's name, whose offset follows from the date. */
    TimeZoneRules region = TimeZoneRules.UTC;
    boolean hasRegion;
    boolean hasDate;
    boolean hasTime;
    /** NOW and the like; ISO_TIME stands for none. */
    DateTimeWord.Kind special = DateTimeWord.Kind.ISO_TIME;

    /** Microseconds since midnight. */
    long timeMicros() {
        return ((hour * 60L + minute) * 60 + second) * Calendar.MICROS_PER_SECOND + micros;
    }

    long day() {
        return Calendar.day(year, month, day);
    }

    void setDay(long day) {
        long civil = Calendar.civil(day);
        year = Calendar.year(civil);
        month = Calendar.month(civil);
        this.day = Calendar.dayOfMonth(civil);
    }

    void setTime(long microsOfDay) {
        hour = (int) (microsOfDay / Calendar.MICROS_PER_HOUR);
        minute = (int) (microsOfDay / Calendar.MICROS_PER_MINUTE % 60);
        second = (int) (microsOfDay / Calendar.MICROS_PER_SECOND % 60);
        micros = (int) (microsOfDay % Calendar.MICROS_PER_SECOND);
    }

    /** Microseconds since 2000-01-01, local; Long.MIN_VALUE if that is beyond the type. */
    long timestamp() {
        long d = day();
        if (d < Calendar.MIN_DAY - 2 || d > 110_000_000) {
            return Long.MIN_VALUE;
        }
        try {
            return Math.addExact(Math.multiplyExact(d, Calendar.MICROS_PER_DAY), timeMicros());
        } catch (ArithmeticException e) {
            return Long.MIN_VALUE;
        }
    }
}
