package org.gajah.spi;

import org.gajah.vector.Batch;

/** A running query. */
public interface SpiCursor extends AutoCloseable {
    /** The next rows, at most {@code maxRows}; none at the end. Valid until the next call. */
    Batch next(int maxRows);

    @Override
    void close();
}
