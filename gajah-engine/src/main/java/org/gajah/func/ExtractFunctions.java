package org.gajah.func;

import org.gajah.base.Slice;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.type.TimeTz;
import org.gajah.type.TimeZones;

/** EXTRACT, which gives numeric, and date_part, which gives float8. */
public final class ExtractFunctions {
    private static final String TIMESTAMP = "timestamp without time zone";
    private static final String TIMESTAMPTZ = "timestamp with time zone";

    private ExtractFunctions() {
    }

    /** A field's value: an integer divided by ten to {@code scale}. */
    private record Field(long value, int scale) {
        static Field of(long value) {
            return new Field(value, 0);
        }

        Numeric numeric() {
            return Numeric.of(value, scale);
        }

        double real() {
            return scale == 0 ? value : value / Math.pow(10, scale);
        }
    }

    private static Field clock(TimeUnit unit, long micros, Slice name, String type) {
        long second = micros % Calendar.MICROS_PER_MINUTE;
        return switch (unit) {
            case MICROSECONDS -> Field.of(second);
            case MILLISECONDS -> new Field(second, 3);
            case SECOND -> new Field(second, 6);
            case MINUTE -> Field.of(micros / Calendar.MICROS_PER_MINUTE % 60);
            case HOUR -> Field.of(micros / Calendar.MICROS_PER_HOUR);
            case DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM, ISOYEAR, DOW, ISODOW, DOY, JULIAN, EPOCH, TIMEZONE,
                    TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw TimeUnit.unsupported(name, type);
        };
    }

    private static Field zone(TimeUnit unit, int offset) {
        return switch (unit) {
            case TIMEZONE_HOUR -> Field.of(offset / 3600);
            case TIMEZONE_MINUTE -> Field.of(offset % 3600 / 60);
            case TIMEZONE, MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY,
                    MILLENNIUM, ISOYEAR, DOW, ISODOW, DOY, JULIAN, EPOCH -> Field.of(offset);
        };
    }

    private static Field calendar(TimeUnit unit, long day, Slice name, String type) {
        long civil = Calendar.civil(day);
        int year = Calendar.year(civil);
        int month = Calendar.month(civil);
        return switch (unit) {
            case DAY -> Field.of(Calendar.dayOfMonth(civil));
            case MONTH -> Field.of(month);
            case QUARTER -> Field.of((month - 1) / 3 + 1);
            case WEEK -> Field.of(Calendar.isoWeek(day));
            case YEAR -> Field.of(year > 0 ? year : year - 1);
            case DECADE -> Field.of(Math.floorDiv(year, 10));
            case CENTURY -> Field.of(year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100));
            case MILLENNIUM -> Field.of(year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000));
            case ISOYEAR -> {
                int iso = Calendar.isoYear(day);
                yield Field.of(iso <= 0 ? iso - 1 : iso);
            }
            case DOW -> Field.of(Calendar.dayOfWeek(day));
            case ISODOW -> Field.of((Calendar.dayOfWeek(day) + 6) % 7 + 1);
            case DOY -> Field.of(Calendar.dayOfYear(year, month, Calendar.dayOfMonth(civil)));
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, JULIAN, EPOCH, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw TimeUnit.unsupported(name, type);
        };
    }

    /** What a field of an infinite value is: empty for fields that go round, else an infinity. */
    private static Numeric infinite(TimeUnit unit, boolean positive) {
        return switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, DAY, MONTH, QUARTER, WEEK, DOW, ISODOW, DOY, TIMEZONE,
                    TIMEZONE_HOUR, TIMEZONE_MINUTE -> null;
            case YEAR, DECADE, CENTURY, MILLENNIUM, JULIAN, ISOYEAR, EPOCH ->
                positive ? Numeric.INFINITY : Numeric.NEGATIVE_INFINITY;
        };
    }

    private static Field field(TimeUnit unit, long local, long epochMicros, int offset, boolean zoned, Slice name) {
        String type = zoned ? TIMESTAMPTZ : TIMESTAMP;
        long day = Math.floorDiv(local, Calendar.MICROS_PER_DAY);
        return switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR ->
                clock(unit, Math.floorMod(local, Calendar.MICROS_PER_DAY), name, type);
            case EPOCH -> new Field(epochMicros, 6);
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> {
                if (!zoned) {
                    throw TimeUnit.unsupported(name, type);
                }
                yield zone(unit, offset);
            }
            case DAY, MONTH, QUARTER, WEEK, YEAR, DECADE, CENTURY, MILLENNIUM, ISOYEAR, DOW, ISODOW, DOY, JULIAN ->
                calendar(unit, day, name, type);
        };
    }

    private static Numeric epoch(long micros) {
        return Numeric.of(micros, 6).add(Numeric.of(Calendar.UNIX_SECONDS));
    }

    private static Numeric julian(long local) {
        long day = Math.floorDiv(local, Calendar.MICROS_PER_DAY) + Calendar.JULIAN_2000;
        return Numeric.of(day).add(Numeric.of(Math.floorMod(local, Calendar.MICROS_PER_DAY))
                .divide(Numeric.of(Calendar.MICROS_PER_DAY)));
    }

    private static double realJulian(long local) {
        long day = Math.floorDiv(local, Calendar.MICROS_PER_DAY) + Calendar.JULIAN_2000;
        return day + (double) Math.floorMod(local, Calendar.MICROS_PER_DAY) / Calendar.MICROS_PER_DAY;
    }

    private static double realEpoch(long micros) {
        return micros < Long.MAX_VALUE - Calendar.UNIX_SECONDS * Calendar.MICROS_PER_SECOND
                ? (micros + Calendar.UNIX_SECONDS * Calendar.MICROS_PER_SECOND) / 1_000_000.0
                : micros / 1_000_000.0 + Calendar.UNIX_SECONDS;
    }

    public static Numeric extract_timestamp(Slice name, long a) {
        TimeUnit unit = TimeUnit.of(name, TIMESTAMP);
        if (!TimestampFunctions.timestamp_finite(a)) {
            return infinite(unit, a > 0);
        }
        return unit == TimeUnit.EPOCH ? epoch(a) : unit == TimeUnit.JULIAN ? julian(a)
                : field(unit, a, a, 0, false, name).numeric();
    }

    public static Double timestamp_part(Slice name, long a) {
        TimeUnit unit = TimeUnit.of(name, TIMESTAMP);
        if (!TimestampFunctions.timestamp_finite(a)) {
            Numeric n = infinite(unit, a > 0);
            return n == null ? null : Double.valueOf(n.toDouble());
        }
        return unit == TimeUnit.EPOCH ? realEpoch(a) : unit == TimeUnit.JULIAN ? realJulian(a)
                : field(unit, a, a, 0, false, name).real();
    }

    public static Numeric extract_timestamptz(CallContext context, Slice name, long a) {
        TimeUnit unit = TimeUnit.of(name, TIMESTAMPTZ);
        if (!TimestampFunctions.timestamp_finite(a)) {
            return infinite(unit, a > 0);
        }
        int offset = TimeZones.offsetAt(context.types().timeZone(), a);
        long local = a + offset * Calendar.MICROS_PER_SECOND;
        return unit == TimeUnit.EPOCH ? epoch(a) : unit == TimeUnit.JULIAN ? julian(local)
                : field(unit, local, a, offset, true, name).numeric();
    }

    public static Double timestamptz_part(CallContext context, Slice name, long a) {
        TimeUnit unit = TimeUnit.of(name, TIMESTAMPTZ);
        if (!TimestampFunctions.timestamp_finite(a)) {
            Numeric n = infinite(unit, a > 0);
            return n == null ? null : Double.valueOf(n.toDouble());
        }
        int offset = TimeZones.offsetAt(context.types().timeZone(), a);
        long local = a + offset * Calendar.MICROS_PER_SECOND;
        return unit == TimeUnit.EPOCH ? realEpoch(a) : unit == TimeUnit.JULIAN ? realJulian(local)
                : field(unit, local, a, offset, true, name).real();
    }

    public static Numeric extract_date(Slice name, int a) {
        TimeUnit unit = TimeUnit.of(name, "date");
        if (DateFunctions.infinite(a)) {
            return switch (unit) {
                case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                    throw TimeUnit.unsupported(name, "date");
                case DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM, ISOYEAR, DOW, ISODOW, DOY, JULIAN, EPOCH ->
                    infinite(unit, a > 0);
            };
        }
        return switch (unit) {
            case EPOCH -> Numeric.of((a + 10_957L) * 86_400);
            case JULIAN -> Numeric.of(a + (long) Calendar.JULIAN_2000);
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM,
                    ISOYEAR, DOW, ISODOW, DOY, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                calendar(unit, a, name, "date").numeric();
        };
    }

    private static Field time(Slice name, long a) {
        String type = "time without time zone";
        TimeUnit unit = TimeUnit.of(name, type);
        return unit == TimeUnit.EPOCH ? new Field(a, 6) : clock(unit, a, name, type);
    }

    public static Numeric extract_time(Slice name, long a) {
        return time(name, a).numeric();
    }

    public static double time_part(Slice name, long a) {
        return time(name, a).real();
    }

    private static Field timetz(Slice name, TimeTz a) {
        String type = "time with time zone";
        TimeUnit unit = TimeUnit.of(name, type);
        return switch (unit) {
            case EPOCH -> new Field(a.utcMicros(), 6);
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> zone(unit, -a.zoneSeconds());
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM,
                    ISOYEAR, DOW, ISODOW, DOY, JULIAN -> clock(unit, a.micros(), name, type);
        };
    }

    public static Numeric extract_timetz(Slice name, TimeTz a) {
        return timetz(name, a).numeric();
    }

    public static double timetz_part(Slice name, TimeTz a) {
        return timetz(name, a).real();
    }

    private static Field interval(TimeUnit unit, Interval a, Slice name) {
        int year = a.months() / 12;
        int month = a.months() % 12;
        return switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> clock(unit, a.micros(), name, "interval");
            case DAY -> Field.of(a.days());
            case WEEK -> Field.of(a.days() / 7);
            case MONTH -> Field.of(month);
            case QUARTER -> Field.of(a.months() >= 0 ? month / 3 + 1 : -(-month / 3 + 1));
            case YEAR -> Field.of(year);
            case DECADE -> Field.of(year / 10);
            case CENTURY -> Field.of(year / 100);
            case MILLENNIUM -> Field.of(year / 1000);
            case ISOYEAR, DOW, ISODOW, DOY, JULIAN, EPOCH, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw TimeUnit.unsupported(name, "interval");
        };
    }

    private static Numeric infinite(TimeUnit unit, Interval a, Slice name) {
        boolean positive = a.equals(Interval.INFINITY);
        return switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, MONTH, QUARTER, WEEK -> null;
            case HOUR, DAY, YEAR, DECADE, CENTURY, MILLENNIUM, EPOCH -> positive ? Numeric.INFINITY : Numeric.NEGATIVE_INFINITY;
            case ISOYEAR, DOW, ISODOW, DOY, JULIAN, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw TimeUnit.unsupported(name, "interval");
        };
    }

    public static Numeric extract_interval(Slice name, Interval a) {
        TimeUnit unit = TimeUnit.of(name, "interval");
        if (!a.isFinite()) {
            return infinite(unit, a, name);
        }
        if (unit == TimeUnit.EPOCH) {
            long days = (a.months() / 12 * 1461L + a.months() % 12 * 120L + a.days() * 4L) * 21_600;
            return Numeric.of(days).add(Numeric.of(a.micros(), 6));
        }
        return interval(unit, a, name).numeric();
    }

    public static Double interval_part(Slice name, Interval a) {
        TimeUnit unit = TimeUnit.of(name, "interval");
        if (!a.isFinite()) {
            Numeric n = infinite(unit, a, name);
            return n == null ? null : Double.valueOf(n.toDouble());
        }
        if (unit == TimeUnit.EPOCH) {
            return a.micros() / 1_000_000.0 + 31_557_600.0 * (a.months() / 12) + 2_592_000.0 * (a.months() % 12)
                    + 86_400.0 * a.days();
        }
        return interval(unit, a, name).real();
    }
}
