package org.gajah.type;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Floating-point numbers as text: read as C's strtod does, written with the fewest digits that read back the same. */
public final class FloatText {
    private static final double[] POW10 = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
        1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    private FloatText() {
    }

    /** The float8 in {@code text}. */
    public static double parseDouble(Slice text) {
        return parse(text, false, "double precision");
    }

    /** The float4 in {@code text}, widened. */
    public static double parseFloat(Slice text) {
        return parse(text, true, "real");
    }

    private static double parse(Slice text, boolean single, String type) {
        Slice t = IntegerText.trim(text);
        int i = 0;
        int n = t.length();
        boolean negative = n > 0 && t.at(0) == '-';
        if (n > 0 && (t.at(0) == '-' || t.at(0) == '+')) {
            i++;
        }
        long mantissa = 0;
        int digits = 0;
        int significant = 0;
        int exponent = 0;
        boolean point = false;
        for (; i < n; i++) {
            int c = t.at(i);
            if (c >= '0' && c <= '9') {
                digits++;
                if (significant < 18) {
                    mantissa = mantissa * 10 + (c - '0');
                    significant += mantissa == 0 ? 0 : 1;
                    exponent -= point ? 1 : 0;
                } else {
                    significant++;
                    exponent += point ? 0 : 1;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0 || i < n && (t.at(i) | 0x20) == 'x') {
            return special(t, text, single, type);
        }
        int written = exponent(t, i, text, type);
        exponent += written;
        if (significant <= 15 && exponent >= -22 && exponent <= 22 && !single) {
            double value = exponent < 0 ? mantissa / POW10[-exponent] : mantissa * POW10[exponent];
            return negative ? -value : value;
        }
        return slow(new String(t.array(), t.offset(), n, StandardCharsets.ISO_8859_1), mantissa != 0, single, text, type);
    }

    /** What follows the digits: nothing, or an exponent. */
    private static int exponent(Slice t, int from, Slice text, String type) {
        int i = from;
        int n = t.length();
        if (i == n) {
            return 0;
        }
        if ((t.at(i) | 0x20) != 'e') {
            throw Errors.invalidSyntax(type, text);
        }
        i++;
        boolean negative = i < n && t.at(i) == '-';
        if (i < n && (t.at(i) == '-' || t.at(i) == '+')) {
            i++;
        }
        if (i == n) {
            throw Errors.invalidSyntax(type, text);
        }
        int value = 0;
        for (; i < n; i++) {
            int c = t.at(i);
            if (c < '0' || c > '9') {
                throw Errors.invalidSyntax(type, text);
            }
            value = Math.min(value * 10 + c - '0', 100_000_000);
        }
        return negative ? -value : value;
    }

    private static double slow(String s, boolean nonZero, boolean single, Slice text, String type) {
        double value = single ? Float.parseFloat(s) : Double.parseDouble(s);
        if (Double.isInfinite(value) || value == 0 && nonZero) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "\"" + text + "\" is out of range for type " + type);
        }
        return value;
    }

    private static double special(Slice t, Slice text, boolean single, String type) {
        String s = new String(t.array(), t.offset(), t.length(), StandardCharsets.ISO_8859_1)
                .toLowerCase(java.util.Locale.ROOT);
        switch (s) {
            case "nan", "+nan", "-nan" -> {
                return Double.NaN;
            }
            case "inf", "+inf", "infinity", "+infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf", "-infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                if (s.length() > 2 && s.indexOf('x') > 0 && s.indexOf('x') < 3 && !s.endsWith("d") && !s.endsWith("f")) {
                    return hexadecimal(s, text, single, type);
                }
                throw Errors.invalidSyntax(type, text);
            }
        }
    }

    private static double hexadecimal(String s, Slice text, boolean single, String type) {
        try {
            return slow(s.indexOf('p') < 0 ? s + "p0" : s, false, single, text, type);
        } catch (NumberFormatException e) {
            throw Errors.invalidSyntax(type, text);
        }
    }

    /** Writes a float8. */
    public static void formatDouble(double value, int extraFloatDigits, ByteSink out) {
        if (special(value, out)) {
            return;
        }
        if (extraFloatDigits <= 0) {
            rounded(value, Math.max(1, 15 + extraFloatDigits), out);
            return;
        }
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < 1_000_000_000_000_000L && (whole != 0 || 1 / value > 0)) {
            out.putDecimal(whole);
            return;
        }
        write(inside(Double.toString(value), value, false), 15, value, false, out);
    }

    /** Writes a float4. */
    public static void formatFloat(float value, int extraFloatDigits, ByteSink out) {
        if (special(value, out)) {
            return;
        }
        if (extraFloatDigits <= 0) {
            rounded(value, Math.max(1, 6 + extraFloatDigits), out);
            return;
        }
        write(inside(Float.toString(value), value, true), 6, value, true, out);
    }

    private static boolean special(double value, ByteSink out) {
        if (value != value) {
            out.putAscii("NaN");
        } else if (Double.isInfinite(value)) {
            out.putAscii(value > 0 ? "Infinity" : "-Infinity");
        } else {
            return false;
        }
        return true;
    }

    /** Java's shortest digits in PostgreSQL's layout: an exponent below -4 and from {@code limit} on. */
    private static void write(String s, int limit, double value, boolean single, ByteSink out) {
        int e = s.indexOf('E');
        int end = e < 0 ? s.length() : e;
        int exponent = e < 0 ? 0 : Integer.parseInt(s, e + 1, s.length(), 10);
        byte[] digits = new byte[end];
        int count = 0;
        int point = -1;
        boolean leading = true;
        for (int i = s.charAt(0) == '-' ? 1 : 0; i < end; i++) {
            char c = s.charAt(i);
            if (c == '.') {
                point = count;
            } else if (leading && c == '0') {
                exponent -= point >= 0 ? 1 : 0;
            } else {
                leading = false;
                digits[count++] = (byte) c;
            }
        }
        exponent += point;
        while (count > 1 && digits[count - 1] == '0') {
            count--;
        }
        if (value == 0) {
            digits[0] = '0';
            count = 1;
            exponent = 1;
        } else if (count == 2) {
            count = shorter(digits, exponent, Math.abs(value), single);
        }
        if (s.charAt(0) == '-') {
            out.putByte('-');
        }
        layout(digits, count, exponent, limit, out);
    }

    /**
     * PostgreSQL does not use a decimal that lies exactly halfway to the next number, though it would read back the same; Java
     * does. That can only happen where both are whole and beyond the mantissa.
     */
    private static String inside(String s, double value, boolean single) {
        double abs = Math.abs(value);
        if (abs < (single ? 0x1p24 : 0x1p53) || abs > (single ? 1e18 : 1e40)) {
            return s;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal half = new BigDecimal(single ? Math.ulp((float) value) : Math.ulp(value)).divide(BigDecimal.TWO);
        if (!new BigDecimal(s).subtract(exact).abs().equals(half)) {
            return s;
        }
        for (int digits = single ? 7 : 15; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.subtract(exact).abs().compareTo(half) < 0) {
                return scientific(rounded);
            }
        }
        return scientific(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    private static String scientific(BigDecimal value) {
        String digits = value.unscaledValue().abs().toString();
        return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + digits.substring(1) + "0E"
                + (digits.length() - 1 - value.scale());
    }

    /** Java insists on two digits; where one reads back the same, PostgreSQL writes one. */
    private static int shorter(byte[] digits, int exponent, double value, boolean single) {
        int first = digits[0] - '0' + (digits[1] >= '5' ? 1 : 0);
        if (first < 10) {
            String one = first + "E" + (exponent - 1);
            double back = single ? Float.parseFloat(one) : Double.parseDouble(one);
            if (back == value) {
                digits[0] = (byte) ('0' + first);
                return 1;
            }
        }
        return 2;
    }

    /** Writes 0.d1d2d3... times ten to {@code exponent}. */
    private static void layout(byte[] digits, int count, int exponent, int limit, ByteSink out) {
        int scientific = exponent - 1;
        if (scientific < -4 || scientific >= limit) {
            out.putByte(digits[0]);
            if (count > 1) {
                out.putByte('.').put(digits, 1, count - 1);
            }
            out.putByte('e').putByte(scientific < 0 ? '-' : '+');
            int abs = Math.abs(scientific);
            if (abs < 10) {
                out.putByte('0');
            }
            out.putDecimal(abs);
        } else if (exponent <= 0) {
            out.putAscii("0.");
            for (int i = exponent; i < 0; i++) {
                out.putByte('0');
            }
            out.put(digits, 0, count);
        } else if (count <= exponent) {
            out.put(digits, 0, count);
            for (int i = count; i < exponent; i++) {
                out.putByte('0');
            }
        } else {
            out.put(digits, 0, exponent).putByte('.').put(digits, exponent, count - exponent);
        }
    }

    /** As C's %.{digits}g. */
    private static void rounded(double value, int digits, ByteSink out) {
        if (value == 0) {
            out.putAscii(1 / value < 0 ? "-0" : "0");
            return;
        }
        BigDecimal d = new BigDecimal(Math.abs(value)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        byte[] all = d.unscaledValue().toString().getBytes(StandardCharsets.ISO_8859_1);
        int exponent = all.length - d.scale();
        int count = all.length;
        while (count > 1 && all[count - 1] == '0') {
            count--;
        }
        if (value < 0) {
            out.putByte('-');
        }
        layout(all, count, exponent, digits, out);
    }
}
