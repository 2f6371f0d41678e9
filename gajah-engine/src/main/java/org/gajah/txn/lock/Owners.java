package org.gajah.txn.lock;

import java.util.Arrays;
import java.util.Optional;
import org.gajah.base.CancelFlag;
import org.gajah.base.Waiter;

/** All owners there are, by number; copied on change, so that reading needs no lock. */
final class Owners {
    private static final LockOwner[] NONE = {};

    private volatile LockOwner[] all = NONE;

    LockOwner[] all() {
        return all;
    }

    synchronized LockOwner add(int pid, Waiter waiter, CancelFlag cancel) {
        LockOwner[] old = all;
        boolean[] taken = new boolean[old.length + 2];
        for (LockOwner owner : old) {
            if (owner.procNumber() < taken.length) {
                taken[owner.procNumber()] = true;
            }
        }
        int number = 1;
        while (taken[number]) {
            number++;
        }
        LockOwner owner = new LockOwner(pid, number, waiter, cancel);
        LockOwner[] now = Arrays.copyOf(old, old.length + 1);
        now[old.length] = owner;
        all = now;
        return owner;
    }

    synchronized void remove(LockOwner owner) {
        all = Arrays.stream(all).filter(each -> each != owner).toArray(LockOwner[]::new);
    }

    /** Who runs transaction {@code xid}, if somebody does. */
    Optional<LockOwner> running(long xid) {
        for (LockOwner owner : all) {
            if (owner.xid() == xid) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }
}
