package org.gajah.page;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.DiskFile;
import org.gajah.base.FailureLatch;
import org.gajah.base.MemoryDisk;

/**
 * The memory of pages: hands out frames, and takes them from pages that were not used for a while (clock with one second chance).
 *
 * <p>A page's pin count says who has it: above 0 pinned, 0 resident, {@link #EVICTING} about to leave, {@link #ABSENT} not in memory.
 */
public final class BufferPool implements AutoCloseable {
    static final int ABSENT = -1;
    static final int EVICTING = -2;

    private final ChangeGate gate = new ChangeGate();
    private final FailureLatch failures;
    private final BlockFile file;
    private final Frames frames;
    private final Checkpointing checkpointing;
    private final Superblocks superblocks;
    /** Resident pages, in no order; guarded by itself. */
    private final List<Page> resident = new ArrayList<>();
    private int hand;

    /** A pool of at most {@code limit} pages over a data file. */
    public BufferPool(DiskFile file, FailureLatch failures, int limit) {
        this.failures = failures;
        this.file = new BlockFile(file, failures);
        this.frames = new Frames(limit);
        this.checkpointing = new Checkpointing(this, this.file);
        this.superblocks = new Superblocks(this.file);
    }

    /** A pool over memory, for structures that live by themselves. */
    public BufferPool() {
        this(new MemoryDisk().create(Superblocks.FILE_NAME), new FailureLatch(), 1 << 16);
    }

    /** What every change of pages passes through. */
    public ChangeGate gate() {
        return gate;
    }

    /** What whoever fails half way through a change of pages must set. */
    public FailureLatch failures() {
        return failures;
    }

    /** The checkpoints of this pool's pages. */
    public Checkpointing checkpointing() {
        return checkpointing;
    }

    /** Where the state of the database is rooted. */
    public Superblocks superblocks() {
        return superblocks;
    }

    /** Blocks of the file in use, for whatever. */
    public int usedBlocks() {
        return file.usedBlocks();
    }

    /** Blocks of the file in use for other things than pages of relations that exist; exact while nothing is written. */
    public int blocksBesidePages() {
        return BlockFile.FIRST_BLOCK + superblocks.directoryBlockCount() + checkpointing.doomedBlocks();
    }

    BlockFile file() {
        return file;
    }

    /** An empty space for a relation's main pages. */
    public PageSpace createSpace(int database, int relation) {
        return createSpace(database, relation, false);
    }

    /** An empty space for a relation's main or overflow pages. */
    public PageSpace createSpace(int database, int relation, boolean overflow) {
        return new PageSpace(this, database, relation, overflow);
    }

    /** Makes the page resident and pins it. */
    void load(Page page) {
        for (int spins = 0;; spins++) {
            synchronized (page) {
                int pins = page.pins;
                if (pins >= 0) {
                    page.pin();
                    return;
                }
                if (pins == ABSENT) {
                    read(page);
                    return;
                }
            }
            Page.relax(spins);
        }
    }

    private void read(Page page) {
        long frame = takeFrame();
        try {
            if (page.state.block == PageState.NOWHERE) {
                Memory.fill(frame, 0, Memory.PAGE_SIZE, 0);
            } else {
                file.read(page, frame, page.state.block);
            }
        } catch (RuntimeException | Error e) {
            frames.give(frame);
            throw e;
        }
        admit(page, frame);
    }

    private void admit(Page page, long frame) {
        page.address = frame;
        page.recent = true;
        synchronized (resident) {
            resident.add(page);
        }
        page.pins = 1;
    }

    /** Makes a page of zeros resident, pinned, latched exclusively and dirty. */
    void loadFresh(Page page) {
        page.pin();
        page.latchExclusive();
        page.state.free = false;
        try {
            page.beforeChange();
        } catch (RuntimeException | Error e) {
            page.unlatchExclusive();
            page.unpin();
            throw e;
        }
        Memory.fill(page.address(), 0, Memory.PAGE_SIZE, 0);
    }

    private long takeFrame() {
        for (int attempts = 0; attempts < 1000; attempts++) {
            long frame = frames.take();
            if (frame != 0) {
                return frame;
            }
            frame = evict();
            if (frame != 0) {
                return frame;
            }
            Thread.yield();
        }
        throw new SqlError(SqlState.INSUFFICIENT_RESOURCES, "no unpinned buffers available");
    }

    /** Throws a page out and returns its frame; 0 if none was found this time. */
    private long evict() {
        Page victim = victim();
        if (victim == null) {
            return 0;
        }
        victim.latchAttachment();
        try {
            writeOut(victim);
        } catch (RuntimeException | Error e) {
            victim.unlatchExclusive();
            synchronized (resident) {
                resident.add(victim);
            }
            victim.pins = 0;
            throw e;
        }
        long frame = victim.address;
        victim.address = 0;
        victim.unlatchExclusive();
        victim.pins = ABSENT;
        return frame;
    }

    private void writeOut(Page page) {
        checkpointing.beforeLeaving(page);
        PageState state = page.state;
        if (state.dirty) {
            int block = file.allocate();
            try {
                file.write(page, page.address, block);
            } catch (RuntimeException | Error e) {
                file.free(block);
                throw e;
            }
            int old = state.block;
            state.block = block;
            state.dirty = false;
            state.release(file, old);
        }
    }

    /** A claimed page, taken off the table of resident ones; null if all seem to be pinned. */
    private Page victim() {
        synchronized (resident) {
            for (int looks = resident.size() * 2 + 1; looks > 0 && !resident.isEmpty(); looks--) {
                if (hand >= resident.size()) {
                    hand = 0;
                }
                Page page = resident.get(hand);
                if (page.pins == 0) {
                    if (page.recent) {
                        page.recent = false;
                    } else if (page.tryClaim()) {
                        forget(hand);
                        return page;
                    }
                } else if (page.pins == ABSENT) {
                    forget(hand);
                    continue;
                }
                hand++;
            }
            return null;
        }
    }

    private void forget(int index) {
        Page last = resident.removeLast();
        if (index < resident.size()) {
            resident.set(index, last);
        }
    }

    void beforeChange(Page page) {
        checkpointing.beforeChange(page);
    }

    /** Gives all pages of a space back; nobody uses it any more. */
    public void discard(PageSpace space) {
        checkpointing.discard(space);
    }

    /** Takes the memory of a discarded space's pages. */
    void release(PageSpace space) {
        for (int i = 0; i < space.count(); i++) {
            Page page = space.page(i);
            for (int spins = 0; page.pins != ABSENT; spins++) {
                if (page.tryClaim()) {
                    page.latchAttachment();
                    frames.give(page.address);
                    page.address = 0;
                    page.unlatchExclusive();
                    page.pins = ABSENT;
                } else {
                    Page.relax(spins);
                }
            }
        }
        synchronized (resident) {
            resident.removeIf(p -> p.space() == space);
            hand = 0;
        }
    }

    /** Leaves the memory to other pools. No page is used any more. */
    @Override
    public void close() {
        synchronized (resident) {
            for (Page page : resident) {
                if (page.address != 0) {
                    frames.give(page.address);
                    page.address = 0;
                    page.pins = ABSENT;
                }
            }
            resident.clear();
        }
        frames.close();
        file.close();
    }
}
