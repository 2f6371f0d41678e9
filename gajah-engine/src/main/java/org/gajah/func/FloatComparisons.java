package org.gajah.func;

/** Comparison of floating-point numbers: NaN equals itself and is greater than all else. */
public final class FloatComparisons {
    private FloatComparisons() {
    }

    public static boolean float4eq(double a, double b) {
        return a == b || a != a && b != b;
    }

    public static boolean float4ne(double a, double b) {
        return a != b && (a == a || b == b);
    }

    public static boolean float4lt(double a, double b) {
        return a < b || b != b && a == a;
    }

    public static boolean float4le(double a, double b) {
        return a <= b || b != b;
    }

    public static boolean float4gt(double a, double b) {
        return a > b || a != a && b == b;
    }

    public static boolean float4ge(double a, double b) {
        return a >= b || a != a;
    }

    public static int btfloat4cmp(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(a != a, b != b);
    }

    public static double float4larger(double a, double b) {
        return btfloat4cmp(a, b) > 0 ? a : b;
    }

    public static double float4smaller(double a, double b) {
        return btfloat4cmp(a, b) < 0 ? a : b;
    }

    public static boolean float8eq(double a, double b) {
        return a == b || a != a && b != b;
    }

    public static boolean float8ne(double a, double b) {
        return a != b && (a == a || b == b);
    }

    public static boolean float8lt(double a, double b) {
        return a < b || b != b && a == a;
    }

    public static boolean float8le(double a, double b) {
        return a <= b || b != b;
    }

    public static boolean float8gt(double a, double b) {
        return a > b || a != a && b == b;
    }

    public static boolean float8ge(double a, double b) {
        return a >= b || a != a;
    }

    public static int btfloat8cmp(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(a != a, b != b);
    }

    public static double float8larger(double a, double b) {
        return btfloat8cmp(a, b) > 0 ? a : b;
    }

    public static double float8smaller(double a, double b) {
        return btfloat8cmp(a, b) < 0 ? a : b;
    }

    public static boolean float48eq(double a, double b) {
        return a == b || a != a && b != b;
    }

    public static boolean float48ne(double a, double b) {
        return a != b && (a == a || b == b);
    }

    public static boolean float48lt(double a, double b) {
        return a < b || b != b && a == a;
    }

    public static boolean float48le(double a, double b) {
        return a <= b || b != b;
    }

    public static boolean float48gt(double a, double b) {
        return a > b || a != a && b == b;
    }

    public static boolean float48ge(double a, double b) {
        return a >= b || a != a;
    }

    public static int btfloat48cmp(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(a != a, b != b);
    }

    public static boolean float84eq(double a, double b) {
        return a == b || a != a && b != b;
    }

    public static boolean float84ne(double a, double b) {
        return a != b && (a == a || b == b);
    }

    public static boolean float84lt(double a, double b) {
        return a < b || b != b && a == a;
    }

    public static boolean float84le(double a, double b) {
        return a <= b || b != b;
    }

    public static boolean float84gt(double a, double b) {
        return a > b || a != a && b == b;
    }

    public static boolean float84ge(double a, double b) {
        return a >= b || a != a;
    }

    public static int btfloat84cmp(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(a != a, b != b);
    }
}
