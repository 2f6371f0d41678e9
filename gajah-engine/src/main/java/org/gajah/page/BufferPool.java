package org.gajah.page;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/** The memory of pages: hands out frames, and takes them from pages that were not used for a while. */
public final class BufferPool {
    private static final int EXTENT_PAGES = 1024;

    private final ChangeGate gate = new ChangeGate();
    private final ArrayDeque<Long> freeFrames = new ArrayDeque<>();

    public BufferPool() {
        freeFrames.clear();
    }

    /** What every change of pages passes through. */
    public ChangeGate gate() {
        return gate;
    }

    /** An empty space. */
    public PageSpace createSpace(int database, int relation) {
        return new PageSpace(this, database, relation);
    }

    /** Makes the page resident and pins it. */
    void load(Page page) {
        synchronized (page) {
            if (page.pins >= 0) {
                page.pin();
                return;
            }
            throw new IllegalStateException("page is nowhere");
        }
    }

    /** Makes a page of zeros resident, pinned, latched exclusively and dirty. */
    void loadFresh(Page page) {
        synchronized (page) {
            if (page.pins < 0) {
                page.address = takeFrame();
                page.pins = 1;
            } else {
                page.pin();
            }
        }
        page.latchExclusive();
        page.state.free = false;
        page.beforeChange();
        Memory.fill(page.address(), 0, Memory.PAGE_SIZE, 0);
    }

    private synchronized long takeFrame() {
        if (freeFrames.isEmpty()) {
            long base = Arena.global().allocate((long) EXTENT_PAGES * Memory.PAGE_SIZE, 4096).address();
            for (int i = 0; i < EXTENT_PAGES; i++) {
                freeFrames.add(base + (long) i * Memory.PAGE_SIZE);
            }
        }
        return freeFrames.poll();
    }

    /** Gives all pages of a space back; nobody uses it any more. */
    public void discard(PageSpace space) {
        for (int i = 0; i < space.count(); i++) {
            Page page = space.page(i);
            if (page.tryClaim()) {
                page.bumpVersion();
                synchronized (this) {
                    freeFrames.add(page.address);
                }
                page.address = 0;
            }
        }
    }

    void beforeChange(Page page) {
        page.state.dirty = true;
    }
}
