package org.gajah.func;

/** Comparison of oids, transaction and command ids, row places, log positions, "char", bool and money. */
public final class IdentifierComparisons {
    private IdentifierComparisons() {
    }

    public static boolean oideq(int a, int b) {
        return a == b;
    }

    public static boolean oidne(int a, int b) {
        return a != b;
    }

    public static boolean oidlt(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0;
    }

    public static boolean oidle(int a, int b) {
        return Integer.compareUnsigned(a, b) <= 0;
    }

    public static boolean oidgt(int a, int b) {
        return Integer.compareUnsigned(a, b) > 0;
    }

    public static boolean oidge(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0;
    }

    public static int btoidcmp(int a, int b) {
        return Integer.compareUnsigned(a, b);
    }

    public static int oidlarger(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0 ? a : b;
    }

    public static int oidsmaller(int a, int b) {
        return Integer.compareUnsigned(a, b) <= 0 ? a : b;
    }

    public static boolean xideq(int a, int b) {
        return a == b;
    }

    public static boolean xidneq(int a, int b) {
        return a != b;
    }

    public static boolean cideq(int a, int b) {
        return a == b;
    }

    public static boolean chareq(int a, int b) {
        return (a & 0xff) == (b & 0xff);
    }

    public static boolean charne(int a, int b) {
        return (a & 0xff) != (b & 0xff);
    }

    public static boolean charlt(int a, int b) {
        return (a & 0xff) < (b & 0xff);
    }

    public static boolean charle(int a, int b) {
        return (a & 0xff) <= (b & 0xff);
    }

    public static boolean chargt(int a, int b) {
        return (a & 0xff) > (b & 0xff);
    }

    public static boolean charge(int a, int b) {
        return (a & 0xff) >= (b & 0xff);
    }

    public static int btcharcmp(int a, int b) {
        return Integer.compare(a & 0xff, b & 0xff);
    }

    public static boolean booleq(boolean a, boolean b) {
        return a == b;
    }

    public static boolean boolne(boolean a, boolean b) {
        return a != b;
    }

    public static boolean boollt(boolean a, boolean b) {
        return Boolean.compare(a, b) < 0;
    }

    public static boolean boolle(boolean a, boolean b) {
        return Boolean.compare(a, b) <= 0;
    }

    public static boolean boolgt(boolean a, boolean b) {
        return Boolean.compare(a, b) > 0;
    }

    public static boolean boolge(boolean a, boolean b) {
        return Boolean.compare(a, b) >= 0;
    }

    public static int btboolcmp(boolean a, boolean b) {
        return Boolean.compare(a, b);
    }

    public static boolean xid8eq(long a, long b) {
        return a == b;
    }

    public static boolean xid8ne(long a, long b) {
        return a != b;
    }

    public static boolean xid8lt(long a, long b) {
        return Long.compareUnsigned(a, b) < 0;
    }

    public static boolean xid8le(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0;
    }

    public static boolean xid8gt(long a, long b) {
        return Long.compareUnsigned(a, b) > 0;
    }

    public static boolean xid8ge(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0;
    }

    public static int xid8cmp(long a, long b) {
        return Long.compareUnsigned(a, b);
    }

    public static long xid8_larger(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    public static long xid8_smaller(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    public static boolean pg_lsn_eq(long a, long b) {
        return a == b;
    }

    public static boolean pg_lsn_ne(long a, long b) {
        return a != b;
    }

    public static boolean pg_lsn_lt(long a, long b) {
        return Long.compareUnsigned(a, b) < 0;
    }

    public static boolean pg_lsn_le(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0;
    }

    public static boolean pg_lsn_gt(long a, long b) {
        return Long.compareUnsigned(a, b) > 0;
    }

    public static boolean pg_lsn_ge(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0;
    }

    public static int pg_lsn_cmp(long a, long b) {
        return Long.compareUnsigned(a, b);
    }

    public static long pg_lsn_larger(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    public static long pg_lsn_smaller(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    public static boolean tideq(long a, long b) {
        return a == b;
    }

    public static boolean tidne(long a, long b) {
        return a != b;
    }

    public static boolean tidlt(long a, long b) {
        return a < b;
    }

    public static boolean tidle(long a, long b) {
        return a <= b;
    }

    public static boolean tidgt(long a, long b) {
        return a > b;
    }

    public static boolean tidge(long a, long b) {
        return a >= b;
    }

    public static int bttidcmp(long a, long b) {
        return Long.compare(a, b);
    }

    public static long tidlarger(long a, long b) {
        return a >= b ? a : b;
    }

    public static long tidsmaller(long a, long b) {
        return a <= b ? a : b;
    }

    public static boolean cash_eq(long a, long b) {
        return a == b;
    }

    public static boolean cash_ne(long a, long b) {
        return a != b;
    }

    public static boolean cash_lt(long a, long b) {
        return a < b;
    }

    public static boolean cash_le(long a, long b) {
        return a <= b;
    }

    public static boolean cash_gt(long a, long b) {
        return a > b;
    }

    public static boolean cash_ge(long a, long b) {
        return a >= b;
    }

    public static int cash_cmp(long a, long b) {
        return Long.compare(a, b);
    }

    public static long cashlarger(long a, long b) {
        return a >= b ? a : b;
    }

    public static long cashsmaller(long a, long b) {
        return a <= b ? a : b;
    }
}
