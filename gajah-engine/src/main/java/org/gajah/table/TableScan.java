package org.gajah.table;

import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;

/** A scan in the order of tids. Holds no latch and no pin between calls. */
public interface TableScan extends AutoCloseable {
    /**
     * Fills {@code out} (one column for each attribute asked for, reset first) with the next visible rows, at most its
     * capacity, all selected, and {@code tids} with their tids at the same row numbers.
     *
     * @return false if there are no more rows; {@code out} is then empty
     */
    boolean next(Batch out, LongVector tids);

    @Override
    void close();
}
