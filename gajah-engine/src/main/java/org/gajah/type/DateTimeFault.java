package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;

/** What can be wrong with the text of a date, time or interval; the codec that knows the type makes the error of it. */
enum DateTimeFault {
    BAD_FORMAT, FIELD_OVERFLOW, MONTH_DAY_OVERFLOW, INTERVAL_OVERFLOW, ZONE_OVERFLOW;

    /** Carries a fault up to the codec. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final DateTimeFault fault;

        Thrown(DateTimeFault fault) {
            super(fault.name(), null, false, false);
            this.fault = fault;
        }

        SqlError error(String type, Slice text) {
            return fault.error(type, text);
        }

        DateTimeFault fault() {
            return fault;
        }
    }

    Thrown thrown() {
        return new Thrown(this);
    }

    private SqlError error(String type, Slice text) {
        return switch (this) {
            case BAD_FORMAT -> new SqlError(SqlState.INVALID_DATETIME_FORMAT,
                    "invalid input syntax for type " + type + ": \"" + text + "\"");
            case FIELD_OVERFLOW -> new SqlError(SqlState.DATETIME_FIELD_OVERFLOW,
                    "date/time field value out of range: \"" + text + "\"");
            case MONTH_DAY_OVERFLOW -> new SqlError(SqlState.DATETIME_FIELD_OVERFLOW,
                    "date/time field value out of range: \"" + text + "\"")
                    .hint("Perhaps you need a different \"DateStyle\" setting.");
            case INTERVAL_OVERFLOW -> new SqlError(SqlState.INTERVAL_FIELD_OVERFLOW,
                    "interval field value out of range: \"" + text + "\"");
            case ZONE_OVERFLOW -> new SqlError(SqlState.INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
                    "time zone displacement out of range: \"" + text + "\"");
        };
    }
}
