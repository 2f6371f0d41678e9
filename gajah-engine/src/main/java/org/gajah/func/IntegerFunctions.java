package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.Errors;

/** Signs, remainders, bits and number bases of integers, and their casts to each other. */
public final class IntegerFunctions {
    private IntegerFunctions() {
    }

    static int smallint(long value) {
        if (value != (short) value) {
            throw Errors.outOfRange("smallint");
        }
        return (int) value;
    }

    static int integer(long value) {
        if (value != (int) value) {
            throw Errors.outOfRange("integer");
        }
        return (int) value;
    }

    public static int int2up(int a) {
        return a;
    }

    public static int int4up(int a) {
        return a;
    }

    public static long int8up(long a) {
        return a;
    }

    public static int int2um(int a) {
        return smallint(-(long) a);
    }

    public static int int4um(int a) {
        return integer(-(long) a);
    }

    public static long int8um(long a) {
        if (a == Long.MIN_VALUE) {
            throw Errors.outOfRange("bigint");
        }
        return -a;
    }

    public static int int2abs(int a) {
        return smallint(Math.abs((long) a));
    }

    public static int int4abs(int a) {
        return integer(Math.abs((long) a));
    }

    public static long int8abs(long a) {
        return a < 0 ? int8um(a) : a;
    }

    public static int int2mod(int a, int b) {
        return int4mod(a, b);
    }

    public static int int4mod(int a, int b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        return a % b;
    }

    public static long int8mod(long a, long b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        return a % b;
    }

    public static int int2and(int a, int b) {
        return a & b;
    }

    public static int int2or(int a, int b) {
        return a | b;
    }

    public static int int2xor(int a, int b) {
        return a ^ b;
    }

    public static int int2not(int a) {
        return ~a;
    }

    public static int int2shl(int a, int b) {
        return (short) (a << b);
    }

    public static int int2shr(int a, int b) {
        return a >> b;
    }

    public static int int4and(int a, int b) {
        return a & b;
    }

    public static int int4or(int a, int b) {
        return a | b;
    }

    public static int int4xor(int a, int b) {
        return a ^ b;
    }

    public static int int4not(int a) {
        return ~a;
    }

    public static int int4shl(int a, int b) {
        return a << b;
    }

    public static int int4shr(int a, int b) {
        return a >> b;
    }

    public static long int8and(long a, long b) {
        return a & b;
    }

    public static long int8or(long a, long b) {
        return a | b;
    }

    public static long int8xor(long a, long b) {
        return a ^ b;
    }

    public static long int8not(long a) {
        return ~a;
    }

    public static long int8shl(long a, int b) {
        return a << b;
    }

    public static long int8shr(long a, int b) {
        return a >> b;
    }

    public static int int4inc(int a) {
        return IntegerArithmetic.int4pl(a, 1);
    }

    public static int int4gcd(int a, int b) {
        return integer(gcd(a, b));
    }

    public static long int8gcd(long a, long b) {
        long result = gcd(a, b);
        if (result < 0) {
            throw Errors.outOfRange("bigint");
        }
        return result;
    }

    /** Not negative, except where both are zero or the smallest long. */
    private static long gcd(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = y == -1 ? 0 : x % y;
            x = y;
            y = rest;
        }
        return x < 0 ? -x : x;
    }

    public static int int4lcm(int a, int b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        return integer(Math.abs(a / gcd(a, b) * b));
    }

    public static long int8lcm(long a, long b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        return int8abs(IntegerArithmetic.int8mul(a / int8gcd(a, b), b));
    }

    public static int i2toi4(int a) {
        return a;
    }

    public static int i4toi2(int a) {
        return smallint(a);
    }

    public static long int28(int a) {
        return a;
    }

    public static long int48(int a) {
        return a;
    }

    public static int int82(long a) {
        return smallint(a);
    }

    public static int int84(long a) {
        return integer(a);
    }

    public static int i8tooid(long a) {
        if (a < 0 || a > 0xffffffffL) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "OID out of range");
        }
        return (int) a;
    }

    public static long oidtoi8(int a) {
        return Integer.toUnsignedLong(a);
    }

    public static int i4tochar(int a) {
        if (a != (byte) a) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"char\" out of range");
        }
        return a;
    }

    public static int chartoi4(int a) {
        return (byte) a;
    }

    public static int bool_int4(boolean a) {
        return a ? 1 : 0;
    }

    public static boolean int4_bool(int a) {
        return a != 0;
    }

    public static int xid8toxid(long a) {
        return (int) a;
    }

    public static Slice to_hex32(int a) {
        return Slice.of(Integer.toHexString(a));
    }

    public static Slice to_hex64(long a) {
        return Slice.of(Long.toHexString(a));
    }

    public static Slice to_bin32(int a) {
        return Slice.of(Integer.toBinaryString(a));
    }

    public static Slice to_bin64(long a) {
        return Slice.of(Long.toBinaryString(a));
    }

    public static Slice to_oct32(int a) {
        return Slice.of(Integer.toOctalString(a));
    }

    public static Slice to_oct64(long a) {
        return Slice.of(Long.toOctalString(a));
    }

    public static Slice int2_bytea(int a) {
        return new ByteSink(16).putShort(a).view();
    }

    public static Slice int4_bytea(int a) {
        return new ByteSink(16).putInt(a).view();
    }

    public static Slice int8_bytea(long a) {
        return new ByteSink(16).putLong(a).view();
    }

    private static long fromBytes(Slice bytes, int width, String type) {
        if (bytes.length() > width) {
            throw Errors.outOfRange(type);
        }
        long value = 0;
        for (int i = 0; i < bytes.length(); i++) {
            value = value << 8 | bytes.at(i) & 0xff;
        }
        return value;
    }

    public static int bytea_int2(Slice bytes) {
        return (short) fromBytes(bytes, 2, "smallint");
    }

    public static int bytea_int4(Slice bytes) {
        return (int) fromBytes(bytes, 4, "integer");
    }

    public static long bytea_int8(Slice bytes) {
        return fromBytes(bytes, 8, "bigint");
    }

    /** Division of a window frame's bound: whether {@code value} is within {@code offset} of {@code base}. */
    private static boolean inRange(long value, long base, long offset, boolean subtract, boolean less) {
        if (offset < 0) {
            throw new SqlError(SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
        }
        long sum = subtract ? base - offset : base + offset;
        boolean overflow = subtract ? sum > base : sum < base;
        if (overflow) {
            return subtract != less;
        }
        return less ? value <= sum : value >= sum;
    }

    public static boolean in_range_int2_int2(int value, int base, int offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }

    public static boolean in_range_int2_int4(int value, int base, int offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }

    public static boolean in_range_int2_int8(int value, int base, long offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }

    public static boolean in_range_int4_int2(int value, int base, int offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }

    public static boolean in_range_int4_int4(int value, int base, int offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }

    public static boolean in_range_int4_int8(int value, int base, long offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }

    public static boolean in_range_int8_int8(long value, long base, long offset, boolean subtract, boolean less) {
        return inRange(value, base, offset, subtract, less);
    }
}
