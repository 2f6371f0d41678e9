package org.gajah.txn.lock;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The relations an owner has locked, and weak modes on them that the shared table does not know of. The owner publishes a
 * weak mode by a compare-and-set in the relation's slot and then looks whether somebody has announced a strong mode; whoever
 * wants a strong mode announces it and then reads the slots. One of the two sees the other. A slot that was read is marked as
 * moved: from then on its modes live in the table, until the transaction ends.
 */
final class FastSlots {
    /** Relations beyond this number in one transaction go to the shared table. */
    static final int CAPACITY = 64;

    /** One relation of the owner. The set of fast modes is shared; the other fields are the owner's alone. */
    static final class Slot {
        private static final int MOVED = 1 << 31;
        private static final VarHandle FAST;

        static {
            try {
                FAST = MethodHandles.lookup().findVarHandle(Slot.class, "fast", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        final LockTag tag;
        private final boolean published;
        private volatile int fast;
        /** All modes that the owner's transaction has on the relation. */
        int held;

        Slot(LockTag tag, boolean published) {
            this.tag = tag;
            this.published = published;
        }

        boolean canPublish() {
            return published && fast >= 0;
        }

        /** Owner: adds a mode; false if the slot was moved. */
        boolean publish(LockMode mode) {
            int old = fast;
            while (old >= 0) {
                if (FAST.compareAndSet(this, old, old | mode.bit())) {
                    return true;
                }
                old = fast;
            }
            return false;
        }

        /** Owner: takes a mode away; false if the slot was moved, so that the mode is in the table. */
        boolean retract(LockMode mode) {
            int old = fast;
            while (old >= 0) {
                if (FAST.compareAndSet(this, old, old & ~mode.bit())) {
                    return true;
                }
                old = fast;
            }
            return false;
        }

        /** Owner, at the end of the transaction and after the table has forgotten it: usable again. */
        void reset() {
            held = 0;
            fast = 0;
        }

        /** Anybody, under the mutex of the tag's stripe: the modes that were here and must go to the table. */
        int moveOut() {
            int old = fast;
            while (old > 0) {
                if (FAST.compareAndSet(this, old, MOVED)) {
                    return old;
                }
                old = fast;
            }
            return 0;
        }

        /** The modes that are only here; for listing. */
        int fastModes() {
            int now = fast;
            return now > 0 ? now : 0;
        }
    }

    private final AtomicReferenceArray<Slot> published = new AtomicReferenceArray<>(CAPACITY);
    private final Map<LockTag, Slot> byTag = new HashMap<>();
    private final List<Slot> moved = new ArrayList<>(0);
    private int used;

    /** Owner: the slot of a relation, made if need be. */
    Slot slot(LockTag tag) {
        Slot slot = byTag.get(tag);
        return slot != null ? slot : add(tag);
    }

    /** Owner: the slot was found to be moved, and stays so until the transaction ends. */
    void noteMoved(Slot slot) {
        moved.add(slot);
    }

    private Slot add(LockTag tag) {
        Slot slot = new Slot(tag, used < CAPACITY);
        byTag.put(tag, slot);
        if (slot.published) {
            published.set(used++, slot);
        }
        return slot;
    }

    /**
     * Owner, when it holds no relation: all slots are free again. They are kept for the next transaction unless there are
     * many.
     */
    void endTransaction() {
        if (byTag.size() > CAPACITY * 3 / 4) {
            for (int i = 0; i < used; i++) {
                published.set(i, null);
            }
            used = 0;
            byTag.clear();
            moved.clear();
            return;
        }
        for (Slot slot : moved) {
            slot.reset();
        }
        moved.clear();
    }

    /** Anybody: the published slot number {@code index}, or null. */
    Slot published(int index) {
        return published.get(index);
    }
}
