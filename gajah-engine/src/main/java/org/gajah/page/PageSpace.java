package org.gajah.page;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The pages of one relation, numbered from 0. */
public final class PageSpace {
    private static final int CHUNK = 1024;

    private final BufferPool pool;
    private final int database;
    private final int relation;
    private final boolean overflow;
    private volatile PageImages images = PageImages.AS_THEY_ARE;
    private volatile boolean discarded;
    private volatile boolean inCheckpoint;
    private volatile AtomicReferenceArray<Page>[] chunks = newChunks(1);
    private volatile int count;
    private final ArrayDeque<Page> freePages = new ArrayDeque<>();

    PageSpace(BufferPool pool, int database, int relation, boolean overflow) {
        this.pool = pool;
        this.database = database;
        this.relation = relation;
        this.overflow = overflow;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicReferenceArray<Page>[] newChunks(int n) {
        return new AtomicReferenceArray[n];
    }

    public BufferPool pool() {
        return pool;
    }

    public int database() {
        return database;
    }

    public int relation() {
        return relation;
    }

    /** What page images carry besides number and relation. */
    int identity() {
        return overflow ? ~database : database;
    }

    /** Says how checkpoint images of this space's pages are made. */
    public void setImages(PageImages how) {
        images = how;
    }

    PageImages images() {
        return images;
    }

    boolean isDiscarded() {
        return discarded;
    }

    void markDiscarded() {
        discarded = true;
    }

    boolean isInCheckpoint() {
        return inCheckpoint;
    }

    /** Whether the checkpoint that is beginning refers to this space. The gate is closed. */
    public void setInCheckpoint(boolean included) {
        inCheckpoint = included;
    }

    /** Blocks of the pages for the checkpoint's map, -1 for a free page; between writing pages and finishing. */
    public int[] checkpointMap(int pages, java.util.BitSet freed) {
        int[] map = new int[pages];
        for (int i = 0; i < pages; i++) {
            Page page = page(i);
            page.latchAttachment();
            PageState state = page.state;
            int block = state.nextCheckpointBlock != PageState.NOWHERE ? state.nextCheckpointBlock : state.checkpointBlock;
            page.unlatchExclusive();
            map[i] = freed.get(i) ? PageState.NOWHERE : block;
            if (map[i] == PageState.NOWHERE && !freed.get(i)) {
                throw new IllegalStateException("page " + i + " of relation " + relation + " has no checkpoint image");
            }
        }
        return map;
    }

    /** Copies all pages into an empty space, as of {@code lastCsn}. Nobody is changing them. */
    public void copyTo(PageSpace target, long lastCsn) {
        for (int i = 0; i < count; i++) {
            Page source = page(i).pin();
            long ticket = pool.gate().enter();
            Page copy = target.allocate();
            source.latchExclusive();
            try {
                Memory.copy(source.address(), Page.CONTENT, copy.address(), Page.CONTENT, Memory.PAGE_SIZE - Page.CONTENT);
                if (source.attachment() != null) {
                    images.settle(source, copy.address(), lastCsn);
                }
            } finally {
                source.unlatchExclusive();
                copy.unlatchExclusive();
                pool.gate().leave(ticket);
                source.unpin();
                copy.unpin();
            }
        }
        for (int number : freePages().stream().toArray()) {
            long ticket = pool.gate().enter();
            Page copy = target.page(number).pin();
            copy.latchExclusive();
            target.free(copy);
            pool.gate().leave(ticket);
        }
    }

    /** Numbers of the pages on the free list. */
    public synchronized java.util.BitSet freePages() {
        java.util.BitSet numbers = new java.util.BitSet();
        freePages.forEach(page -> numbers.set(page.number()));
        return numbers;
    }

    /** Adds the pages of a checkpoint's map, when the space is opened. */
    public void restore(int[] map) {
        for (int block : map) {
            Page page = add();
            if (block == PageState.NOWHERE) {
                noteFree(page);
            } else {
                pool.file().claim(block);
                page.state.block = block;
                page.state.checkpointBlock = block;
            }
        }
    }

    /** Blocks of the file that hold images of these pages; exact while nothing is written. */
    public int blocksInUse() {
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            PageState state = page(i).state;
            blocks += (int) java.util.stream.IntStream.of(state.block, state.checkpointBlock, state.nextCheckpointBlock)
                    .filter(block -> block != PageState.NOWHERE).distinct().count();
        }
        return blocks;
    }

    /** Pages there are, freed ones included. */
    public int count() {
        return count;
    }

    /** The page of this number; not pinned. */
    public Page page(int number) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException("page " + number + " of " + count);
        }
        return chunks[number / CHUNK].get(number % CHUNK);
    }

    /** A page of zeros from {@link Page#CONTENT} on, pinned, latched exclusively and dirty: a freed one or one more. */
    public Page allocate() {
        Page page;
        synchronized (this) {
            page = freePages.pollFirst();
            if (page == null) {
                page = add();
            }
        }
        return loadFresh(page);
    }

    private Page loadFresh(Page page) {
        try {
            pool.loadFresh(page);
        } catch (RuntimeException | Error e) {
            noteFree(page);
            throw e;
        }
        return page;
    }

    /** The page of this number, pinned and latched exclusively: if it was a freed one, it is as {@link #allocate} makes it. */
    public Page takeBack(int number) {
        Page page = page(number);
        boolean freed;
        synchronized (this) {
            freed = page.state.free && freePages.remove(page);
        }
        if (freed) {
            return loadFresh(page);
        }
        page.pin();
        page.latchExclusive();
        return page;
    }

    /** Adds a page object with the next number. */
    synchronized Page add() {
        int number = count;
        if (number == Integer.MAX_VALUE) {
            throw new IllegalStateException("relation is full");
        }
        AtomicReferenceArray<Page>[] all = chunks;
        int chunk = number / CHUNK;
        if (chunk >= all.length) {
            AtomicReferenceArray<Page>[] more = newChunks(Math.max(chunk + 1, all.length * 2));
            System.arraycopy(all, 0, more, 0, all.length);
            all = more;
        }
        if (all[chunk] == null) {
            all[chunk] = new AtomicReferenceArray<>(CHUNK);
        }
        Page page = new Page(this, number);
        all[chunk].set(number % CHUNK, page);
        chunks = all;
        count = number + 1;
        return page;
    }

    /**
     * Gives a page back, which is pinned and latched exclusively and on which nobody may rely any more; releases latch and pin.
     * Optimistic readers notice; readers that get it from now on see whatever {@link #allocate} makes of it.
     */
    public void free(Page page) {
        page.beforeChange();
        Memory.fill(page.address(), Page.CONTENT, Memory.PAGE_SIZE - Page.CONTENT, 0);
        page.state.free = true;
        page.unlatchExclusive();
        page.unpin();
        synchronized (this) {
            freePages.addLast(page);
        }
    }

    /** Notes a page as free, when the space is opened or when there was no memory for it. */
    synchronized void noteFree(Page page) {
        page.state.free = true;
        freePages.addLast(page);
    }
}
