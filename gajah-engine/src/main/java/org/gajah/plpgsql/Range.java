package org.gajah.plpgsql;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Where a loop over integers is. */
final class Range {
    static final String LOWER = "lower bound";
    static final String UPPER = "upper bound";
    static final String BY = "BY value";

    long next;
    final long to;
    /** Negative if it goes downwards. */
    final long by;

    Range(int from, int to, int by, boolean reverse) {
        if (by <= 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "BY value of FOR loop must be greater than zero");
        }
        this.next = from;
        this.to = to;
        this.by = reverse ? -(long) by : by;
    }

    boolean hasNext() {
        return by > 0 ? next <= to : next >= to;
    }

    static SqlError isNull(String what) {
        return new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, what + " of FOR loop cannot be null");
    }
}
