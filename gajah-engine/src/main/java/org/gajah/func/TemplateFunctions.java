package org.gajah.func;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.type.NumericText;
import org.gajah.type.TimeCodecs;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TimeZones;

/** to_char, to_date, to_timestamp and to_number: values written and read by a template. */
public final class TemplateFunctions {
    private static final int FLOAT_DIGITS = 6;
    private static final int DOUBLE_DIGITS = 15;

    private TemplateFunctions() {
    }

    // ---- dates and times ----

    private static Slice write(long local, int offset, String zone, Slice template) {
        long day = Math.floorDiv(local, Calendar.MICROS_PER_DAY);
        long time = Math.floorMod(local, Calendar.MICROS_PER_DAY);
        long civil = Calendar.civil(day);
        int year = Calendar.year(civil);
        int month = Calendar.month(civil);
        int dayOfMonth = Calendar.dayOfMonth(civil);
        DateTimeWriter.Moment moment = new DateTimeWriter.Moment(false, year, month, dayOfMonth, time / Calendar.MICROS_PER_HOUR,
                (int) (time / Calendar.MICROS_PER_MINUTE % 60), (int) (time / Calendar.MICROS_PER_SECOND % 60),
                (int) (time % Calendar.MICROS_PER_SECOND), Calendar.dayOfYear(year, month, dayOfMonth), Calendar.dayOfWeek(day), offset,
                zone);
        return Slice.of(DateTimeWriter.write(DateTimePattern.parse(template.toString(), false), moment));
    }

    public static Slice timestamp_to_char(long a, Slice template) {
        return template.isEmpty() || !TimestampFunctions.timestamp_finite(a) ? null : write(a, 0, "", template);
    }

    public static Slice timestamptz_to_char(CallContext context, long a, Slice template) {
        if (template.isEmpty() || !TimestampFunctions.timestamp_finite(a)) {
            return null;
        }
        TimeZoneRules zone = context.types().timeZone();
        int offset = TimeZones.offsetAt(zone, a);
        return write(a + offset * Calendar.MICROS_PER_SECOND, offset, TimeZones.abbreviationAt(zone, a).orElse(""), template);
    }

    public static Slice interval_to_char(Interval a, Slice template) {
        if (template.isEmpty() || !a.isFinite()) {
            return null;
        }
        int year = a.months() / 12;
        int month = a.months() % 12;
        long time = a.micros();
        DateTimeWriter.Moment moment = new DateTimeWriter.Moment(true, year, month, a.days(), time / Calendar.MICROS_PER_HOUR,
                (int) (time / Calendar.MICROS_PER_MINUTE % 60), (int) (time / Calendar.MICROS_PER_SECOND % 60),
                (int) (time % Calendar.MICROS_PER_SECOND), (year * 12 + month) * 30 + a.days(), 0, 0, "");
        return Slice.of(DateTimeWriter.write(DateTimePattern.parse(template.toString(), false), moment));
    }

    public static int to_date(Slice source, Slice template) {
        DateTimeScan scan = DateTimeScan.scan(source.toString(), template.toString(), false);
        if (scan.day() < Calendar.MIN_DAY || scan.day() > Calendar.MAX_DATE) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range: \"" + source + "\"");
        }
        return (int) scan.day();
    }

    public static long to_timestamp(CallContext context, Slice source, Slice template) {
        DateTimeScan scan = DateTimeScan.scan(source.toString(), template.toString(), false);
        if (Math.abs(scan.day()) > 200_000_000) {
            throw TimestampFunctions.outOfRange();
        }
        long local = scan.day() * Calendar.MICROS_PER_DAY + scan.micros();
        int offset = scan.offset().orElseGet(() -> TimeZones.offsetAtLocal(context.types().timeZone(), local));
        long utc = TimestampFunctions.checked(local - offset * Calendar.MICROS_PER_SECOND);
        return scan.fractionDigits() == 0 ? utc : TimeCodecs.round(utc, scan.fractionDigits());
    }

    // ---- numbers ----

    /** Writes digits with an optional minus; a number too wide for the template becomes number signs. */
    private static Slice write(NumberPattern pattern, String number) {
        char sign = number.startsWith("-") ? '-' : '+';
        String digits = sign == '-' ? number.substring(1) : number;
        int dot = digits.indexOf('.');
        int before = dot < 0 ? digits.length() : dot;
        int spaces = Math.max(0, pattern.before - before);
        String shown = before > pattern.before ? NumberWriter.overflow(pattern.before, pattern.after) : digits;
        return Slice.of(NumberWriter.write(pattern, shown, sign, spaces));
    }

    private static Slice writeRoman(NumberPattern pattern, long value) {
        return Slice.of(NumberWriter.write(pattern, NumberWriter.roman(value), '+', 0));
    }

    private static Slice notANumber(NumberPattern pattern) {
        return Slice.of(" " + "#".repeat(pattern.before) + "." + "#".repeat(pattern.after + 4));
    }

    /** As C's {@code % .*e}. */
    private static Slice scientific(NumberPattern pattern, BigDecimal value) {
        BigDecimal abs = value.abs();
        int exponent = abs.signum() == 0 ? 0 : abs.precision() - abs.scale() - 1;
        BigDecimal mantissa = abs.scaleByPowerOfTen(-exponent).setScale(pattern.after, RoundingMode.HALF_UP);
        if (mantissa.compareTo(BigDecimal.TEN) >= 0) {
            exponent++;
            mantissa = abs.scaleByPowerOfTen(-exponent).setScale(pattern.after, RoundingMode.HALF_UP);
        }
        int size = Math.abs(exponent);
        return Slice.of((value.signum() < 0 ? "-" : " ") + mantissa.toPlainString() + (exponent < 0 ? "e-" : "e+")
                + (size < 10 ? "0" : "") + size);
    }

    private static String zeros(NumberPattern pattern, String integer) {
        return pattern.after > 0 ? integer + "." + "0".repeat(pattern.after) : integer;
    }

    public static Slice int4_to_char(int a, Slice template) {
        if (template.isEmpty()) {
            return Slice.EMPTY;
        }
        NumberPattern pattern = NumberPattern.parse(template.toString());
        if (pattern.roman) {
            return writeRoman(pattern, a);
        }
        if (pattern.exponent) {
            return scientific(pattern, BigDecimal.valueOf(a));
        }
        int value = a;
        if (pattern.scale) {
            value *= (int) Math.pow(10, pattern.scaled);
            pattern.before += pattern.scaled;
        }
        return write(pattern, zeros(pattern, Integer.toString(value)));
    }

    public static Slice int8_to_char(long a, Slice template) {
        if (template.isEmpty()) {
            return Slice.EMPTY;
        }
        NumberPattern pattern = NumberPattern.parse(template.toString());
        if (pattern.roman) {
            return writeRoman(pattern, a);
        }
        if (pattern.exponent) {
            return scientific(pattern, BigDecimal.valueOf(a));
        }
        long value = a;
        if (pattern.scale) {
            value = IntegerArithmetic.int8mul(value, FloatFunctions.dtoi8(Math.pow(10, pattern.scaled)));
            pattern.before += pattern.scaled;
        }
        return write(pattern, zeros(pattern, Long.toString(value)));
    }

    public static Slice numeric_to_char(Numeric a, Slice template) {
        if (template.isEmpty()) {
            return Slice.EMPTY;
        }
        NumberPattern pattern = NumberPattern.parse(template.toString());
        if (pattern.roman) {
            return writeRoman(pattern, a.isFinite() && a.abs().compareTo(Numeric.of(4000)) < 0
                    ? a.round(0).toLong(Integer.MIN_VALUE, Integer.MAX_VALUE, "integer") : 0);
        }
        if (pattern.exponent) {
            return a.isFinite() ? scientific(pattern, a.toBigDecimal()) : notANumber(pattern);
        }
        Numeric value = a;
        if (pattern.scale) {
            value = value.multiply(Numeric.of(BigDecimal.TEN.pow(pattern.scaled)));
            pattern.before += pattern.scaled;
        }
        return write(pattern, NumericFunctions.numeric_round(value, pattern.after).toString());
    }

    private static Slice write(double a, int precision, Slice template) {
        if (template.isEmpty()) {
            return Slice.EMPTY;
        }
        NumberPattern pattern = NumberPattern.parse(template.toString());
        if (pattern.roman) {
            return writeRoman(pattern, (long) Math.rint(a));
        }
        boolean finite = !Double.isNaN(a) && !Double.isInfinite(a);
        if (pattern.exponent) {
            return finite ? negativeZero(a, scientific(pattern, new BigDecimal(a))) : notANumber(pattern);
        }
        double value = a;
        if (pattern.scale) {
            value *= Math.pow(10, pattern.scaled);
            pattern.before += pattern.scaled;
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            String name = Double.isNaN(value) ? "NaN" : "Infinity";
            pattern.after = Math.min(pattern.after, Math.max(0, precision - name.length()));
            return write(pattern, value < 0 ? "-" + name : name);
        }
        BigDecimal exact = new BigDecimal(value);
        int before = exact.abs().setScale(0, RoundingMode.HALF_EVEN).toPlainString().length();
        pattern.after = Math.min(pattern.after, Math.max(0, precision - before));
        String digits = exact.setScale(pattern.after, RoundingMode.HALF_EVEN).abs().toPlainString();
        return write(pattern, value < 0 || 1 / value < 0 ? "-" + digits : digits);
    }

    private static Slice negativeZero(double a, Slice text) {
        return a == 0 && 1 / a < 0 ? Slice.of("-" + text.toString().substring(1)) : text;
    }

    public static Slice float4_to_char(double a, Slice template) {
        return write(a, FLOAT_DIGITS, template);
    }

    public static Slice float8_to_char(double a, Slice template) {
        return write(a, DOUBLE_DIGITS, template);
    }

    public static Numeric numeric_to_number(Slice source, Slice template) {
        if (template.isEmpty()) {
            return null;
        }
        NumberPattern pattern = NumberPattern.parse(template.toString());
        String digits = NumberReader.read(pattern, source.toString());
        int precision = pattern.before + pattern.scaled + pattern.after;
        Numeric value = NumericText.parse(Slice.of(digits)).withTypmod(NumericText.typmod(precision, pattern.after));
        return pattern.scale ? value.multiply(NumericMath.power(Numeric.of(10), Numeric.of(-pattern.scaled))) : value;
    }
}
