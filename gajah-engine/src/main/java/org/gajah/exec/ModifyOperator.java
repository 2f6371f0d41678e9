package org.gajah.exec;

/** INSERT, UPDATE, DELETE, MERGE: gives the RETURNING list's rows and counts the rows it has changed. */
abstract class ModifyOperator extends Operator {
    private long processed;

    /** Rows inserted, updated or deleted in this run. */
    final long processed() {
        return processed;
    }

    final void resetProcessed() {
        processed = 0;
    }

    final void countProcessed(long rows) {
        processed += rows;
    }
}
