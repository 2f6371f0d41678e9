package org.gajah.func;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.type.Errors;

/** Bit strings: four bytes of length in bits, then the bits from the left. */
public final class BitFunctions {
    private static final int MAX_BITS = Integer.MAX_VALUE - 7;

    private BitFunctions() {
    }

    private static int length(Slice s) {
        return new ByteSource(s).getInt();
    }

    private static boolean bit(Slice s, int index) {
        return (s.at(4 + index / 8) >> 7 - index % 8 & 1) != 0;
    }

    private interface Bits {
        boolean at(int index);
    }

    private static Slice make(int length, Bits bits) {
        byte[] r = new byte[TextFunctions.checkedSize(4 + (length + 7L) / 8)];
        ByteSink head = new ByteSink(4).putInt(length);
        System.arraycopy(head.array(), 0, r, 0, 4);
        for (int i = 0; i < length; i++) {
            if (bits.at(i)) {
                r[4 + i / 8] |= (byte) (0x80 >> i % 8);
            }
        }
        return Slice.of(r);
    }

    private static int compare(Slice a, Slice b) {
        int order = Arrays.compareUnsigned(a.array(), a.offset() + 4, a.offset() + a.length(),
                b.array(), b.offset() + 4, b.offset() + b.length());
        return order != 0 ? order : Integer.compare(length(a), length(b));
    }

    public static int bitcmp(Slice a, Slice b) {
        return compare(a, b);
    }

    public static boolean biteq(Slice a, Slice b) {
        return compare(a, b) == 0;
    }

    public static boolean bitne(Slice a, Slice b) {
        return compare(a, b) != 0;
    }

    public static boolean bitlt(Slice a, Slice b) {
        return compare(a, b) < 0;
    }

    public static boolean bitle(Slice a, Slice b) {
        return compare(a, b) <= 0;
    }

    public static boolean bitgt(Slice a, Slice b) {
        return compare(a, b) > 0;
    }

    public static boolean bitge(Slice a, Slice b) {
        return compare(a, b) >= 0;
    }

    public static int bitlength(Slice s) {
        return length(s);
    }

    public static int bitoctetlength(Slice s) {
        return s.length() - 4;
    }

    public static long bit_bit_count(Slice s) {
        return BytesFunctions.bytea_bit_count(s.slice(4, s.length() - 4));
    }

    public static Slice bitcat(Slice a, Slice b) {
        int n = length(a);
        return make(Math.addExact(n, length(b)), i -> i < n ? bit(a, i) : bit(b, i - n));
    }

    private static int same(Slice a, Slice b, String verb) {
        if (length(a) != length(b)) {
            throw new SqlError(SqlState.STRING_DATA_LENGTH_MISMATCH, "cannot " + verb + " bit strings of different sizes");
        }
        return length(a);
    }

    public static Slice bit_and(Slice a, Slice b) {
        return make(same(a, b, "AND"), i -> bit(a, i) && bit(b, i));
    }

    public static Slice bit_or(Slice a, Slice b) {
        return make(same(a, b, "OR"), i -> bit(a, i) || bit(b, i));
    }

    public static Slice bitxor(Slice a, Slice b) {
        return make(same(a, b, "XOR"), i -> bit(a, i) != bit(b, i));
    }

    public static Slice bitnot(Slice a) {
        return make(length(a), i -> !bit(a, i));
    }

    public static Slice bitshiftleft(Slice a, int by) {
        return shifted(a, by);
    }

    public static Slice bitshiftright(Slice a, int by) {
        return shifted(a, -(long) by);
    }

    private static Slice shifted(Slice a, long left) {
        int n = length(a);
        return make(n, i -> i + left >= 0 && i + left < n && bit(a, (int) (i + left)));
    }

    private static Slice part(Slice s, long start, long end) {
        int from = (int) Math.max(start, 1) - 1;
        int to = (int) Math.min(end - 1, length(s));
        return make(Math.max(0, to - from), i -> bit(s, from + i));
    }

    public static Slice bitsubstr(Slice s, int start, int length) {
        if (length < 0) {
            throw TextFunctions.negativeSubstring();
        }
        return part(s, start, (long) start + length);
    }

    public static Slice bitsubstr_no_len(Slice s, int start) {
        return part(s, start, Integer.MAX_VALUE);
    }

    private static SqlError index(int index, int limit) {
        return new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "bit index " + index + " out of valid range (0.." + (limit - 1) + ")");
    }

    public static int bitgetbit(Slice s, int index) {
        if (index < 0 || index >= length(s)) {
            throw index(index, length(s));
        }
        return bit(s, index) ? 1 : 0;
    }

    public static Slice bitsetbit(Slice s, int index, int value) {
        if (index < 0 || index >= length(s)) {
            throw index(index, length(s));
        }
        if (value != 0 && value != 1) {
            throw Errors.invalidParameter("new bit must be 0 or 1");
        }
        return make(length(s), i -> i == index ? value == 1 : bit(s, i));
    }

    public static int bitposition(Slice s, Slice part) {
        int n = length(s);
        int m = length(part);
        if (n == 0 || m == 0) {
            return n == 0 ? 0 : 1;
        }
        for (int i = 0; i + m <= n; i++) {
            int k = 0;
            while (k < m && bit(s, i + k) == bit(part, k)) {
                k++;
            }
            if (k == m) {
                return i + 1;
            }
        }
        return 0;
    }

    private static Slice fromLong(long value, int width, int typmod) {
        int n = typmod <= 0 || typmod > MAX_BITS ? 1 : typmod;
        return make(n, i -> {
            int position = n - 1 - i;
            return position >= width ? value < 0 : (value >> position & 1) != 0;
        });
    }

    public static Slice bitfromint4(int value, int typmod) {
        return fromLong(value, 32, typmod);
    }

    public static Slice bitfromint8(long value, int typmod) {
        return fromLong(value, 64, typmod);
    }

    private static long toLong(Slice s, int width, String type) {
        int n = length(s);
        if (n > width) {
            throw Errors.outOfRange(type);
        }
        long value = 0;
        for (int i = 0; i < n; i++) {
            value = value << 1 | (bit(s, i) ? 1 : 0);
        }
        return value;
    }

    public static int bittoint4(Slice s) {
        return (int) toLong(s, 32, "integer");
    }

    public static long bittoint8(Slice s) {
        return toLong(s, 64, "bigint");
    }

    /** The cast to bit(n): cut or filled with zeros if explicit. */
    public static Slice bit(Slice s, int typmod, boolean explicit) {
        int n = length(s);
        if (typmod <= 0 || typmod > MAX_BITS || n == typmod) {
            return s;
        }
        if (!explicit) {
            throw new SqlError(SqlState.STRING_DATA_LENGTH_MISMATCH,
                    "bit string length " + n + " does not match type bit(" + typmod + ")");
        }
        return make(typmod, i -> i < n && bit(s, i));
    }

    /** The cast to bit varying(n). */
    public static Slice varbit(Slice s, int typmod, boolean explicit) {
        int n = length(s);
        if (typmod <= 0 || n <= typmod) {
            return s;
        }
        if (!explicit) {
            throw new SqlError(SqlState.STRING_DATA_RIGHT_TRUNCATION,
                    "bit string too long for type bit varying(" + typmod + ")");
        }
        return make(typmod, i -> bit(s, i));
    }

    public static Slice bitoverlay(Slice a, Slice b, int start, int length) {
        if (start <= 0) {
            throw new SqlError(SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
        }
        int after = IntegerArithmetic.int4pl(start, length);
        return bitcat(bitcat(bitsubstr(a, 1, start - 1), b), bitsubstr_no_len(a, after));
    }

    public static Slice bitoverlay_no_len(Slice a, Slice b, int start) {
        return bitoverlay(a, b, start, bitlength(b));
    }
}
