package org.gajah.txn.lock;

/** One owner's place in the queue of a lock. Its state leaves {@code WAITING} once, under the stripe's mutex. */
final class Request {
    enum State { WAITING, GRANTED, RETRY, DEADLOCK, WITHDRAWN }

    final LockOwner owner;
    final Lock lock;
    final LockMode mode;
    final Hold.Duration duration;
    /** Whether the grant itself is all that is wanted: nothing is held afterwards. */
    final boolean onlyAwaits;
    final long sinceEpochMicros;
    volatile State state = State.WAITING;
    /** Whether the owner's transaction had the mode before, so that its log names it already. */
    boolean repeated;

    Request(LockOwner owner, Lock lock, LockMode mode, Hold.Duration duration, boolean onlyAwaits, long sinceEpochMicros) {
        this.owner = owner;
        this.lock = lock;
        this.mode = mode;
        this.duration = duration;
        this.onlyAwaits = onlyAwaits;
        this.sinceEpochMicros = sinceEpochMicros;
    }

    /** Ends the wait. The request must be out of the queue. */
    void finish(State how) {
        owner.awaited = NOTHING;
        state = how;
        owner.waiter().wake();
    }

    /** What it waits for, as PostgreSQL shows it. */
    record Shown(LockTag tag, LockMode mode) {}

    /**
     * PostgreSQL lets the first who waits for a row wait for the transaction that has it, and only the others for the row;
     * here all wait in one queue, but it is told in that way.
     */
    Shown shown() {
        if (lock.tag.kind() == LockTag.Kind.TUPLE && lock.queue().getFirst() == this) {
            for (Hold hold = lock.firstHold(); hold != null; hold = hold.next) {
                if (hold.owner != owner && (hold.modes() & mode.conflicts()) != 0 && hold.owner.xid() != 0) {
                    return new Shown(LockTag.transaction(hold.owner.xid()), LockMode.SHARE);
                }
            }
        }
        return new Shown(lock.tag, mode);
    }

    /** Stands for "waits for nothing". */
    static final Request NOTHING = nothing();

    private static Request nothing() {
        Request none = new Request(null, null, LockMode.ACCESS_SHARE, Hold.Duration.TRANSACTION, true, 0);
        none.state = State.WITHDRAWN;
        return none;
    }
}
