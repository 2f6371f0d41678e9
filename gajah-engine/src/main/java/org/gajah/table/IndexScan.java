package org.gajah.table;

import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/** The entries of a key range in key order (then tid). Holds no latch and no pin between calls; sees concurrent changes or not. */
public interface IndexScan extends AutoCloseable {
    /**
     * Fills {@code keys} (reset first) and {@code tids} at rows 0 to n-1 with the next entries, at most the vectors' capacity
     * and at most {@code max}.
     *
     * @return n; 0 if there are no more
     */
    int next(BytesVector keys, LongVector tids, int max);

    @Override
    void close();
}
