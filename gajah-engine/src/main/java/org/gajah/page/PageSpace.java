package org.gajah.page;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The pages of one relation, numbered from 0. */
public final class PageSpace {
    private static final int CHUNK = 1024;

    private final BufferPool pool;
    private final int database;
    private final int relation;
    private volatile AtomicReferenceArray<Page>[] chunks = newChunks(1);
    private volatile int count;
    private final ArrayDeque<Page> freePages = new ArrayDeque<>();

    PageSpace(BufferPool pool, int database, int relation) {
        this.pool = pool;
        this.database = database;
        this.relation = relation;
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
        pool.loadFresh(page);
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

    /** Notes a page as free when the space is opened. */
    synchronized void noteFree(Page page) {
        page.state.free = true;
        freePages.addLast(page);
    }
}
