package org.gajah.txn.lock;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Shows all locks at one moment in PostgreSQL's terms. Locked rows are shown only while somebody waits for them, as there. */
final class LockStatusReader {
    private final LockTable table;
    private final Owners owners;

    LockStatusReader(LockTable table, Owners owners) {
        this.table = table;
        this.owners = owners;
    }

    List<LockStatus> read() {
        List<LockStatus> rows = new ArrayList<>();
        table.lockAll();
        try {
            for (int i = 0; i < LockTable.STRIPES; i++) {
                table.stripe(i).forEach(lock -> {
                    addHolds(rows, lock);
                    lock.queue().forEach(request -> addAwaited(rows, request));
                });
            }
            for (LockOwner owner : owners.all()) {
                addOwn(rows, owner);
            }
        } finally {
            table.unlockAll();
        }
        return List.copyOf(rows);
    }

    private static void addHolds(List<LockStatus> rows, Lock lock) {
        switch (lock.tag.kind()) {
            case TUPLE, TRANSACTION -> { }
            case RELATION, VIRTUAL_TRANSACTION, OBJECT, ADVISORY -> {
                for (Hold hold = lock.firstHold(); hold != null; hold = hold.next) {
                    addModes(rows, hold.owner, lock.tag, hold.modes(), false);
                }
            }
        }
    }

    private static void addModes(List<LockStatus> rows, LockOwner owner, LockTag tag, int modes, boolean fastPath) {
        for (LockMode mode : LockMode.values()) {
            if ((modes & mode.bit()) != 0) {
                rows.add(LockStatus.held(owner, tag, mode, fastPath));
            }
        }
    }

    private static void addAwaited(List<LockStatus> rows, Request request) {
        Request.Shown shown = request.shown();
        if (shown.tag() != request.lock.tag) {
            rows.add(LockStatus.held(request.owner, request.lock.tag, request.mode, false));
        }
        rows.add(LockStatus.awaited(request, shown.tag(), shown.mode()));
    }

    private static void addOwn(List<LockStatus> rows, LockOwner owner) {
        for (int i = 0; i < FastSlots.CAPACITY; i++) {
            FastSlots.Slot slot = owner.slots.published(i);
            if (slot == null) {
                break;
            }
            addModes(rows, owner, slot.tag, slot.fastModes(), true);
        }
        int localXid = owner.localXid();
        if (localXid != 0) {
            rows.add(LockStatus.held(owner, LockTag.virtualTransaction(owner.procNumber(), localXid), LockMode.EXCLUSIVE,
                    true));
        }
        long xid = owner.xid();
        if (xid != 0) {
            rows.add(LockStatus.held(owner, LockTag.transaction(xid), LockMode.EXCLUSIVE, false));
        }
    }

    int[] blockingPids(int pid) {
        Set<Integer> pids = new LinkedHashSet<>();
        table.lockAll();
        try {
            for (LockOwner owner : owners.all()) {
                if (owner.pid() == pid && owner.isWaiting()) {
                    addBlockers(pids, owner.awaited);
                }
            }
        } finally {
            table.unlockAll();
        }
        return pids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void addBlockers(Set<Integer> pids, Request request) {
        Lock lock = request.lock;
        int conflicts = request.mode.conflicts();
        List<Request> queue = lock.queue();
        // Of a row's waiters PostgreSQL shows only the first as blocked by who has it; he blocks the others.
        if (lock.tag.kind() != LockTag.Kind.TUPLE || queue.getFirst() == request) {
            for (Hold hold = lock.firstHold(); hold != null; hold = hold.next) {
                if (hold.owner != request.owner && (hold.modes() & conflicts) != 0) {
                    pids.add(hold.owner.pid());
                }
            }
        }
        for (Request ahead : queue) {
            if (ahead == request) {
                break;
            }
            if ((ahead.mode.bit() & conflicts) != 0) {
                pids.add(ahead.owner.pid());
            }
        }
        if (pids.isEmpty()) {
            pids.add(queue.getFirst().owner.pid());
        }
    }
}
