package org.gajah.page;

import java.util.ArrayDeque;

/**
 * The memory of a pool, taken from the system in extents as it is needed and never given back; memory of a closed pool is used again
 * by the next one.
 */
final class Frames {
    private static final ArrayDeque<Long> ABANDONED = new ArrayDeque<>();

    private final ArrayDeque<Long> free = new ArrayDeque<>();
    private final int limit;
    private int taken;

    Frames(int limit) {
        this.limit = limit;
    }

    /** A frame, or 0 if the pool has all that it may have. */
    synchronized long take() {
        Long frame = free.pollLast();
        if (frame != null) {
            return frame;
        }
        if (taken >= limit) {
            return 0;
        }
        taken++;
        return fresh();
    }

    /** A frame beyond the limit, for images under way. */
    static long fresh() {
        synchronized (ABANDONED) {
            if (ABANDONED.isEmpty()) {
                long base = Memory.newExtent();
                for (int i = Memory.EXTENT_PAGES - 1; i >= 0; i--) {
                    ABANDONED.addLast(base + (long) i * Memory.PAGE_SIZE);
                }
            }
            return ABANDONED.pollLast();
        }
    }

    synchronized void give(long frame) {
        free.addLast(frame);
    }

    /** Leaves a frame to whoever needs one next. */
    static void abandon(long frame) {
        synchronized (ABANDONED) {
            ABANDONED.addLast(frame);
        }
    }

    synchronized void close() {
        free.forEach(Frames::abandon);
        free.clear();
    }
}
