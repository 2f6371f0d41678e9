package org.gajah.func;

import java.math.RoundingMode;
import java.util.Locale;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;
import org.gajah.type.Numeric;
import org.gajah.type.NumericText;
import org.gajah.type.TypeCodec;

/** What a value's type is, how many values are null, sizes as people write them, amounts of money. */
public final class MiscFunctions {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};

    private MiscFunctions() {
    }

    public static int pg_typeof(CallContext context, Object value) {
        return context.argumentType(0);
    }

    private static int nulls(Object[] values) {
        int count = 0;
        for (Object value : values) {
            count += value == null ? 1 : 0;
        }
        return count;
    }

    public static Integer pg_num_nulls(Object[] values) {
        return nulls(values);
    }

    public static Integer pg_num_nonnulls(Object[] values) {
        return values.length - nulls(values);
    }

    /** The bytes that a value takes by itself, as its stored form; PostgreSQL's own figures differ by its headers. */
    public static Integer pg_column_size(CallContext context, Object value) {
        TypeCodec codec = context.types().codec(context.argumentType(0));
        if (codec.storedWidth() > 0) {
            return codec.storedWidth();
        }
        if (value instanceof Slice s) {
            return s.length() + (s.length() < 127 ? 1 : 4);
        }
        ByteSink sink = new ByteSink();
        codec.store(value, sink);
        return sink.size() + (codec instanceof ArrayCodec ? 4 : 0);
    }

    public static Slice pg_size_pretty(long size) {
        long value = size;
        for (int i = 0; i < UNITS.length; i++) {
            boolean last = i == UNITS.length - 1;
            long limit = i == 0 ? 10 * 1024 : 20 * 1024 - 1;
            if (last || value > -limit && value < limit) {
                long shown = i == 0 ? value : half(value);
                return Slice.of(shown + " " + UNITS[i]);
            }
            value = i == 0 ? value / 512 : value / 1024;
        }
        throw new IllegalStateException();
    }

    private static long half(long twice) {
        return (twice + (twice > 0 ? 1 : -1)) / 2;
    }

    public static Slice pg_size_pretty_numeric(Numeric size) {
        Numeric value = size;
        for (int i = 0; i < UNITS.length; i++) {
            Numeric limit = Numeric.of(i == 0 ? 10 * 1024 : 20 * 1024 - 1);
            if (i == UNITS.length - 1 || value.abs().compareTo(limit) < 0) {
                Numeric shown = value;
                if (i > 0) {
                    Numeric one = Numeric.of(value.signum() > 0 ? 1 : -1);
                    shown = value.add(one).divideTruncated(Numeric.of(2));
                }
                return Slice.of(shown + " " + UNITS[i]);
            }
            value = value.divideTruncated(Numeric.of(i == 0 ? 512 : 1024));
        }
        throw new IllegalStateException();
    }

    public static long pg_size_bytes(Slice text) {
        String s = text.toString().strip();
        int end = 0;
        while (end < s.length() && ("+-.0123456789eE".indexOf(s.charAt(end)) >= 0)
                && !(Character.isLetter(s.charAt(end)) && !exponent(s, end))) {
            end++;
        }
        Numeric number;
        try {
            number = NumericText.parse(Slice.of(s.substring(0, end)));
        } catch (org.gajah.api.SqlError e) {
            throw Errors.invalidParameter("invalid size: \"" + text + "\"");
        }
        String unit = s.substring(end).strip().toLowerCase(Locale.ROOT);
        long factor = switch (unit) {
            case "", "b", "bytes" -> 1;
            case "kb" -> 1L << 10;
            case "mb" -> 1L << 20;
            case "gb" -> 1L << 30;
            case "tb" -> 1L << 40;
            case "pb" -> 1L << 50;
            default -> throw Errors.invalidParameter("invalid size: \"" + text + "\"")
                    .detail("Invalid size unit: \"" + s.substring(end).strip() + "\".")
                    .hint("Valid units are \"bytes\", \"B\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".");
        };
        return number.multiply(Numeric.of(factor)).toLong(Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
    }

    private static boolean exponent(String s, int at) {
        return at > 0 && at + 1 < s.length() && "+-0123456789".indexOf(s.charAt(at + 1)) >= 0;
    }

    public static Numeric pg_lsn_mi(long a, long b) {
        return unsigned(a).subtract(unsigned(b));
    }

    private static Numeric unsigned(long a) {
        return a >= 0 ? Numeric.of(a) : Numeric.of(new java.math.BigInteger(Long.toUnsignedString(a)), 0);
    }

    public static long cash_pl(long a, long b) {
        long r = a + b;
        return ((a ^ r) & (b ^ r)) < 0 ? overflow() : r;
    }

    private static long overflow() {
        throw Errors.outOfRange("money");
    }

    public static long cash_mi(long a, long b) {
        long r = a - b;
        return ((a ^ b) & (a ^ r)) < 0 ? overflow() : r;
    }

    private static long times(long a, double factor) {
        double r = Math.rint(FloatFunctions.float8mul(a, factor));
        return r >= -0x1p63 && r < 0x1p63 ? (long) r : overflow();
    }

    private static long over(long a, double divisor) {
        if (divisor == 0) {
            throw Errors.divisionByZero();
        }
        double r = Math.rint(a / divisor);
        return r >= -0x1p63 && r < 0x1p63 ? (long) r : overflow();
    }

    public static long cash_mul_flt8(long a, double factor) {
        return times(a, factor);
    }

    public static long cash_mul_flt4(long a, double factor) {
        return times(a, (float) factor);
    }

    public static long flt8_mul_cash(double factor, long a) {
        return times(a, factor);
    }

    public static long flt4_mul_cash(double factor, long a) {
        return times(a, (float) factor);
    }

    public static long cash_div_flt8(long a, double divisor) {
        return over(a, divisor);
    }

    public static long cash_div_flt4(long a, double divisor) {
        return over(a, (float) divisor);
    }

    private static long timesWhole(long a, long factor) {
        long low = a * factor;
        return Math.multiplyHigh(a, factor) == low >> 63 ? low : overflow();
    }

    private static long overWhole(long a, long divisor) {
        if (divisor == 0) {
            throw Errors.divisionByZero();
        }
        return a == Long.MIN_VALUE && divisor == -1 ? overflow() : a / divisor;
    }

    public static long cash_mul_int2(long a, int factor) {
        return timesWhole(a, factor);
    }

    public static long cash_mul_int4(long a, int factor) {
        return timesWhole(a, factor);
    }

    public static long cash_mul_int8(long a, long factor) {
        return timesWhole(a, factor);
    }

    public static long int2_mul_cash(int factor, long a) {
        return timesWhole(a, factor);
    }

    public static long int4_mul_cash(int factor, long a) {
        return timesWhole(a, factor);
    }

    public static long int8_mul_cash(long factor, long a) {
        return timesWhole(a, factor);
    }

    public static long cash_div_int2(long a, int divisor) {
        return overWhole(a, divisor);
    }

    public static long cash_div_int4(long a, int divisor) {
        return overWhole(a, divisor);
    }

    public static long cash_div_int8(long a, long divisor) {
        return overWhole(a, divisor);
    }

    public static double cash_div_cash(long a, long b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        return (double) a / b;
    }

    public static Numeric cash_numeric(long a) {
        return Numeric.of(a, 2);
    }

    public static long numeric_cash(Numeric a) {
        return a.multiply(Numeric.of(100)).round(0, RoundingMode.HALF_UP).toLong(Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
    }

    public static long int4_cash(int a) {
        return timesWhole(a, 100);
    }

    public static long int8_cash(long a) {
        return IntegerArithmetic.int8mul(a, 100);
    }

    /** The type of argument {@code index} as called: an element's where the arguments came as one VARIADIC array. */
    static int argumentType(CallContext context, int index, Object value) {
        int type = context.argumentType(Math.min(index, context.argumentCount() - 1));
        if (!(value instanceof ArrayValue) && context.types().codec(type) instanceof ArrayCodec array) {
            return array.elementType();
        }
        return type;
    }
}
