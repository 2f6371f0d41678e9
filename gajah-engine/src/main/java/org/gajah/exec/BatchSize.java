package org.gajah.exec;

import org.gajah.vector.Batch;

/** How many rows a batch holds at most; the system property {@code gajah.batchRows} lowers it, for tests. */
final class BatchSize {
    static final int MAX = Math.clamp(Integer.getInteger("gajah.batchRows", Batch.MAX_ROWS), 1, Batch.MAX_ROWS);

    private BatchSize() {
    }

    /** Room for a node that is expected to give this many rows: small plans stay small. */
    static int expecting(double rows) {
        return rows <= 16 ? Math.min(MAX, 32) : MAX;
    }
}
