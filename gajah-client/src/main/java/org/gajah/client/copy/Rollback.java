package org.gajah.client.copy;

/** Thrown within {@link TransactionBlock#run} to leave the block and take back what it has done, without an error outside of it. */
public final class Rollback extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says that the block is to be taken back. */
    public Rollback() {
        super("rollback", null, false, false);
    }
}
