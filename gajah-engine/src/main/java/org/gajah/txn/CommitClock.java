package org.gajah.txn;

/** The last commit sequence number whose transaction, and all before it, are visible. */
public final class CommitClock {
    private volatile long last;

    public CommitClock(long last) {
        this.last = last;
    }

    public long last() {
        return last;
    }

    /** Publishes a commit; numbers come in order, from one thread at a time. */
    public void publish(long csn) {
        last = csn;
    }
}
