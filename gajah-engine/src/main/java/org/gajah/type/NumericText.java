package org.gajah.type;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Decimals;
import org.gajah.base.Slice;

/** Numeric as text, and its type modifier. */
public final class NumericText {
    private NumericText() {
    }

    /** The value of {@code text}, without regard to a modifier. */
    public static Numeric parse(Slice text) {
        return plain(text.array(), text.offset(), text.length()).orElseGet(() -> general(text));
    }

    /** Of digits with a point among them and nothing else. */
    private static Optional<Numeric> plain(byte[] text, int from, int length) {
        int point = 0;
        while (point < length && text[from + point] != '.') {
            point++;
        }
        int scale = length - point - 1;
        if (point == 0 || scale <= 0 || length > 18) {
            return Optional.empty();
        }
        long whole = IntegerText.plain(text, from, point);
        long fraction = IntegerText.plain(text, from + point + 1, scale);
        return whole < 0 || fraction < 0 ? Optional.empty() : Optional.of(Numeric.of(whole * Decimals.power(scale) + fraction, scale));
    }

    private static Numeric general(Slice text) {
        Slice t = IntegerText.trim(text);
        int n = t.length();
        int i = 0;
        boolean negative = n > 0 && t.at(0) == '-';
        if (n > 0 && (t.at(0) == '-' || t.at(0) == '+')) {
            i++;
        }
        if (i == n) {
            throw Errors.invalidSyntax("numeric", text);
        }
        int c = t.at(i);
        if ((c < '0' || c > '9') && c != '.') {
            return special(t, text);
        }
        if (c == '0' && n - i > 2 && "xXoObB".indexOf(t.at(i + 1)) >= 0) {
            return nonDecimal(t, i, negative, text);
        }
        return decimal(t, i, negative, text);
    }

    private static Numeric special(Slice t, Slice text) {
        return switch (new String(t.array(), t.offset(), t.length(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT)) {
            case "nan" -> Numeric.NAN;
            case "inf", "+inf", "infinity", "+infinity" -> Numeric.INFINITY;
            case "-inf", "-infinity" -> Numeric.NEGATIVE_INFINITY;
            default -> throw Errors.invalidSyntax("numeric", text);
        };
    }

    private static Numeric nonDecimal(Slice t, int from, boolean negative, Slice text) {
        int base = switch (t.at(from + 1) | 0x20) {
            case 'x' -> 16;
            case 'o' -> 8;
            default -> 2;
        };
        StringBuilder digits = new StringBuilder(t.length());
        for (int i = from + 2; i < t.length(); i++) {
            int c = t.at(i);
            boolean underscore = c == '_' && i + 1 < t.length() && Character.digit(t.at(i + 1), base) >= 0;
            if (!underscore && Character.digit(c, base) < 0) {
                throw Errors.invalidSyntax("numeric", text);
            }
            if (!underscore) {
                digits.append((char) c);
            }
        }
        BigInteger value = new BigInteger(digits.toString(), base);
        return Numeric.of(negative ? value.negate() : value, 0);
    }

    private static Numeric decimal(Slice t, int from, boolean negative, Slice text) {
        long value = 0;
        int digits = 0;
        int scale = 0;
        boolean point = false;
        boolean large = false;
        int i = from;
        for (; i < t.length(); i++) {
            int c = t.at(i);
            if (c >= '0' && c <= '9') {
                digits++;
                scale += point ? 1 : 0;
                large |= value >= 100_000_000_000_000_000L;
                value = value * 10 + (c - '0');
            } else if (c == '.' && !point) {
                point = true;
            } else if (c != '_' || !underscoreAllowed(t, i)) {
                break;
            }
        }
        if (digits == 0) {
            throw Errors.invalidSyntax("numeric", text);
        }
        int exponent = i < t.length() ? exponent(t, i, text) : 0;
        if (large || exponent != 0) {
            BigInteger all = large ? bigDigits(t, from, i, digits) : BigInteger.valueOf(value);
            if (exponent > Integer.MAX_VALUE / 2 || exponent < -(Integer.MAX_VALUE / 2)
                    || exponent - scale > Numeric.MAX_INTEGER_DIGITS && all.signum() != 0) {
                throw Numeric.overflow();
            }
            int newScale = scale - exponent;
            return all.signum() == 0 ? Numeric.of(all, Math.min(Math.max(newScale, 0), checkedScale(newScale)))
                    : Numeric.of(negative ? all.negate() : all, newScale);
        }
        return scale <= 18 ? Numeric.of(negative ? -value : value, scale)
                : Numeric.of(BigInteger.valueOf(negative ? -value : value), scale);
    }

    private static int checkedScale(int scale) {
        if (scale > Numeric.MAX_SCALE) {
            throw Numeric.overflow();
        }
        return Math.max(scale, 0);
    }

    private static boolean underscoreAllowed(Slice t, int i) {
        return i > 0 && t.at(i - 1) >= '0' && t.at(i - 1) <= '9'
                && i + 1 < t.length() && t.at(i + 1) >= '0' && t.at(i + 1) <= '9';
    }

    private static BigInteger bigDigits(Slice t, int from, int to, int digits) {
        char[] all = new char[digits];
        int n = 0;
        for (int i = from; i < to; i++) {
            if (t.at(i) >= '0' && t.at(i) <= '9') {
                all[n++] = (char) t.at(i);
            }
        }
        return new BigInteger(new String(all));
    }

    private static int exponent(Slice t, int from, Slice text) {
        int i = from + 1;
        if ((t.at(from) | 0x20) != 'e' || i == t.length()) {
            throw Errors.invalidSyntax("numeric", text);
        }
        boolean negative = t.at(i) == '-';
        if (t.at(i) == '-' || t.at(i) == '+') {
            i++;
        }
        if (i == t.length()) {
            throw Errors.invalidSyntax("numeric", text);
        }
        long value = 0;
        for (; i < t.length(); i++) {
            int c = t.at(i);
            if (c == '_' && underscoreAllowed(t, i)) {
                continue;
            }
            if (c < '0' || c > '9') {
                throw Errors.invalidSyntax("numeric", text);
            }
            value = value * 10 + (c - '0');
            if (value > Integer.MAX_VALUE / 2) {
                throw Numeric.overflow();
            }
        }
        return (int) (negative ? -value : value);
    }

    /** Writes all digits; never an exponent. */
    public static void format(Numeric value, ByteSink out) {
        if (value.isSmall()) {
            long unscaled = value.unscaledLong();
            if (value.scale() == 0) {
                out.putDecimal(unscaled);
                return;
            }
            if (value.scale() <= 18) {
                if (unscaled < 0) {
                    out.putByte('-');
                    unscaled = -unscaled;
                }
                long power = PowersOfTen.of(value.scale());
                long whole = unscaled / power;
                out.putDecimal(whole).putByte('.').putDigits(unscaled - whole * power, value.scale());
                return;
            }
        }
        out.putAscii(toString(value));
    }

    static String toString(Numeric value) {
        if (!value.isFinite()) {
            return value.isNaN() ? "NaN" : value.signum() > 0 ? "Infinity" : "-Infinity";
        }
        return value.toBigDecimal().toPlainString();
    }

    /** The modifier of numeric(precision, scale). */
    public static int typmod(int precision, int scale) {
        return (precision << 16 | scale & 0x7ff) + 4;
    }

    /** The precision in a modifier. */
    public static int precisionOf(int typmod) {
        return typmod - 4 >> 16 & 0xffff;
    }

    /** The scale in a modifier; may be negative. */
    public static int scaleOf(int typmod) {
        return (typmod - 4 & 0x7ff ^ 1024) - 1024;
    }

    static Numeric applyTypmod(Numeric value, int typmod) {
        int precision = precisionOf(typmod);
        int scale = scaleOf(typmod);
        if (value.isNaN()) {
            return value;
        }
        if (value.isInfinite()) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow").detail("A field with precision "
                    + precision + ", scale " + scale + " cannot hold an infinite value.");
        }
        Numeric rounded = value.round(scale);
        if (rounded.signum() != 0 && rounded.precision() - rounded.scale() > precision - scale) {
            int limit = precision - scale;
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow").detail("A field with precision "
                    + precision + ", scale " + scale + " must round to an absolute value less than "
                    + (limit == 0 ? "1" : "10^" + limit) + ".");
        }
        return rounded;
    }
}
