package org.gajah.type;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Decimals;
import org.gajah.base.Slice;

/** Reads and writes date, time, timetz, timestamp and timestamptz in the session's style. */
public final class DateTimeText {
    private static final String[] DAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    private static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

    /** Of "HH:MM:SS". */
    private static final int TIME_LENGTH = 8;

    private DateTimeText() {
    }

    /** Reads a date. */
    public static int parseDate(Slice text, TypeContext context) {
        long iso = text.length() == IsoText.DATE_LENGTH ? IsoText.day(text.array(), text.offset()) : IsoText.NONE;
        if (iso != IsoText.NONE) {
            return (int) iso;
        }
        try {
            DateTimeFields f = DateTimeParser.dateTime(text, context);
            return switch (f.special) {
                case INFINITY -> Calendar.DATE_INFINITY;
                case NEGATIVE_INFINITY -> Calendar.DATE_NEGATIVE_INFINITY;
                case EPOCH -> -10957;
                case NOW, TODAY, TOMORROW, YESTERDAY, ALLBALLS, MONTH, DAY_OF_WEEK, ERA, MERIDIEM, IGNORED, JULIAN, ISO_TIME,
                        DAYLIGHT, UNIT -> {
                    long day = f.day();
                    if (day < Calendar.MIN_DAY || day > Calendar.MAX_DATE) {
                        throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range: \"" + text + "\"");
                    }
                    yield (int) day;
                }
            };
        } catch (DateTimeFault.Thrown e) {
            throw e.error("date", text);
        }
    }

    /** Reads a timestamp, without a zone or in UTC. */
    public static long parseTimestamp(Slice text, boolean withZone, TypeContext context) {
        long iso = IsoText.timestamp(text.array(), text.offset(), text.length());
        if (iso != IsoText.NONE) {
            return withZone ? iso - TimeZones.offsetAtLocal(context.timeZone(), iso) * Calendar.MICROS_PER_SECOND : iso;
        }
        String type = withZone ? "timestamp with time zone" : "timestamp";
        try {
            DateTimeFields f = DateTimeParser.dateTime(text, context);
            return switch (f.special) {
                case INFINITY -> Calendar.INFINITY;
                case NEGATIVE_INFINITY -> Calendar.NEGATIVE_INFINITY;
                case EPOCH -> -Calendar.UNIX_SECONDS * Calendar.MICROS_PER_SECOND;
                case NOW, TODAY, TOMORROW, YESTERDAY, ALLBALLS, MONTH, DAY_OF_WEEK, ERA, MERIDIEM, IGNORED, JULIAN, ISO_TIME,
                        DAYLIGHT, UNIT -> {
                    long local = f.timestamp();
                    long value = local == Long.MIN_VALUE || !withZone ? local : local - Calendar.MICROS_PER_SECOND
                            * (f.hasZone ? f.offsetSeconds : TimeZones.offsetAtLocal(context.timeZone(), local));
                    if (!Calendar.isValidTimestamp(value)) {
                        throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range: \"" + text + "\"");
                    }
                    yield value;
                }
            };
        } catch (DateTimeFault.Thrown e) {
            throw e.error(type, text);
        }
    }

    /** Reads a time of day; a zone is ignored. */
    public static long parseTime(Slice text, TypeContext context) {
        try {
            return DateTimeParser.time(text, context).timeMicros();
        } catch (DateTimeFault.Thrown e) {
            throw e.error("time", text);
        }
    }

    /** Reads a time of day with its zone. */
    public static TimeTz parseTimeTz(Slice text, TypeContext context) {
        try {
            DateTimeFields f = DateTimeParser.time(text, context);
            int offset = f.offsetSeconds;
            if (!f.hasZone) {
                long now = context.transactionMicros();
                long local = now + TimeZones.offsetAt(context.timeZone(), now) * Calendar.MICROS_PER_SECOND;
                long day = f.hasDate ? f.day() : Math.floorDiv(local, Calendar.MICROS_PER_DAY);
                offset = TimeZones.offsetAtLocal(context.timeZone(), day * Calendar.MICROS_PER_DAY + f.timeMicros());
            }
            return new TimeTz(f.timeMicros(), -offset);
        } catch (DateTimeFault.Thrown e) {
            throw e.error("time with time zone", text);
        }
    }

    private static void padded(int value, int width, ByteSink out) {
        out.putDigits(value, Math.max(width, Decimals.count(value)));
    }

    private static int shownYear(int year) {
        return year > 0 ? year : 1 - year;
    }

    /** Writes a date. */
    public static void formatDate(int day, TextStyle style, ByteSink out) {
        if (day == Calendar.DATE_INFINITY || day == Calendar.DATE_NEGATIVE_INFINITY) {
            out.putAscii(day > 0 ? "infinity" : "-infinity");
            return;
        }
        long civil = Calendar.civil(day);
        int y = Calendar.year(civil);
        int m = Calendar.month(civil);
        int d = Calendar.dayOfMonth(civil);
        switch (style.dateFormat()) {
            case ISO -> triple(shownYear(y), m, d, '-', out);
            case SQL -> numericDate(m, d, shownYear(y), '/', style, out);
            case POSTGRES -> numericDate(m, d, shownYear(y), '-', style, out);
            case GERMAN -> triple(d, m, shownYear(y), '.', out);
        }
        if (y <= 0) {
            out.putAscii(" BC");
        }
    }

    private static void triple(int a, int b, int c, char separator, ByteSink out) {
        padded(a, separator == '-' && a > 31 || separator == '-' ? 4 : 2, out);
        out.putByte(separator);
        padded(b, 2, out);
        out.putByte(separator);
        padded(c, separator == '-' ? 2 : 4, out);
    }

    private static void numericDate(int m, int d, int y, char separator, TextStyle style, ByteSink out) {
        boolean dayFirst = style.fieldOrder() == TextStyle.FieldOrder.DMY;
        padded(dayFirst ? d : m, 2, out);
        out.putByte(separator);
        padded(dayFirst ? m : d, 2, out);
        out.putByte(separator);
        padded(y, 4, out);
    }

    /** Writes a time of day. */
    public static void formatTime(long micros, ByteSink out) {
        int at = out.reserve(TIME_LENGTH);
        putTime((int) (micros / Calendar.MICROS_PER_SECOND), out.array(), at);
        out.truncate(at + TIME_LENGTH);
        fraction((int) (micros % Calendar.MICROS_PER_SECOND), out);
    }

    /** Writes "HH:MM:SS". */
    private static void putTime(int second, byte[] into, int at) {
        int minute = second / 60;
        Decimals.pair(minute / 60, into, at);
        into[at + 2] = ':';
        Decimals.pair(minute % 60, into, at + 3);
        into[at + 5] = ':';
        Decimals.pair(second - minute * 60, into, at + 6);
    }

    /** Writes "YYYY-MM-DD" of a year of four digits. */
    private static void putIsoDate(int year, int month, int day, byte[] into, int at) {
        Decimals.pair(year / 100, into, at);
        Decimals.pair(year % 100, into, at + 2);
        into[at + 4] = '-';
        Decimals.pair(month, into, at + 5);
        into[at + 7] = '-';
        Decimals.pair(day, into, at + 8);
    }

    /** Writes seconds with as many digits of the fraction as it has. */
    static void seconds(int second, int micros, int width, ByteSink out) {
        if (width == 2) {
            padded(second, 2, out);
        } else {
            out.putDecimal(second);
        }
        fraction(micros, out);
    }

    private static void fraction(int micros, ByteSink out) {
        if (micros == 0) {
            return;
        }
        out.putByte('.');
        int rest = micros;
        for (int unit = 100_000; rest > 0; unit /= 10) {
            out.putByte('0' + rest / unit);
            rest %= unit;
        }
    }

    /** Writes a time of day with its zone. */
    public static void formatTimeTz(TimeTz value, ByteSink out) {
        formatTime(value.micros(), out);
        offset(-value.zoneSeconds(), out);
    }

    /** Writes seconds east of Greenwich as +hh[:mm[:ss]]. */
    public static void offset(int seconds, ByteSink out) {
        int abs = Math.abs(seconds);
        out.putByte(seconds < 0 ? '-' : '+');
        padded(abs / 3600, 2, out);
        if (abs % 3600 != 0) {
            out.putByte(':');
            padded(abs / 60 % 60, 2, out);
            if (abs % 60 != 0) {
                out.putByte(':');
                padded(abs % 60, 2, out);
            }
        }
    }

    /** Writes a timestamp. */
    public static void formatTimestamp(long micros, TextStyle style, ByteSink out) {
        if (!infinite(micros, out)) {
            body(micros, style, Optional.empty(), 0, out);
        }
    }

    /** Writes a timestamp with time zone, in a zone. */
    public static void formatTimestampTz(long micros, TextStyle style, TimeZoneRules zone, ByteSink out) {
        if (!infinite(micros, out)) {
            int offset = TimeZones.offsetAt(zone, micros);
            Optional<String> name = style.dateFormat() == TextStyle.DateFormat.ISO ? Optional.of("")
                    : Optional.of(TimeZones.abbreviationAt(zone, micros).orElse(""));
            body(micros + offset * Calendar.MICROS_PER_SECOND, style, name, offset, out);
        }
    }

    private static boolean infinite(long micros, ByteSink out) {
        if (micros == Calendar.INFINITY || micros == Calendar.NEGATIVE_INFINITY) {
            out.putAscii(micros > 0 ? "infinity" : "-infinity");
            return true;
        }
        return false;
    }

    /** {@code zoneName}: absent without a zone, empty if only the offset is to be shown. */
    private static void body(long local, TextStyle style, Optional<String> zoneName, int offset, ByteSink out) {
        long day = Math.floorDiv(local, Calendar.MICROS_PER_DAY);
        long time = Math.floorMod(local, Calendar.MICROS_PER_DAY);
        long civil = Calendar.civil(day);
        int y = Calendar.year(civil);
        int m = Calendar.month(civil);
        int d = Calendar.dayOfMonth(civil);
        if (style.dateFormat() == TextStyle.DateFormat.ISO && zoneName.isEmpty() && y > 0 && y <= 9999) {
            int at = out.reserve(IsoText.DATE_LENGTH + 1 + TIME_LENGTH);
            putIsoDate(y, m, d, out.array(), at);
            out.array()[at + IsoText.DATE_LENGTH] = ' ';
            putTime((int) (time / Calendar.MICROS_PER_SECOND), out.array(), at + IsoText.DATE_LENGTH + 1);
            out.truncate(at + IsoText.DATE_LENGTH + 1 + TIME_LENGTH);
            fraction((int) (time % Calendar.MICROS_PER_SECOND), out);
            return;
        }
        switch (style.dateFormat()) {
            case ISO -> triple(shownYear(y), m, d, '-', out);
            case SQL -> numericDate(m, d, shownYear(y), '/', style, out);
            case GERMAN -> triple(d, m, shownYear(y), '.', out);
            case POSTGRES -> {
                out.putAscii(DAYS[Calendar.dayOfWeek(day)]).putByte(' ');
                boolean dayFirst = style.fieldOrder() == TextStyle.FieldOrder.DMY;
                if (dayFirst) {
                    padded(d, 2, out);
                    out.putByte(' ').putAscii(MONTHS[m - 1]);
                } else {
                    out.putAscii(MONTHS[m - 1]).putByte(' ');
                    padded(d, 2, out);
                }
            }
        }
        out.putByte(' ');
        formatTime(time, out);
        if (style.dateFormat() == TextStyle.DateFormat.POSTGRES) {
            out.putByte(' ');
            padded(shownYear(y), 4, out);
        }
        if (zoneName.isPresent()) {
            if (zoneName.get().isEmpty()) {
                if (style.dateFormat() == TextStyle.DateFormat.POSTGRES) {
                    out.putByte(' ');
                }
                offset(offset, out);
            } else {
                out.putByte(' ').putAscii(zoneName.get());
            }
        }
        if (y <= 0) {
            out.putAscii(" BC");
        }
    }
}
