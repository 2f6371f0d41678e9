package org.gajah.func;

/** Comparison of date, timestamp and timestamptz with each other. */
public final class TimeComparisons {
    private TimeComparisons() {
    }

    public static boolean date_eq_timestamp(int a, long b) {
        return Long.compare(DateFunctions.clamped(a), b) == 0;
    }

    public static boolean date_ne_timestamp(int a, long b) {
        return Long.compare(DateFunctions.clamped(a), b) != 0;
    }

    public static boolean date_lt_timestamp(int a, long b) {
        return Long.compare(DateFunctions.clamped(a), b) < 0;
    }

    public static boolean date_le_timestamp(int a, long b) {
        return Long.compare(DateFunctions.clamped(a), b) <= 0;
    }

    public static boolean date_gt_timestamp(int a, long b) {
        return Long.compare(DateFunctions.clamped(a), b) > 0;
    }

    public static boolean date_ge_timestamp(int a, long b) {
        return Long.compare(DateFunctions.clamped(a), b) >= 0;
    }

    public static int date_cmp_timestamp(int a, long b) {
        return Long.compare(DateFunctions.clamped(a), b);
    }

    public static boolean timestamp_eq_date(long a, int b) {
        return Long.compare(a, DateFunctions.clamped(b)) == 0;
    }

    public static boolean timestamp_ne_date(long a, int b) {
        return Long.compare(a, DateFunctions.clamped(b)) != 0;
    }

    public static boolean timestamp_lt_date(long a, int b) {
        return Long.compare(a, DateFunctions.clamped(b)) < 0;
    }

    public static boolean timestamp_le_date(long a, int b) {
        return Long.compare(a, DateFunctions.clamped(b)) <= 0;
    }

    public static boolean timestamp_gt_date(long a, int b) {
        return Long.compare(a, DateFunctions.clamped(b)) > 0;
    }

    public static boolean timestamp_ge_date(long a, int b) {
        return Long.compare(a, DateFunctions.clamped(b)) >= 0;
    }

    public static int timestamp_cmp_date(long a, int b) {
        return Long.compare(a, DateFunctions.clamped(b));
    }

    public static boolean date_eq_timestamptz(CallContext context, int a, long b) {
        return Long.compare(DateFunctions.clampedUtc(context, a), b) == 0;
    }

    public static boolean date_ne_timestamptz(CallContext context, int a, long b) {
        return Long.compare(DateFunctions.clampedUtc(context, a), b) != 0;
    }

    public static boolean date_lt_timestamptz(CallContext context, int a, long b) {
        return Long.compare(DateFunctions.clampedUtc(context, a), b) < 0;
    }

    public static boolean date_le_timestamptz(CallContext context, int a, long b) {
        return Long.compare(DateFunctions.clampedUtc(context, a), b) <= 0;
    }

    public static boolean date_gt_timestamptz(CallContext context, int a, long b) {
        return Long.compare(DateFunctions.clampedUtc(context, a), b) > 0;
    }

    public static boolean date_ge_timestamptz(CallContext context, int a, long b) {
        return Long.compare(DateFunctions.clampedUtc(context, a), b) >= 0;
    }

    public static int date_cmp_timestamptz(CallContext context, int a, long b) {
        return Long.compare(DateFunctions.clampedUtc(context, a), b);
    }

    public static boolean timestamptz_eq_date(CallContext context, long a, int b) {
        return Long.compare(a, DateFunctions.clampedUtc(context, b)) == 0;
    }

    public static boolean timestamptz_ne_date(CallContext context, long a, int b) {
        return Long.compare(a, DateFunctions.clampedUtc(context, b)) != 0;
    }

    public static boolean timestamptz_lt_date(CallContext context, long a, int b) {
        return Long.compare(a, DateFunctions.clampedUtc(context, b)) < 0;
    }

    public static boolean timestamptz_le_date(CallContext context, long a, int b) {
        return Long.compare(a, DateFunctions.clampedUtc(context, b)) <= 0;
    }

    public static boolean timestamptz_gt_date(CallContext context, long a, int b) {
        return Long.compare(a, DateFunctions.clampedUtc(context, b)) > 0;
    }

    public static boolean timestamptz_ge_date(CallContext context, long a, int b) {
        return Long.compare(a, DateFunctions.clampedUtc(context, b)) >= 0;
    }

    public static int timestamptz_cmp_date(CallContext context, long a, int b) {
        return Long.compare(a, DateFunctions.clampedUtc(context, b));
    }

    public static boolean timestamp_eq_timestamptz(CallContext context, long a, long b) {
        return Long.compare(TimestampFunctions.clampedUtc(context, a), b) == 0;
    }

    public static boolean timestamp_ne_timestamptz(CallContext context, long a, long b) {
        return Long.compare(TimestampFunctions.clampedUtc(context, a), b) != 0;
    }

    public static boolean timestamp_lt_timestamptz(CallContext context, long a, long b) {
        return Long.compare(TimestampFunctions.clampedUtc(context, a), b) < 0;
    }

    public static boolean timestamp_le_timestamptz(CallContext context, long a, long b) {
        return Long.compare(TimestampFunctions.clampedUtc(context, a), b) <= 0;
    }

    public static boolean timestamp_gt_timestamptz(CallContext context, long a, long b) {
        return Long.compare(TimestampFunctions.clampedUtc(context, a), b) > 0;
    }

    public static boolean timestamp_ge_timestamptz(CallContext context, long a, long b) {
        return Long.compare(TimestampFunctions.clampedUtc(context, a), b) >= 0;
    }

    public static int timestamp_cmp_timestamptz(CallContext context, long a, long b) {
        return Long.compare(TimestampFunctions.clampedUtc(context, a), b);
    }

    public static boolean timestamptz_eq_timestamp(CallContext context, long a, long b) {
        return Long.compare(a, TimestampFunctions.clampedUtc(context, b)) == 0;
    }

    public static boolean timestamptz_ne_timestamp(CallContext context, long a, long b) {
        return Long.compare(a, TimestampFunctions.clampedUtc(context, b)) != 0;
    }

    public static boolean timestamptz_lt_timestamp(CallContext context, long a, long b) {
        return Long.compare(a, TimestampFunctions.clampedUtc(context, b)) < 0;
    }

    public static boolean timestamptz_le_timestamp(CallContext context, long a, long b) {
        return Long.compare(a, TimestampFunctions.clampedUtc(context, b)) <= 0;
    }

    public static boolean timestamptz_gt_timestamp(CallContext context, long a, long b) {
        return Long.compare(a, TimestampFunctions.clampedUtc(context, b)) > 0;
    }

    public static boolean timestamptz_ge_timestamp(CallContext context, long a, long b) {
        return Long.compare(a, TimestampFunctions.clampedUtc(context, b)) >= 0;
    }

    public static int timestamptz_cmp_timestamp(CallContext context, long a, long b) {
        return Long.compare(a, TimestampFunctions.clampedUtc(context, b));
    }
}
