package org.gajah.func;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.Codecs;
import org.gajah.type.Datum;
import org.gajah.type.Errors;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;

/** inet, cidr, macaddr: a value of the first two is a byte of family, a byte of prefix length and the address. */
public final class NetworkFunctions {
    private static final TypeCodec INET = Codecs.of(Oids.INET).orElseThrow();
    private static final TypeCodec CIDR = Codecs.of(Oids.CIDR).orElseThrow();
    private static final int HEAD = 2;

    private NetworkFunctions() {
    }

    private static int compare(Slice a, Slice b) {
        return Datum.compare(INET, a, b);
    }

    private static int prefix(Slice a) {
        return a.at(1) & 0xff;
    }

    private static int bits(Slice a) {
        return (a.length() - HEAD) * 8;
    }

    private static Slice make(byte[] value, int prefix) {
        value[1] = (byte) prefix;
        return Slice.of(value);
    }

    /** A copy whose address has each byte changed: the operation gets the byte and which of its bits belong to the network. */
    private static byte[] mapped(Slice a, int prefix, java.util.function.IntBinaryOperator operation) {
        byte[] value = a.toBytes();
        for (int i = HEAD; i < value.length; i++) {
            int inByte = Math.clamp(prefix - (i - HEAD) * 8, 0, 8);
            value[i] = (byte) operation.applyAsInt(value[i] & 0xff, 0xff00 >> inByte & 0xff);
        }
        return value;
    }

    public static boolean network_eq(Slice a, Slice b) {
        return compare(a, b) == 0;
    }

    public static boolean network_ne(Slice a, Slice b) {
        return compare(a, b) != 0;
    }

    public static boolean network_lt(Slice a, Slice b) {
        return compare(a, b) < 0;
    }

    public static boolean network_le(Slice a, Slice b) {
        return compare(a, b) <= 0;
    }

    public static boolean network_gt(Slice a, Slice b) {
        return compare(a, b) > 0;
    }

    public static boolean network_ge(Slice a, Slice b) {
        return compare(a, b) >= 0;
    }

    public static int network_cmp(Slice a, Slice b) {
        return compare(a, b);
    }

    public static Slice network_larger(Slice a, Slice b) {
        return compare(a, b) > 0 ? a : b;
    }

    public static Slice network_smaller(Slice a, Slice b) {
        return compare(a, b) < 0 ? a : b;
    }

    /** Whether two addresses agree in their first bits. */
    private static boolean agree(Slice a, Slice b, int count) {
        return a.at(0) == b.at(0) && common(a, b) >= count;
    }

    private static int common(Slice a, Slice b) {
        for (int i = HEAD; i < a.length(); i++) {
            int difference = (a.at(i) ^ b.at(i)) & 0xff;
            if (difference != 0) {
                return (i - HEAD) * 8 + Integer.numberOfLeadingZeros(difference) - 24;
            }
        }
        return bits(a);
    }

    public static boolean network_sub(Slice a, Slice b) {
        return prefix(a) > prefix(b) && agree(a, b, prefix(b));
    }

    public static boolean network_subeq(Slice a, Slice b) {
        return prefix(a) >= prefix(b) && agree(a, b, prefix(b));
    }

    public static boolean network_sup(Slice a, Slice b) {
        return network_sub(b, a);
    }

    public static boolean network_supeq(Slice a, Slice b) {
        return network_subeq(b, a);
    }

    public static boolean network_overlap(Slice a, Slice b) {
        return agree(a, b, Math.min(prefix(a), prefix(b)));
    }

    public static int network_family(Slice a) {
        return a.at(0);
    }

    public static int network_masklen(Slice a) {
        return prefix(a);
    }

    public static Slice network_broadcast(Slice a) {
        return make(mapped(a, prefix(a), (b, mask) -> b | ~mask), prefix(a));
    }

    public static Slice network_hostmask(Slice a) {
        return make(mapped(a, prefix(a), (b, mask) -> ~mask), bits(a));
    }

    public static Slice network_netmask(Slice a) {
        return make(mapped(a, prefix(a), (b, mask) -> mask), bits(a));
    }

    public static Slice network_network(Slice a) {
        return cut(a, prefix(a));
    }

    /** The network of that prefix length that the address is in. */
    private static Slice cut(Slice a, int prefix) {
        return make(mapped(a, prefix, (b, mask) -> b & mask), prefix);
    }

    public static Slice inet_to_cidr(Slice a) {
        return cut(a, prefix(a));
    }

    public static Slice network_host(CallContext context, Slice a) {
        return Datum.format(INET, make(a.toBytes(), bits(a)), context.types());
    }

    public static Slice network_show(CallContext context, Slice a) {
        return Datum.format(CIDR, a, context.types());
    }

    public static Slice inet_abbrev(CallContext context, Slice a) {
        return Datum.format(INET, a, context.types());
    }

    /** Without the bytes, or pairs of bytes, at the end that the prefix does not reach. */
    public static Slice cidr_abbrev(CallContext context, Slice a) {
        ByteSink out = new ByteSink();
        if (a.at(0) == 4) {
            int shown = Math.max(1, (prefix(a) + 7) / 8);
            for (int i = 0; i < shown; i++) {
                out.putAscii(i > 0 ? "." : "").putDecimal(a.at(HEAD + i) & 0xff);
            }
            return out.putByte('/').putDecimal(prefix(a)).view();
        }
        return abbreviatedSix(a, out);
    }

    private static Slice abbreviatedSix(Slice a, ByteSink out) {
        int groups = Math.max(1, (prefix(a) + 15) / 16);
        int[] group = new int[groups];
        for (int i = 0; i < groups; i++) {
            group[i] = (a.at(HEAD + 2 * i) & 0xff) << 8 | a.at(HEAD + 2 * i + 1) & 0xff;
        }
        int start = groups;
        int length = 0;
        for (int i = 0; i < groups; i++) {
            int n = 0;
            while (i + n < groups && group[i + n] == 0) {
                n++;
            }
            if (n > length) {
                start = i;
                length = n;
            }
        }
        for (int i = 0; i < groups; i++) {
            if (i == start) {
                out.putAscii(i == 0 ? "::" : ":");
                i += length - 1;
            } else {
                out.putAscii(Integer.toHexString(group[i])).putAscii(i < groups - 1 ? ":" : "");
            }
        }
        return out.putByte('/').putDecimal(prefix(a)).view();
    }

    private static int checkedPrefix(Slice a, int length) {
        if (length < -1 || length > bits(a)) {
            throw Errors.invalidParameter("invalid mask length: " + length);
        }
        return length == -1 ? bits(a) : length;
    }

    public static Slice inet_set_masklen(Slice a, int length) {
        return make(a.toBytes(), checkedPrefix(a, length));
    }

    public static Slice cidr_set_masklen(Slice a, int length) {
        return cut(a, checkedPrefix(a, length));
    }

    public static boolean inet_same_family(Slice a, Slice b) {
        return a.at(0) == b.at(0);
    }

    private static void sameFamily(Slice a, Slice b, String message) {
        if (a.at(0) != b.at(0)) {
            throw Errors.invalidParameter(message);
        }
    }

    public static Slice inet_merge(Slice a, Slice b) {
        sameFamily(a, b, "cannot merge addresses from different families");
        return cut(a, Math.min(common(a, b), Math.min(prefix(a), prefix(b))));
    }

    public static Slice inetnot(Slice a) {
        return make(mapped(a, 0, (b, mask) -> ~b), prefix(a));
    }

    private static Slice combined(Slice a, Slice b, boolean and) {
        byte[] value = a.toBytes();
        for (int i = HEAD; i < value.length; i++) {
            value[i] = (byte) (and ? value[i] & b.at(i) : value[i] | b.at(i));
        }
        return make(value, Math.max(prefix(a), prefix(b)));
    }

    public static Slice inetand(Slice a, Slice b) {
        sameFamily(a, b, "cannot AND inet values of different sizes");
        return combined(a, b, true);
    }

    public static Slice inetor(Slice a, Slice b) {
        sameFamily(a, b, "cannot OR inet values of different sizes");
        return combined(a, b, false);
    }

    private static SqlError outOfRange() {
        return new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "result is out of range");
    }

    private static java.math.BigInteger number(Slice a) {
        return new java.math.BigInteger(1, a.slice(HEAD, a.length() - HEAD).toBytes());
    }

    private static Slice plus(Slice a, java.math.BigInteger distance) {
        java.math.BigInteger sum = number(a).add(distance);
        if (sum.signum() < 0 || sum.bitLength() > bits(a)) {
            throw outOfRange();
        }
        byte[] value = a.toBytes();
        Arrays.fill(value, HEAD, value.length, (byte) 0);
        byte[] digits = sum.toByteArray();
        int count = Math.min(digits.length, value.length - HEAD);
        System.arraycopy(digits, digits.length - count, value, value.length - count, count);
        return Slice.of(value);
    }

    public static Slice inetpl(Slice a, long distance) {
        return plus(a, java.math.BigInteger.valueOf(distance));
    }

    public static Slice inetmi_int8(Slice a, long distance) {
        return plus(a, java.math.BigInteger.valueOf(-distance));
    }

    public static long inetmi(Slice a, Slice b) {
        sameFamily(a, b, "cannot subtract inet values of different sizes");
        java.math.BigInteger difference = number(a).subtract(number(b));
        if (a.at(0) != 4 && difference.bitLength() > 127) {
            difference = difference.add(java.math.BigInteger.ONE.shiftLeft(128).multiply(java.math.BigInteger.valueOf(-difference.signum())));
        }
        if (difference.bitLength() > 63) {
            throw outOfRange();
        }
        return difference.longValue();
    }

    private static Slice bytewise(Slice a, Slice b, java.util.function.IntBinaryOperator operation) {
        byte[] value = a.toBytes();
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) operation.applyAsInt(value[i], b.at(i));
        }
        return Slice.of(value);
    }

    public static Slice macaddr_and(Slice a, Slice b) {
        return bytewise(a, b, (x, y) -> x & y);
    }

    public static Slice macaddr_or(Slice a, Slice b) {
        return bytewise(a, b, (x, y) -> x | y);
    }

    public static Slice macaddr_not(Slice a) {
        return bytewise(a, a, (x, y) -> ~x);
    }

    public static Slice macaddr8_and(Slice a, Slice b) {
        return macaddr_and(a, b);
    }

    public static Slice macaddr8_or(Slice a, Slice b) {
        return macaddr_or(a, b);
    }

    public static Slice macaddr8_not(Slice a) {
        return macaddr_not(a);
    }

    /** Keeps the three bytes that say who made the device. */
    public static Slice macaddr_trunc(Slice a) {
        byte[] value = a.toBytes();
        Arrays.fill(value, 3, value.length, (byte) 0);
        return Slice.of(value);
    }

    public static Slice macaddr8_trunc(Slice a) {
        return macaddr_trunc(a);
    }

    public static Slice macaddr8_set7bit(Slice a) {
        byte[] value = a.toBytes();
        value[0] |= 2;
        return Slice.of(value);
    }

    public static Slice macaddrtomacaddr8(Slice a) {
        return Slice.of(new byte[] {a.at(0), a.at(1), a.at(2), (byte) 0xff, (byte) 0xfe, a.at(3), a.at(4), a.at(5)});
    }

    public static Slice macaddr8tomacaddr(Slice a) {
        if (a.at(3) != (byte) 0xff || a.at(4) != (byte) 0xfe) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "macaddr8 data out of range to convert to macaddr")
                    .hint("Only addresses that have FF and FE as values in the 4th and 5th bytes from the left, for example "
                            + "xx:xx:xx:ff:fe:xx:xx:xx, are eligible to be converted from macaddr8 to macaddr.");
        }
        return Slice.of(new byte[] {a.at(0), a.at(1), a.at(2), a.at(5), a.at(6), a.at(7)});
    }
}
