package org.gajah.page;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which pages a checkpoint must write, and their images.
 *
 * <p>{@link #begin}, behind the closed gate, starts a new epoch: from then on a page changed in an older epoch is written, as it was
 * then, before anybody changes it or throws it out; {@link #writePages} writes the others. Images go to fresh blocks; those of the last
 * checkpoint stay until {@link #finish} says that a superblock without them is durable. After a failure the images written so far
 * count for the next attempt.
 */
public final class Checkpointing {
    private final BufferPool pool;
    private final BlockFile file;
    private volatile long epoch = 1;
    private volatile long csn;
    /** Pages whose last change has no checkpoint image. */
    private final ConcurrentLinkedQueue<Page> changed = new ConcurrentLinkedQueue<>();
    /** Pages with an image for the next checkpoint to finish. */
    private final ConcurrentLinkedQueue<Page> written = new ConcurrentLinkedQueue<>();
    private final ReentrantLock running = new ReentrantLock();
    private final List<PageSpace> discarded = new ArrayList<>();
    /** Blocks of dropped relations to which the last checkpoint still refers. */
    private final List<Integer> doomed = new ArrayList<>();
    private List<Page> toWrite = List.of();
    private int doomedAtBegin;

    Checkpointing(BufferPool pool, BlockFile file) {
        this.pool = pool;
        this.file = file;
    }

    /** Called under the page's exclusive latch, inside the gate. */
    void beforeChange(Page page) {
        PageState state = page.state;
        long now = epoch;
        if (state.changedEpoch != 0 && state.changedEpoch < now) {
            writeImage(page);
        }
        if (state.changedEpoch != now) {
            state.changedEpoch = now;
            changed.add(page);
        }
        state.dirty = true;
    }

    /** Called under the exclusive latch of a page about to be thrown out. */
    void beforeLeaving(Page page) {
        if (page.state.changedEpoch != 0 && page.state.changedEpoch < epoch && !page.space().isDiscarded()) {
            writeImage(page);
        }
    }

    /** Keeps other checkpoints, and the end of dropped relations, out until {@link #leave}. */
    public void enter() {
        running.lock();
    }

    public void leave() {
        synchronized (discarded) {
            discarded.forEach(this::release);
            discarded.clear();
        }
        running.unlock();
    }

    /**
     * Begins a checkpoint of everything that transactions with a csn up to {@code csn} have done. The gate is closed.
     *
     * @return whether any page has changed since the last one
     */
    public boolean begin(long lastCsn) {
        csn = lastCsn;
        epoch++;
        List<Page> pages = new ArrayList<>();
        for (Page page = changed.poll(); page != null; page = changed.poll()) {
            pages.add(page);
        }
        toWrite = pages;
        doomedAtBegin = doomed.size();
        return !pages.isEmpty();
    }

    /** Told after each page that {@link #writePages} has dealt with; may take its time. */
    @FunctionalInterface
    public interface Pace {
        Pace NONE = (done, total) -> { };

        void written(int done, int total);
    }

    /** Writes what was changed before {@link #begin}. */
    public void writePages(Pace pace) {
        int done = 0;
        try {
            for (; done < toWrite.size(); done++) {
                write(toWrite.get(done));
                pace.written(done + 1, toWrite.size());
            }
        } finally {
            for (; done < toWrite.size(); done++) {
                postpone(toWrite.get(done));
            }
            toWrite = List.of();
        }
    }

    private void postpone(Page page) {
        page.latchAttachment();
        if (page.state.changedEpoch != 0) {
            page.state.changedEpoch = epoch;
            changed.add(page);
        }
        page.unlatchExclusive();
    }

    /** Writes the image that a checkpoint under way wants. The page is latched exclusively and pinned. */
    void keepImage(Page page) {
        if (isDue(page)) {
            writeImage(page);
        }
    }

    boolean isDue(Page page) {
        return page.state.changedEpoch != 0 && page.state.changedEpoch < epoch;
    }

    private void write(Page page) {
        if (page.space().isDiscarded()) {
            return;
        }
        if (!page.space().isInCheckpoint()) {
            postpone(page);
            return;
        }
        page.latchAttachment();
        boolean absent = page.pins < 0;
        try {
            if (!isDue(page)) {
                return;
            }
            if (absent && page.attachment() == null && !page.state.dirty) {
                keepBlock(page);
                return;
            }
        } finally {
            page.unlatchExclusive();
        }
        page.pin();
        page.latchExclusive();
        try {
            if (isDue(page)) {
                writeImage(page);
            }
        } finally {
            page.unlatchExclusive();
            page.unpin();
        }
    }

    /** The page was thrown out as everybody sees it: that image is good. */
    private void keepBlock(Page page) {
        take(page, page.state.block);
        page.state.changedEpoch = 0;
    }

    private void take(Page page, int block) {
        PageState state = page.state;
        int old = state.nextCheckpointBlock;
        state.nextCheckpointBlock = block;
        if (old == PageState.NOWHERE) {
            written.add(page);
        }
        state.release(file, old);
    }

    private void writeImage(Page page) {
        PageState state = page.state;
        boolean again = false;
        if (page.attachment() == null) {
            if (state.dirty || state.block == PageState.NOWHERE) {
                writeBlock(page, page.address, true);
            } else {
                take(page, state.block);
            }
        } else {
            long image = Frames.fresh();
            try {
                Memory.copy(page.address, 0, image, 0, Memory.PAGE_SIZE);
                again = page.space().images().settle(page, image, csn);
                writeBlock(page, image, !again);
            } finally {
                Frames.abandon(image);
            }
        }
        if (again) {
            state.changedEpoch = epoch;
            changed.add(page);
        } else {
            state.changedEpoch = 0;
        }
    }

    private void writeBlock(Page page, long address, boolean asInMemory) {
        PageState state = page.state;
        int block = file.allocate();
        try {
            file.write(page, address, block);
        } catch (RuntimeException | Error e) {
            file.free(block);
            throw e;
        }
        take(page, block);
        if (asInMemory) {
            int old = state.block;
            state.block = block;
            state.dirty = false;
            state.release(file, old);
        }
    }

    /** The superblock of the checkpoint is durable: what only the one before referred to is free. */
    public void finish() {
        for (Page page = written.poll(); page != null; page = written.poll()) {
            page.latchAttachment();
            PageState state = page.state;
            int old = state.checkpointBlock;
            state.checkpointBlock = state.nextCheckpointBlock;
            state.nextCheckpointBlock = PageState.NOWHERE;
            state.release(file, old);
            page.unlatchExclusive();
        }
        synchronized (discarded) {
            for (int i = 0; i < doomedAtBegin; i++) {
                file.free(doomed.get(i));
            }
            doomed.subList(0, doomedAtBegin).clear();
            doomedAtBegin = 0;
        }
    }

    int doomedBlocks() {
        synchronized (discarded) {
            return doomed.size();
        }
    }

    /** A relation is gone: its blocks are freed now or, if a checkpoint is running, at its end. */
    void discard(PageSpace space) {
        if (running.tryLock()) {
            try {
                release(space);
            } finally {
                running.unlock();
            }
        } else {
            synchronized (discarded) {
                discarded.add(space);
            }
        }
    }

    private void release(PageSpace space) {
        space.markDiscarded();
        pool.release(space);
        synchronized (discarded) {
            for (int i = 0; i < space.count(); i++) {
                Page page = space.page(i);
                PageState state = page.state;
                int block = state.block;
                int next = state.nextCheckpointBlock;
                state.block = PageState.NOWHERE;
                state.nextCheckpointBlock = PageState.NOWHERE;
                state.release(file, block);
                if (next != block) {
                    state.release(file, next);
                }
                if (next != PageState.NOWHERE) {
                    written.remove(page);
                }
                if (state.checkpointBlock != PageState.NOWHERE) {
                    doomed.add(state.checkpointBlock);
                    state.checkpointBlock = PageState.NOWHERE;
                }
            }
        }
    }
}
