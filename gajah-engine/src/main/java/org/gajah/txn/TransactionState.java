package org.gajah.txn;

/**
 * The fate of one transaction that writes, shared by all row versions it made. In progress, its csn is {@link #IN_PROGRESS},
 * which is after every snapshot; it changes once.
 */
public final class TransactionState {
    /** The csn of a transaction that has not committed. */
    public static final long IN_PROGRESS = Long.MAX_VALUE;
    /** The csn of a transaction that was rolled back; none of its versions is left by then. */
    public static final long ROLLED_BACK = Long.MAX_VALUE - 1;

    private final long xid;
    private volatile long csn = IN_PROGRESS;

    public TransactionState(long xid) {
        this.xid = xid;
    }

    public long xid() {
        return xid;
    }

    public long csn() {
        return csn;
    }

    public boolean isInProgress() {
        return csn == IN_PROGRESS;
    }

    /** Sets the fate; called once, by whoever ends the transaction, before the end is published. */
    public void end(long csn) {
        this.csn = csn;
    }
}
