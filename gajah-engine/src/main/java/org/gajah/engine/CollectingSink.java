package org.gajah.engine;

import org.gajah.spi.SpiRows;
import org.gajah.vector.Batch;

/** Takes the rows of a statement that a routine runs. */
final class CollectingSink extends RowsOnly {
    private final SpiRows rows;
    private long count;

    CollectingSink(SpiRows rows) {
        this.rows = rows;
    }

    long count() {
        return count;
    }

    @Override
    public void rows(Batch batch) {
        count += batch.count();
        rows.rows(batch);
    }
}
