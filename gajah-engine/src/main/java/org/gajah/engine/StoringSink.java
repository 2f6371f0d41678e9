package org.gajah.engine;

import org.gajah.exec.StoredRows;
import org.gajah.vector.Batch;

/** Keeps the rows of a command for a client that wants them in pieces. */
final class StoringSink extends RowsOnly {
    private final StoredRows rows;

    StoringSink(StoredRows rows) {
        this.rows = rows;
    }

    @Override
    public void rows(Batch batch) {
        rows.add(batch);
    }
}
