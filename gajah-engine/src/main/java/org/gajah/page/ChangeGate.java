package org.gajah.page;

import java.util.concurrent.locks.StampedLock;

/**
 * What keeps changes of several pages whole for a checkpoint: every change runs between {@link #enter} and {@link #leave}; a
 * checkpoint closes the gate for the moment in which it begins. Not reentrant.
 */
public final class ChangeGate {
    private final StampedLock lock;

    ChangeGate() {
        lock = new StampedLock();
    }

    /** Begins a change; pass the result to {@link #leave}. */
    public long enter() {
        return lock.readLock();
    }

    public void leave(long ticket) {
        lock.unlockRead(ticket);
    }

    /** Waits until no change is under way and keeps new ones out. */
    public long close() {
        return lock.writeLock();
    }

    public void open(long ticket) {
        lock.unlockWrite(ticket);
    }
}
