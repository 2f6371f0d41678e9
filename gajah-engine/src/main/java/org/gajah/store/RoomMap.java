package org.gajah.store;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Where a table's next rows may go: a target page for each of a few groups of threads, and pages that had rows taken away. */
final class RoomMap {
    private static final int TARGETS = 4;

    private final AtomicIntegerArray targets = new AtomicIntegerArray(new int[] {-1, -1, -1, -1});
    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private final BitSet queued = new BitSet();

    RoomMap() {
        queue.clear();
    }

    private static int group() {
        return (int) Thread.currentThread().threadId() & TARGETS - 1;
    }

    /** The page to try next, -1 if a new one is needed. */
    int target() {
        int group = group();
        int target = targets.get(group);
        if (target >= 0) {
            return target;
        }
        synchronized (queue) {
            Integer page = queue.pollFirst();
            if (page == null) {
                return -1;
            }
            queued.clear(page);
            targets.set(group, page);
            return page;
        }
    }

    void setTarget(int page) {
        targets.set(group(), page);
    }

    /** The page that {@link #target} gave has no room. */
    void exhausted(int page) {
        targets.compareAndSet(group(), page, -1);
    }

    /** The page may have room again. */
    void add(int page) {
        synchronized (queue) {
            if (!queued.get(page)) {
                queued.set(page);
                queue.addLast(page);
            }
        }
    }

    /** All pages that may have room. */
    int[] pages() {
        BitSet pages = new BitSet();
        synchronized (queue) {
            pages.or(queued);
        }
        for (int i = 0; i < TARGETS; i++) {
            int target = targets.get(i);
            if (target >= 0) {
                pages.set(target);
            }
        }
        return pages.stream().toArray();
    }

    void forgetTargets() {
        for (int i = 0; i < TARGETS; i++) {
            targets.set(i, -1);
        }
    }
}
