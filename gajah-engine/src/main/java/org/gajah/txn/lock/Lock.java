package org.gajah.txn.lock;

import java.util.ArrayList;
import java.util.List;

/**
 * One locked thing: who has which modes, and who waits, in order. Exists while either is so. Everything here is done under
 * the mutex of its stripe. The rules are those of PostgreSQL's {@code LockAcquire}, {@code JoinWaitQueue} and
 * {@code ProcLockWakeup}.
 */
final class Lock {
    /** The answer of {@link #placeFor}: no wait is needed. */
    static final int AT_ONCE = -1;

    private static final List<Request> NO_QUEUE = List.of();

    final LockTag tag;
    /** The next lock in the same bucket of the stripe. */
    Lock nextInBucket;
    private Hold holds;
    private List<Request> queue = NO_QUEUE;

    Lock(LockTag tag) {
        this.tag = tag;
    }

    Hold firstHold() {
        return holds;
    }

    List<Request> queue() {
        return queue;
    }

    boolean isUnused() {
        return holds == null && queue.isEmpty();
    }

    /** What {@code owner} has of it, or null. */
    Hold holdOf(LockOwner owner) {
        Hold hold = holds;
        while (hold != null && hold.owner != owner) {
            hold = hold.next;
        }
        return hold;
    }

    Hold holdToAdd(LockOwner owner) {
        Hold hold = holdOf(owner);
        if (hold == null) {
            hold = new Hold(owner);
            hold.next = holds;
            holds = hold;
        }
        return hold;
    }

    /** Takes {@code hold} out if nothing is left in it. */
    void dropIfEmpty(Hold hold) {
        if (hold.modes() != 0) {
            return;
        }
        if (holds == hold) {
            holds = hold.next;
            return;
        }
        for (Hold before = holds; before != null; before = before.next) {
            if (before.next == hold) {
                before.next = hold.next;
                return;
            }
        }
    }

    /** Whether somebody else has a mode that conflicts with {@code mode}. */
    boolean conflicts(LockOwner owner, LockMode mode) {
        int conflicts = mode.conflicts();
        for (Hold hold = holds; hold != null; hold = hold.next) {
            if (hold.owner != owner && (hold.modes() & conflicts) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a new request of {@code owner} belongs: {@link #AT_ONCE}, or its index in the queue. It waits behind a waiter
     * that it conflicts with, unless that one waits for what the owner already has: then it goes before. A row's waiters
     * keep nobody out whom the row's holders would let in, and who has the row in some mode goes before who does not.
     */
    int placeFor(LockOwner owner, LockMode mode) {
        if (tag.kind() == LockTag.Kind.TUPLE) {
            return conflicts(owner, mode) ? placeForRow(owner) : AT_ONCE;
        }
        int awaited = 0;
        for (Request request : queue) {
            awaited |= request.mode.bit();
        }
        boolean conflicting = conflicts(owner, mode);
        if ((awaited & mode.conflicts()) == 0 && !conflicting) {
            return AT_ONCE;
        }
        Hold mine = holdOf(owner);
        if (mine == null) {
            return queue.size();
        }
        int ahead = 0;
        for (int i = 0; i < queue.size(); i++) {
            Request waiting = queue.get(i);
            if ((waiting.mode.conflicts() & mine.modes()) != 0) {
                return (mode.conflicts() & ahead) == 0 && !conflicting ? AT_ONCE : i;
            }
            ahead |= waiting.mode.bit();
        }
        return queue.size();
    }

    private int placeForRow(LockOwner owner) {
        if (holdOf(owner) == null) {
            return queue.size();
        }
        int place = 0;
        while (place < queue.size() && holdOf(queue.get(place).owner) != null) {
            place++;
        }
        return place;
    }

    /**
     * The first waiter that waits for what {@code owner} has, if the owner would in turn wait for what that one has: nothing
     * that happens can let either of them go on. {@link Request#NOTHING} if there is none. Rows do without this look ahead.
     */
    Request certainDeadlock(LockOwner owner, LockMode mode) {
        Hold mine = holdOf(owner);
        if (mine == null || tag.kind() == LockTag.Kind.TUPLE) {
            return Request.NOTHING;
        }
        for (Request waiting : queue) {
            if ((waiting.mode.conflicts() & mine.modes()) != 0) {
                Hold theirs = holdOf(waiting.owner);
                return theirs != null && (mode.conflicts() & theirs.modes()) != 0 ? waiting : Request.NOTHING;
            }
        }
        return Request.NOTHING;
    }

    void enqueue(int place, Request request) {
        if (queue == NO_QUEUE) {
            queue = new ArrayList<>(4);
        }
        queue.add(place, request);
        request.owner.awaited = request;
    }

    boolean remove(Request request) {
        return queue.remove(request);
    }

    /** Replaces the queue's order by another of the same requests. */
    void reorder(List<Request> order) {
        queue = new ArrayList<>(order);
    }

    /** Grants, in order, every request that conflicts with no hold and with no request ahead of it. */
    void grantWaiting() {
        int ahead = 0;
        for (int i = 0; i < queue.size();) {
            Request request = queue.get(i);
            if ((request.mode.conflicts() & ahead) != 0 || conflicts(request.owner, request.mode)) {
                ahead |= request.mode.bit();
                i++;
                continue;
            }
            queue.remove(i);
            if (!request.onlyAwaits) {
                holdToAdd(request.owner).add(request.mode, request.duration);
            }
            request.finish(Request.State.GRANTED);
        }
    }

    /** Sends all waiters back to look again at what made them wait. */
    void retryWaiting() {
        List<Request> waiting = queue;
        queue = NO_QUEUE;
        for (Request request : waiting) {
            request.finish(Request.State.RETRY);
        }
    }
}
