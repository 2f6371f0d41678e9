package org.gajah.javaroutine;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Calendar;

/** Dates and times as java.time's; infinity is the class's MAX or MIN, and 24:00:00 the last nanosecond of the day. */
final class JavaTimes {
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final long EPOCH_DAY = EPOCH.toEpochDay();

    private JavaTimes() {
    }

    static LocalDate date(int days) {
        return days == Calendar.DATE_INFINITY ? LocalDate.MAX : days == Calendar.DATE_NEGATIVE_INFINITY ? LocalDate.MIN : EPOCH.plusDays(days);
    }

    static int days(LocalDate date) {
        if (date.equals(LocalDate.MAX)) {
            return Calendar.DATE_INFINITY;
        }
        if (date.equals(LocalDate.MIN)) {
            return Calendar.DATE_NEGATIVE_INFINITY;
        }
        long days = date.toEpochDay() - EPOCH_DAY;
        if (days < Calendar.MIN_DAY || days > Calendar.MAX_DATE) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range");
        }
        return (int) days;
    }

    static LocalTime time(long micros) {
        return micros >= Calendar.MICROS_PER_DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(micros * 1000);
    }

    static long micros(LocalTime time) {
        return time.equals(LocalTime.MAX) ? Calendar.MICROS_PER_DAY : time.toNanoOfDay() / 1000;
    }

    static LocalDateTime timestamp(long micros) {
        if (micros == Calendar.INFINITY) {
            return LocalDateTime.MAX;
        }
        if (micros == Calendar.NEGATIVE_INFINITY) {
            return LocalDateTime.MIN;
        }
        return EPOCH.plusDays(Math.floorDiv(micros, Calendar.MICROS_PER_DAY)).atTime(time(Math.floorMod(micros, Calendar.MICROS_PER_DAY)));
    }

    static OffsetDateTime instant(long micros) {
        return micros == Calendar.INFINITY ? OffsetDateTime.MAX : micros == Calendar.NEGATIVE_INFINITY ? OffsetDateTime.MIN
                : timestamp(micros).atOffset(ZoneOffset.UTC);
    }

    static long micros(LocalDateTime time) {
        if (time.equals(LocalDateTime.MAX)) {
            return Calendar.INFINITY;
        }
        if (time.equals(LocalDateTime.MIN)) {
            return Calendar.NEGATIVE_INFINITY;
        }
        long days = time.toLocalDate().toEpochDay() - EPOCH_DAY;
        long end = Calendar.END_TIMESTAMP / Calendar.MICROS_PER_DAY;
        if (days < Calendar.MIN_DAY || days >= end) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
        }
        return days * Calendar.MICROS_PER_DAY + time.toLocalTime().toNanoOfDay() / 1000;
    }

    static long micros(OffsetDateTime time) {
        return time.equals(OffsetDateTime.MAX) ? Calendar.INFINITY : time.equals(OffsetDateTime.MIN) ? Calendar.NEGATIVE_INFINITY
                : micros(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }
}
