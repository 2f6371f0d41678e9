package org.gajah.func;

import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.type.TimeTz;

/** Comparison of numeric and of dates, times and intervals. */
public final class ValueComparisons {
    private ValueComparisons() {
    }

    public static boolean numeric_eq(Numeric a, Numeric b) {
        return a.compareTo(b) == 0;
    }

    public static boolean numeric_ne(Numeric a, Numeric b) {
        return a.compareTo(b) != 0;
    }

    public static boolean numeric_lt(Numeric a, Numeric b) {
        return a.compareTo(b) < 0;
    }

    public static boolean numeric_le(Numeric a, Numeric b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean numeric_gt(Numeric a, Numeric b) {
        return a.compareTo(b) > 0;
    }

    public static boolean numeric_ge(Numeric a, Numeric b) {
        return a.compareTo(b) >= 0;
    }

    public static int numeric_cmp(Numeric a, Numeric b) {
        return a.compareTo(b);
    }

    public static Numeric numeric_larger(Numeric a, Numeric b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public static Numeric numeric_smaller(Numeric a, Numeric b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    public static boolean interval_eq(Interval a, Interval b) {
        return a.compareTo(b) == 0;
    }

    public static boolean interval_ne(Interval a, Interval b) {
        return a.compareTo(b) != 0;
    }

    public static boolean interval_lt(Interval a, Interval b) {
        return a.compareTo(b) < 0;
    }

    public static boolean interval_le(Interval a, Interval b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean interval_gt(Interval a, Interval b) {
        return a.compareTo(b) > 0;
    }

    public static boolean interval_ge(Interval a, Interval b) {
        return a.compareTo(b) >= 0;
    }

    public static int interval_cmp(Interval a, Interval b) {
        return a.compareTo(b);
    }

    public static Interval interval_larger(Interval a, Interval b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public static Interval interval_smaller(Interval a, Interval b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    public static boolean timetz_eq(TimeTz a, TimeTz b) {
        return a.compareTo(b) == 0;
    }

    public static boolean timetz_ne(TimeTz a, TimeTz b) {
        return a.compareTo(b) != 0;
    }

    public static boolean timetz_lt(TimeTz a, TimeTz b) {
        return a.compareTo(b) < 0;
    }

    public static boolean timetz_le(TimeTz a, TimeTz b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean timetz_gt(TimeTz a, TimeTz b) {
        return a.compareTo(b) > 0;
    }

    public static boolean timetz_ge(TimeTz a, TimeTz b) {
        return a.compareTo(b) >= 0;
    }

    public static int timetz_cmp(TimeTz a, TimeTz b) {
        return a.compareTo(b);
    }

    public static TimeTz timetz_larger(TimeTz a, TimeTz b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public static TimeTz timetz_smaller(TimeTz a, TimeTz b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    public static boolean time_eq(long a, long b) {
        return a == b;
    }

    public static boolean time_ne(long a, long b) {
        return a != b;
    }

    public static boolean time_lt(long a, long b) {
        return a < b;
    }

    public static boolean time_le(long a, long b) {
        return a <= b;
    }

    public static boolean time_gt(long a, long b) {
        return a > b;
    }

    public static boolean time_ge(long a, long b) {
        return a >= b;
    }

    public static int time_cmp(long a, long b) {
        return Long.compare(a, b);
    }

    public static long time_larger(long a, long b) {
        return Math.max(a, b);
    }

    public static long time_smaller(long a, long b) {
        return Math.min(a, b);
    }

    public static boolean timestamp_eq(long a, long b) {
        return a == b;
    }

    public static boolean timestamp_ne(long a, long b) {
        return a != b;
    }

    public static boolean timestamp_lt(long a, long b) {
        return a < b;
    }

    public static boolean timestamp_le(long a, long b) {
        return a <= b;
    }

    public static boolean timestamp_gt(long a, long b) {
        return a > b;
    }

    public static boolean timestamp_ge(long a, long b) {
        return a >= b;
    }

    public static int timestamp_cmp(long a, long b) {
        return Long.compare(a, b);
    }

    public static long timestamp_larger(long a, long b) {
        return Math.max(a, b);
    }

    public static long timestamp_smaller(long a, long b) {
        return Math.min(a, b);
    }

    public static boolean date_eq(int a, int b) {
        return a == b;
    }

    public static boolean date_ne(int a, int b) {
        return a != b;
    }

    public static boolean date_lt(int a, int b) {
        return a < b;
    }

    public static boolean date_le(int a, int b) {
        return a <= b;
    }

    public static boolean date_gt(int a, int b) {
        return a > b;
    }

    public static boolean date_ge(int a, int b) {
        return a >= b;
    }

    public static int date_cmp(int a, int b) {
        return Integer.compare(a, b);
    }

    public static int date_larger(int a, int b) {
        return Math.max(a, b);
    }

    public static int date_smaller(int a, int b) {
        return Math.min(a, b);
    }
}
