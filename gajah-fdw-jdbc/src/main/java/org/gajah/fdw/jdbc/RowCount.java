package org.gajah.fdw.jdbc;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignType;

/** A number of rows that comes with the run. Databases do not agree on what NULL and negative numbers mean. */
enum RowCount {
    LIMIT("limit"), OFFSET("offset");

    private final ForeignType type;

    RowCount(String name) {
        type = new ForeignType(0, name, -1);
    }

    /** What such a parameter has for a type. */
    ForeignType type() {
        return type;
    }

    /** Which one a type stands for, if it is no type of values. */
    static Optional<RowCount> of(ForeignType type) {
        return type.oid() != 0 ? Optional.empty() : switch (type.name()) {
            case "limit" -> Optional.of(LIMIT);
            case "offset" -> Optional.of(OFFSET);
            default -> Optional.empty();
        };
    }

    /** NULL is all rows, of which there are {@code most}, or none that are left out; 2201W or 2201X if it is negative. */
    long rows(Optional<String> value, long most) {
        long count = value.map(Long::parseLong).orElse(this == LIMIT ? most : 0);
        if (count < 0) {
            throw new SqlError(this == LIMIT ? SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE : SqlState.INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE, name() + " must not be negative");
        }
        return Math.min(count, most);
    }
}
