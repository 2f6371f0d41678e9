package org.gajah.log;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/** Something to be logged: handed to {@link LogWriter#append} by a session, told its fate by the log writer. */
public abstract class LogEntry {
    private final int type;
    private final long xid;
    private final boolean synchronous;
    private final Slice payload;
    private final Thread waiter;
    private long csn;
    private long position;
    private volatile boolean done;
    private Optional<SqlError> failure = Optional.empty();

    /**
     * @param synchronous whether it must be durable before it is published
     * @param payload not changed until the entry is done
     */
    protected LogEntry(int type, long xid, boolean synchronous, Slice payload) {
        this.type = type;
        this.xid = xid;
        this.synchronous = synchronous;
        this.payload = payload;
        this.waiter = Thread.currentThread();
    }

    final int type() {
        return type;
    }

    final long xid() {
        return xid;
    }

    final boolean isSynchronous() {
        return synchronous;
    }

    final Slice payload() {
        return payload;
    }

    final Thread waiter() {
        return waiter;
    }

    /** It has its place among all entries; on the thread that appends it, before anything is written. */
    protected void ordered() {
        // Most don't care.
    }

    /** The commit sequence number; set when published, for commits. */
    public final long csn() {
        return csn;
    }

    /** Where it stands in the log; set when published. */
    public final long position() {
        return position;
    }

    final void place(long at, long number) {
        position = at;
        csn = number;
    }

    final boolean isDone() {
        return done;
    }

    final void finish(Optional<SqlError> error) {
        failure = error;
        done = true;
    }

    final Optional<SqlError> failure() {
        return failure;
    }

    /**
     * Has its place in the log, in whose order this is called: nothing but a failed write or force, after which the cluster is shut, can take it
     * back. Called while the next entries wait for their places, so it is short.
     */
    protected void written() {
        // Most wait for more.
    }

    /** Written, and durable if it asked for that: to be made visible. In the order of the log, on its writer; short. */
    protected abstract void published();
}
