package org.gajah.type;

import java.math.BigInteger;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Decimals;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** numeric. On a page: one byte of scale (or two behind 0x40), then the unscaled integer in two's complement. */
final class NumericCodec implements TypeCodec, Ordered {
    private static final int LONG_SCALE = 0x40;
    private static final int NAN = 0x80;
    private static final int INFINITY = 0x81;
    private static final int NEGATIVE_INFINITY = 0x82;
    /** Of the binary form: bytes before its digits, and groups of four digits that a long surely holds. */
    private static final int HEADER = 8;
    private static final int SMALL_GROUPS = 4;
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

    @Override
    public boolean isPlainText() {
        return true;
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    private static Numeric value(Vector values, int row) {
        return (Numeric) ((ObjectVector) values).values[row];
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((ObjectVector) out).put(row, NumericText.parse(text).withTypmod(typmod));
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        NumericText.format(value(values, row), out);
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        if (bytes.length() < 8 || bytes.length() - 8 < (Bits.getShort(bytes.array(), bytes.offset()) & 0xffff) * 2) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
        }
        ByteSource source = new ByteSource(bytes);
        int count = source.getShort() & 0xffff;
        int weight = source.getShort();
        int sign = source.getShort() & 0xffff;
        int scale = source.getShort() & 0xffff;
        if (source.remaining() > count * 2) {
            throw Errors.leftover();
        }
        Numeric value = switch (sign) {
            case 0xC000 -> Numeric.NAN;
            case 0xD000 -> Numeric.INFINITY;
            case 0xF000 -> Numeric.NEGATIVE_INFINITY;
            case 0, 0x4000 -> digits(source, count, weight, scale, sign != 0);
            default -> throw Errors.invalidBinary("invalid sign in external \"numeric\" value");
        };
        ((ObjectVector) out).put(row, value.withTypmod(typmod));
    }

    private static Numeric digits(ByteSource source, int count, int weight, int scale, boolean negative) {
        if (scale > Numeric.MAX_SCALE) {
            throw Errors.invalidBinary("invalid scale in external \"numeric\" value");
        }
        int places = (count - 1 - weight) * 4;
        long part = 0;
        for (int i = 0; i < Math.min(count, SMALL_GROUPS); i++) {
            part = part * 10_000 + digit(source);
        }
        if (count <= SMALL_GROUPS && scale <= 18 && Math.abs(scale - places) <= 18) {
            long fitted = scale < places ? part / PowersOfTen.of(places - scale) : PowersOfTen.scaleUp(part, scale - places);
            if (fitted != Long.MIN_VALUE) {
                return Numeric.of(negative ? -fitted : fitted, scale);
            }
        }
        BigInteger all = BigInteger.valueOf(part);
        for (int i = SMALL_GROUPS; i < count; i++) {
            all = all.multiply(TEN_THOUSAND).add(BigInteger.valueOf(digit(source)));
        }
        BigInteger signed = negative ? all.negate() : all;
        Numeric exact = places > Numeric.MAX_SCALE
                ? Numeric.of(new java.math.BigDecimal(signed, places).setScale(scale, java.math.RoundingMode.DOWN))
                : Numeric.of(signed, places);
        return exact.round(scale, java.math.RoundingMode.DOWN);
    }

    private static int digit(ByteSource source) {
        int digit = source.getShort();
        if (digit < 0 || digit > 9999) {
            throw Errors.invalidBinary("invalid digit in external \"numeric\" value");
        }
        return digit;
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        Numeric value = value(values, row);
        if (value.isSmall() && value.scale() <= SMALL_GROUPS * 4) {
            sendSmall(value, out);
            return;
        }
        if (!value.isFinite()) {
            out.putShort(0).putShort(0);
            out.putShort(value.isNaN() ? 0xC000 : value.signum() > 0 ? 0xD000 : 0xF000).putShort(value.isNaN() ? 0 : 0x20);
            return;
        }
        int start = out.size();
        out.putShort(0).putShort(0).putShort(value.signum() < 0 ? 0x4000 : 0).putShort(value.scale());
        int weight = value.weight();
        String text = value.unscaled().abs().toString();
        int point = text.length() - value.scale();
        int position = point - (weight + 1) * 4;
        int count = 0;
        int last = 0;
        for (; value.signum() != 0 && position < text.length(); position += 4) {
            int digit = 0;
            for (int i = position; i < position + 4; i++) {
                digit = digit * 10 + (i >= 0 && i < text.length() ? text.charAt(i) - '0' : 0);
            }
            out.putShort(digit);
            count++;
            last = digit == 0 ? last : count;
        }
        out.truncate(start + 8 + last * 2);
        out.setShort(start, last);
        out.setShort(start + 2, weight);
    }

    /** The groups of a number in a long, written from the last to the first; those that are zero at either end are left out. */
    private static void sendSmall(Numeric value, ByteSink out) {
        long all = Math.abs(value.unscaledLong());
        int behind = (value.scale() + 3) / 4;
        long power = PowersOfTen.of(value.scale());
        long whole = all / power;
        long fraction = (all - whole * power) * PowersOfTen.of(behind * 4 - value.scale());
        int before = whole == 0 ? 0 : (Decimals.count(whole) + 3) / 4;
        int first = before + behind;
        int last = 0;
        int start = out.size();
        int groups = out.reserve(HEADER + 2 * first) + HEADER;
        for (int i = before + behind - 1; i >= 0; i--) {
            long rest = i >= before ? fraction : whole;
            int group = (int) (rest % 10_000);
            fraction = i >= before ? rest / 10_000 : fraction;
            whole = i >= before ? whole : rest / 10_000;
            Bits.setShort(out.array(), groups + 2 * i, group);
            first = group == 0 ? first : i;
            last = group == 0 || last > 0 ? last : i + 1;
        }
        int count = Math.max(0, last - first);
        System.arraycopy(out.array(), groups + 2 * (count == 0 ? 0 : first), out.array(), groups, 2 * count);
        out.putShort(count).putShort(count == 0 ? 0 : before - 1 - first).putShort(value.signum() < 0 ? 0x4000 : 0).putShort(value.scale());
        out.truncate(start + HEADER + 2 * count);
    }

    @Override
    public void store(Object value, ByteSink out) {
        storeNumeric((Numeric) value, out);
    }

    static void storeNumeric(Numeric n, ByteSink out) {
        if (!n.isFinite()) {
            out.putByte(n.isNaN() ? NAN : n.signum() > 0 ? INFINITY : NEGATIVE_INFINITY);
            return;
        }
        if (n.scale() < LONG_SCALE) {
            out.putByte(n.scale());
        } else {
            out.putByte(LONG_SCALE).putShort(n.scale());
        }
        if (n.isSmall()) {
            long v = n.unscaledLong();
            int bytes = (64 - Long.numberOfLeadingZeros(v < 0 ? ~v : v)) / 8 + 1;
            for (int i = bytes - 1; i >= 0; i--) {
                out.putByte((int) (v >> i * 8));
            }
        } else {
            out.put(n.unscaled().toByteArray());
        }
    }

    @Override
    public Object load(Slice stored) {
        return loadNumeric(stored);
    }

    static Numeric loadNumeric(Slice stored) {
        int first = stored.at(0) & 0xff;
        switch (first) {
            case NAN -> {
                return Numeric.NAN;
            }
            case INFINITY -> {
                return Numeric.INFINITY;
            }
            case NEGATIVE_INFINITY -> {
                return Numeric.NEGATIVE_INFINITY;
            }
            default -> {
                int at = first == LONG_SCALE ? 3 : 1;
                int scale = first == LONG_SCALE ? Bits.getShort(stored.array(), stored.offset() + 1) : first;
                if (stored.length() - at <= 8) {
                    long v = stored.at(at);
                    for (int i = at + 1; i < stored.length(); i++) {
                        v = v << 8 | stored.at(i) & 0xff;
                    }
                    return Numeric.of(v, scale);
                }
                return Numeric.of(new BigInteger(stored.array(), stored.offset() + at, stored.length() - at), scale);
            }
        }
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return value(a, rowA).compareTo(value(b, rowB));
    }

    @Override
    public long hash(Vector values, int row) {
        return value(values, row).hash();
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        keyNumeric(value(values, row), out);
    }

    /** A class byte, the decimal exponent, pairs of digits, an end; of negative numbers all but the class complemented. */
    static void keyNumeric(Numeric n, ByteSink out) {
        if (!n.isFinite()) {
            out.putByte(n.isNaN() ? 0x60 : n.signum() > 0 ? 0x50 : 0x10);
            return;
        }
        int sign = n.signum();
        out.putByte(sign < 0 ? 0x20 : sign == 0 ? 0x30 : 0x40);
        if (sign == 0) {
            return;
        }
        String digits = n.isSmall() ? Long.toString(Math.abs(n.unscaledLong())) : n.unscaled().abs().toString();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        int flip = sign < 0 ? 0xff : 0;
        int exponent = digits.length() - n.scale() ^ 0x80000000;
        out.putInt(sign < 0 ? ~exponent : exponent);
        for (int i = 0; i < end; i += 2) {
            int pair = (digits.charAt(i) - '0') * 10 + (i + 1 < end ? digits.charAt(i + 1) - '0' : 0);
            out.putByte(pair + 1 ^ flip);
        }
        out.putByte(flip);
    }
}
