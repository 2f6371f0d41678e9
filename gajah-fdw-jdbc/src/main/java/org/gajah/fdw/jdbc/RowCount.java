package org.gajah.fdw.jdbc;

import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignType;

/** A number of rows that comes with the run. Databases do not agree on what NULL and negative numbers mean. */
enum RowCount {
    LIMIT, OFFSET;

    /** What such a parameter has for a type. */
    ForeignType type() {
        return new ForeignType(0, name().toLowerCase(Locale.ROOT), -1);
    }

    /** NULL is all rows, of which there are {@code most}, or none that are left out; 2201W or 2201X if it is negative. */
    long of(Optional<String> value, long most) {
        long count = value.map(Long::parseLong).orElse(this == LIMIT ? most : 0);
        if (count < 0) {
            throw new SqlError(this == LIMIT ? SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE : SqlState.INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE, name() + " must not be negative");
        }
        return Math.min(count, most);
    }
}
