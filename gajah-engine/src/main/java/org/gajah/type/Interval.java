package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** An interval as PostgreSQL keeps it: three parts that do not convert into each other. */
public record Interval(int months, int days, long micros) implements Comparable<Interval> {
    public static final Interval INFINITY = new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    public static final Interval NEGATIVE_INFINITY = new Interval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);
    public static final Interval ZERO = new Interval(0, 0, 0);

    /** Not infinite. */
    public boolean isFinite() {
        return !equals(INFINITY) && !equals(NEGATIVE_INFINITY);
    }

    /** 22008. */
    public static SqlError outOfRange() {
        return new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range");
    }

    public Interval negate() {
        if (!isFinite()) {
            return equals(INFINITY) ? NEGATIVE_INFINITY : INFINITY;
        }
        if (months == Integer.MIN_VALUE || days == Integer.MIN_VALUE || micros == Long.MIN_VALUE) {
            throw outOfRange();
        }
        return checked(-(long) months, -(long) days, -micros);
    }

    /** An interval of these parts, 22008 if one does not fit or if together they would read as infinite. */
    public static Interval checked(long months, long days, long micros) {
        if (months != (int) months || days != (int) days) {
            throw outOfRange();
        }
        Interval result = new Interval((int) months, (int) days, micros);
        if (!result.isFinite()) {
            throw outOfRange();
        }
        return result;
    }

    /** Whole days of the comparison span: months count as 30 days. */
    private long spanDays() {
        return months * 30L + days + Math.floorDiv(micros, Calendar.MICROS_PER_DAY);
    }

    private long spanMicros() {
        return Math.floorMod(micros, Calendar.MICROS_PER_DAY);
    }

    /** By length, with 30 days to the month and 24 hours to the day; so {@code compareTo} may be 0 where {@code equals} is false. */
    @Override
    public int compareTo(Interval other) {
        int order = Long.compare(spanDays(), other.spanDays());
        return order != 0 ? order : Long.compare(spanMicros(), other.spanMicros());
    }

    /** Equal for intervals that compare as equal. */
    public long hash() {
        return Hash.combine(spanDays(), spanMicros());
    }

    /** Sixteen bytes in the order of {@link #compareTo}. */
    void key(org.gajah.base.ByteSink out) {
        out.putLong(spanDays() ^ Long.MIN_VALUE).putLong(spanMicros());
    }
}
