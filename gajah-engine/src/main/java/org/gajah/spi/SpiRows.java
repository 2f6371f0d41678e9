package org.gajah.spi;

import org.gajah.vector.Batch;

/** Takes rows of a statement; a batch is valid during the call. */
@FunctionalInterface
public interface SpiRows {
    void rows(Batch batch);
}
