package org.gajah.func;

/** Comparison of integers of all widths. */
public final class IntegerComparisons {
    private IntegerComparisons() {
    }

    public static boolean int2eq(int a, int b) {
        return a == b;
    }

    public static boolean int2ne(int a, int b) {
        return a != b;
    }

    public static boolean int2lt(int a, int b) {
        return a < b;
    }

    public static boolean int2le(int a, int b) {
        return a <= b;
    }

    public static boolean int2gt(int a, int b) {
        return a > b;
    }

    public static boolean int2ge(int a, int b) {
        return a >= b;
    }

    public static int btint2cmp(int a, int b) {
        return Integer.compare(a, b);
    }

    public static int int2larger(int a, int b) {
        return Math.max(a, b);
    }

    public static int int2smaller(int a, int b) {
        return Math.min(a, b);
    }

    public static boolean int4eq(int a, int b) {
        return a == b;
    }

    public static boolean int4ne(int a, int b) {
        return a != b;
    }

    public static boolean int4lt(int a, int b) {
        return a < b;
    }

    public static boolean int4le(int a, int b) {
        return a <= b;
    }

    public static boolean int4gt(int a, int b) {
        return a > b;
    }

    public static boolean int4ge(int a, int b) {
        return a >= b;
    }

    public static int btint4cmp(int a, int b) {
        return Integer.compare(a, b);
    }

    public static int int4larger(int a, int b) {
        return Math.max(a, b);
    }

    public static int int4smaller(int a, int b) {
        return Math.min(a, b);
    }

    public static boolean int8eq(long a, long b) {
        return a == b;
    }

    public static boolean int8ne(long a, long b) {
        return a != b;
    }

    public static boolean int8lt(long a, long b) {
        return a < b;
    }

    public static boolean int8le(long a, long b) {
        return a <= b;
    }

    public static boolean int8gt(long a, long b) {
        return a > b;
    }

    public static boolean int8ge(long a, long b) {
        return a >= b;
    }

    public static int btint8cmp(long a, long b) {
        return Long.compare(a, b);
    }

    public static long int8larger(long a, long b) {
        return Math.max(a, b);
    }

    public static long int8smaller(long a, long b) {
        return Math.min(a, b);
    }

    public static boolean int24eq(int a, int b) {
        return a == b;
    }

    public static boolean int24ne(int a, int b) {
        return a != b;
    }

    public static boolean int24lt(int a, int b) {
        return a < b;
    }

    public static boolean int24le(int a, int b) {
        return a <= b;
    }

    public static boolean int24gt(int a, int b) {
        return a > b;
    }

    public static boolean int24ge(int a, int b) {
        return a >= b;
    }

    public static int btint24cmp(int a, int b) {
        return Integer.compare(a, b);
    }

    public static boolean int28eq(int a, long b) {
        return a == b;
    }

    public static boolean int28ne(int a, long b) {
        return a != b;
    }

    public static boolean int28lt(int a, long b) {
        return a < b;
    }

    public static boolean int28le(int a, long b) {
        return a <= b;
    }

    public static boolean int28gt(int a, long b) {
        return a > b;
    }

    public static boolean int28ge(int a, long b) {
        return a >= b;
    }

    public static int btint28cmp(int a, long b) {
        return Long.compare(a, b);
    }

    public static boolean int42eq(int a, int b) {
        return a == b;
    }

    public static boolean int42ne(int a, int b) {
        return a != b;
    }

    public static boolean int42lt(int a, int b) {
        return a < b;
    }

    public static boolean int42le(int a, int b) {
        return a <= b;
    }

    public static boolean int42gt(int a, int b) {
        return a > b;
    }

    public static boolean int42ge(int a, int b) {
        return a >= b;
    }

    public static int btint42cmp(int a, int b) {
        return Integer.compare(a, b);
    }

    public static boolean int48eq(int a, long b) {
        return a == b;
    }

    public static boolean int48ne(int a, long b) {
        return a != b;
    }

    public static boolean int48lt(int a, long b) {
        return a < b;
    }

    public static boolean int48le(int a, long b) {
        return a <= b;
    }

    public static boolean int48gt(int a, long b) {
        return a > b;
    }

    public static boolean int48ge(int a, long b) {
        return a >= b;
    }

    public static int btint48cmp(int a, long b) {
        return Long.compare(a, b);
    }

    public static boolean int82eq(long a, int b) {
        return a == b;
    }

    public static boolean int82ne(long a, int b) {
        return a != b;
    }

    public static boolean int82lt(long a, int b) {
        return a < b;
    }

    public static boolean int82le(long a, int b) {
        return a <= b;
    }

    public static boolean int82gt(long a, int b) {
        return a > b;
    }

    public static boolean int82ge(long a, int b) {
        return a >= b;
    }

    public static int btint82cmp(long a, int b) {
        return Long.compare(a, b);
    }

    public static boolean int84eq(long a, int b) {
        return a == b;
    }

    public static boolean int84ne(long a, int b) {
        return a != b;
    }

    public static boolean int84lt(long a, int b) {
        return a < b;
    }

    public static boolean int84le(long a, int b) {
        return a <= b;
    }

    public static boolean int84gt(long a, int b) {
        return a > b;
    }

    public static boolean int84ge(long a, int b) {
        return a >= b;
    }

    public static int btint84cmp(long a, int b) {
        return Long.compare(a, b);
    }
}
