package org.gajah.catalog;

import java.util.Optional;

/**
 * A row of pg_aggregate.
 *
 * @param kind          n normal, o ordered-set, h hypothetical-set
 * @param sortOperator  for min and max, else 0
 * @param initialValue  text form of the first state, absent if null
 */
public record AggregateRow(int function, char kind, int directArgs, int transition, int finalFunction, int combine, boolean finalExtra,
        int sortOperator, int transitionType, Optional<String> initialValue, Moving moving) {
    /**
     * How it moves with a window whose beginning moves; {@code transition} is 0 if it cannot.
     *
     * @param inverse takes a row out again
     */
    public record Moving(int transition, int inverse, int finalFunction, boolean finalExtra, int transitionType, Optional<String> initialValue) {
    }
}
