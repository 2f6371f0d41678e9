package org.gajah.plpgsql;

import java.util.function.Supplier;

import org.gajah.api.SqlError;

/**
 * An error that a handler handles.
 *
 * @param place what its CONTEXT says of the function and its callers, put together only if somebody asks
 */
record Handled(SqlError raised, Supplier<String> place) {
    /** The error with its whole CONTEXT. */
    SqlError whole() {
        return raised.context(place.get()).withWholeContext();
    }
}
