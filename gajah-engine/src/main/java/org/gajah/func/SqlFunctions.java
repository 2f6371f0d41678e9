package org.gajah.func;

import org.gajah.base.Slice;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.type.Oids;
import org.gajah.type.TimeTz;

/**
 * The pure functions that PostgreSQL writes in SQL. They go by their own names, and where one name has several signatures by
 * the carriers of their arguments; where two of them have the same carriers, by the arguments' types.
 */
public final class SqlFunctions {
    private static final Slice SPACE = Slice.of(" ");

    private SqlFunctions() {
    }

    public static Slice lpad(Slice s, int length) {
        return TextFunctions.lpad(s, length, SPACE);
    }

    public static Slice rpad(Slice s, int length) {
        return TextFunctions.rpad(s, length, SPACE);
    }

    public static Numeric round(Numeric a) {
        return NumericFunctions.numeric_round(a, 0);
    }

    public static Numeric trunc(Numeric a) {
        return NumericFunctions.numeric_trunc(a, 0);
    }

    public static Numeric log(Numeric a) {
        return NumericFunctions.numeric_log(Numeric.of(10), a);
    }

    public static Numeric log10(Numeric a) {
        return NumericFunctions.numeric_log(Numeric.of(10), a);
    }

    public static Slice substring(CallContext context, Slice s, Slice pattern, Slice escape) {
        return RegexFunctions.textregexsubstr(context, s, SimilarFunctions.similar_to_escape_2(pattern, escape));
    }

    public static int bit_length(CallContext context, Slice s) {
        return switch (context.argumentType(0)) {
            case Oids.BIT, Oids.VARBIT -> BitFunctions.bitlength(s);
            default -> IntegerArithmetic.int4mul(s.length(), 8);
        };
    }

    public static Interval age(CallContext context, long a) {
        long now = context.types().transactionMicros();
        int today = DateFunctions.timestamptz_date(context, now);
        return context.argumentType(0) == Oids.TIMESTAMPTZ
                ? TimestampFunctions.timestamptz_age(context, DateFunctions.date_timestamptz(context, today), a)
                : TimestampFunctions.timestamp_age(DateFunctions.date_timestamp(today), a);
    }

    public static Double date_part(Slice unit, int date) {
        return ExtractFunctions.timestamp_part(unit, DateFunctions.date_timestamp(date));
    }

    public static int integer_pl_date(int days, int date) {
        return DateFunctions.date_pli(date, days);
    }

    public static long interval_pl_date(Interval span, int date) {
        return DateFunctions.date_pl_interval(date, span);
    }

    public static long interval_pl_time(Interval span, long time) {
        return TimeFunctions.time_pl_interval(time, span);
    }

    public static long interval_pl_timestamp(Interval span, long a) {
        return TimestampFunctions.timestamp_pl_interval(a, span);
    }

    public static long interval_pl_timestamptz(CallContext context, Interval span, long a) {
        return TimestampFunctions.timestamptz_pl_interval(context, a, span);
    }

    public static TimeTz interval_pl_timetz(Interval span, TimeTz a) {
        return TimeFunctions.timetz_pl_interval(a, span);
    }

    public static long timedate_pl(long time, int date) {
        return DateFunctions.datetime_timestamp(date, time);
    }

    public static long timetzdate_pl(TimeTz time, int date) {
        return DateFunctions.datetimetz_timestamptz(date, time);
    }

    public static long timestamptz(CallContext context, int date, long time) {
        return TimestampFunctions.timestamp_timestamptz(context, DateFunctions.datetime_timestamp(date, time));
    }

    /** A period's end from its length, as the type of its start says. */
    private static Long plus(CallContext context, Long start, Interval span) {
        if (start == null || span == null) {
            return null;
        }
        return switch (context.argumentType(0)) {
            case Oids.TIME -> Long.valueOf(Math.floorMod(TimeFunctions.time_pl_interval(start, span), Calendar.MICROS_PER_DAY));
            case Oids.TIMESTAMPTZ -> Long.valueOf(TimestampFunctions.timestamptz_pl_interval(context, start, span));
            default -> Long.valueOf(TimestampFunctions.timestamp_pl_interval(start, span));
        };
    }

    public static Boolean overlaps(CallContext context, Long a, Long b, Long c, Interval d) {
        return TimeFunctions.overlaps_time(a, b, c, plus(context, c, d));
    }

    public static Boolean overlaps(CallContext context, Long a, Interval b, Long c, Long d) {
        return TimeFunctions.overlaps_time(a, plus(context, a, b), c, d);
    }

    public static Boolean overlaps(CallContext context, Long a, Interval b, Long c, Interval d) {
        return TimeFunctions.overlaps_time(a, plus(context, a, b), c, plus(context, c, d));
    }

    public static Slice anytextcat(CallContext context, Object a, Slice b) {
        return TextFunctions.textcat(AnyText.cast(context, context.argumentType(0), a), b);
    }

    public static Slice textanycat(CallContext context, Slice a, Object b) {
        return TextFunctions.textcat(a, AnyText.cast(context, context.argumentType(1), b));
    }
}
