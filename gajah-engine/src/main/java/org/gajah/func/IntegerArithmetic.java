package org.gajah.func;

import org.gajah.type.Errors;

/** The four operations on integers of all widths, checked. */
public final class IntegerArithmetic {
    private IntegerArithmetic() {
    }

    public static int int2pl(int a, int b) {
        return narrow(a + b);
    }

    public static int int2mi(int a, int b) {
        return narrow(a - b);
    }

    public static int int2mul(int a, int b) {
        return narrow(a * b);
    }

    public static int int2div(int a, int b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        return narrow(a / b);
    }

    public static int int4pl(int a, int b) {
        int r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("integer");
        }
        return r;
    }

    public static int int4mi(int a, int b) {
        int r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("integer");
        }
        return r;
    }

    public static int int4mul(int a, int b) {
        long r = (long) a * b;
        if (r != (int) r) {
            throw Errors.outOfRange("integer");
        }
        return (int) r;
    }

    public static int int4div(int a, int b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw Errors.outOfRange("integer");
        }
        return a / b;
    }

    public static long int8pl(long a, long b) {
        long r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int8mi(long a, long b) {
        long r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int8mul(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw Errors.outOfRange("bigint");
        }
        return low;
    }

    public static long int8div(long a, long b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        if (b == -1 && a == Long.MIN_VALUE) {
            throw Errors.outOfRange("bigint");
        }
        return a / b;
    }

    public static int int24pl(int a, int b) {
        int r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("integer");
        }
        return r;
    }

    public static int int24mi(int a, int b) {
        int r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("integer");
        }
        return r;
    }

    public static int int24mul(int a, int b) {
        long r = (long) a * b;
        if (r != (int) r) {
            throw Errors.outOfRange("integer");
        }
        return (int) r;
    }

    public static int int24div(int a, int b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        return a / b;
    }

    public static long int28pl(int a, long b) {
        long r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int28mi(int a, long b) {
        long r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int28mul(int a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw Errors.outOfRange("bigint");
        }
        return low;
    }

    public static long int28div(int a, long b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        return a / b;
    }

    public static int int42pl(int a, int b) {
        int r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("integer");
        }
        return r;
    }

    public static int int42mi(int a, int b) {
        int r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("integer");
        }
        return r;
    }

    public static int int42mul(int a, int b) {
        long r = (long) a * b;
        if (r != (int) r) {
            throw Errors.outOfRange("integer");
        }
        return (int) r;
    }

    public static int int42div(int a, int b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw Errors.outOfRange("integer");
        }
        return a / b;
    }

    public static long int48pl(int a, long b) {
        long r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int48mi(int a, long b) {
        long r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int48mul(int a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw Errors.outOfRange("bigint");
        }
        return low;
    }

    public static long int48div(int a, long b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        return a / b;
    }

    public static long int82pl(long a, int b) {
        long r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int82mi(long a, int b) {
        long r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int82mul(long a, int b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw Errors.outOfRange("bigint");
        }
        return low;
    }

    public static long int82div(long a, int b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        if (b == -1 && a == Long.MIN_VALUE) {
            throw Errors.outOfRange("bigint");
        }
        return a / b;
    }

    public static long int84pl(long a, int b) {
        long r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int84mi(long a, int b) {
        long r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw Errors.outOfRange("bigint");
        }
        return r;
    }

    public static long int84mul(long a, int b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw Errors.outOfRange("bigint");
        }
        return low;
    }

    public static long int84div(long a, int b) {
        if (b == 0) {
            throw Errors.divisionByZero();
        }
        if (b == -1 && a == Long.MIN_VALUE) {
            throw Errors.outOfRange("bigint");
        }
        return a / b;
    }

    private static int narrow(int value) {
        if (value != (short) value) {
            throw Errors.outOfRange("smallint");
        }
        return value;
    }
}
