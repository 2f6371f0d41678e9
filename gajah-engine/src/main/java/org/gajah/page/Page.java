package org.gajah.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One page of a {@link PageSpace}: the pin, the latch, and where its bytes are. It exists as long as its space, whether or not the
 * bytes are in memory.
 *
 * <p>The latch word holds an exclusive flag, the number of shared holders and a version that changes with every release of an
 * exclusive latch and every eviction. Latches need a pin; optimistic reading ({@link #readVersion}, {@link #residentAddress},
 * {@link #validate}) does not.
 */
public final class Page {
    /** Where the content begins; before it stand the checksum and the page's identity. */
    public static final int CONTENT = 16;

    private static final long EXCLUSIVE = 1;
    private static final long ONE_SHARED = 2;
    private static final long SHARED_MASK = 0xfffe;
    private static final long ONE_VERSION = 0x10000;
    /** {@link #readVersion}'s answer while someone changes the page. */
    public static final long BUSY = -1;
    private static final VarHandle LATCH;
    private static final VarHandle PINS;

    static {
        try {
            LATCH = MethodHandles.lookup().findVarHandle(Page.class, "latch", long.class);
            PINS = MethodHandles.lookup().findVarHandle(Page.class, "pins", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PageSpace space;
    private final int number;
    private volatile long latch;
    /** Holders of the page's memory, or what {@link BufferPool} says instead. */
    volatile int pins = BufferPool.ABSENT;
    volatile long address;
    /** Whether it was used since the clock hand passed. */
    boolean recent;
    /** What the owner of the space keeps beside the page; guarded by the latch. */
    private volatile Object attachment;
    final PageState state = new PageState();

    Page(PageSpace space, int number) {
        this.space = space;
        this.number = number;
    }

    public PageSpace space() {
        return space;
    }

    /** The number within the space. */
    public int number() {
        return number;
    }

    /** Makes the bytes resident and keeps them so until {@link #unpin}. Returns this. */
    public Page pin() {
        for (;;) {
            int n = pins;
            if (n < 0) {
                space.pool().load(this);
                return this;
            }
            if (PINS.compareAndSet(this, n, n + 1)) {
                if (!recent) {
                    recent = true;
                }
                return this;
            }
        }
    }

    public void unpin() {
        int before = (int) PINS.getAndAdd(this, -1);
        assert before > 0 : "unpin without pin";
    }

    /** Claims an unpinned page for eviction; its memory is then the caller's. */
    boolean tryClaim() {
        return PINS.compareAndSet(this, 0, BufferPool.EVICTING);
    }

    /** The address of the bytes; only under a pin. */
    public long address() {
        return address;
    }

    /** The address of the bytes, or 0 if they are not in memory; for optimistic readers. */
    public long residentAddress() {
        if (!recent) {
            recent = true;
        }
        return address;
    }

    /** Whatever the space's owner keeps beside the page (row versions); null if nothing. Guarded by the latch. */
    public Object attachment() {
        return attachment;
    }

    public void attach(Object beside) {
        attachment = beside;
    }

    // ---- latch

    /** The version for {@link #validate}, or {@link #BUSY}. */
    public long readVersion() {
        long word = latch;
        return (word & EXCLUSIVE) != 0 ? BUSY : word & ~SHARED_MASK;
    }

    /** Whether nothing has changed since {@link #readVersion} said {@code version}; then what was read in between is good. */
    public boolean validate(long version) {
        VarHandle.acquireFence();
        return version != BUSY && (latch & ~SHARED_MASK) == version;
    }

    public void latchShared() {
        assert pins > 0 : "latch without pin";
        for (int spins = 0;; spins++) {
            long word = latch;
            if ((word & EXCLUSIVE) == 0 && LATCH.compareAndSet(this, word, word + ONE_SHARED)) {
                return;
            }
            relax(spins);
        }
    }

    public void unlatchShared() {
        long before = (long) LATCH.getAndAdd(this, -ONE_SHARED);
        assert (before & SHARED_MASK) != 0 : "not latched";
    }

    public void latchExclusive() {
        assert pins > 0 : "latch without pin";
        for (int spins = 0; !tryLatchExclusive(); spins++) {
            relax(spins);
        }
    }

    public boolean tryLatchExclusive() {
        long word = latch;
        return (word & (EXCLUSIVE | SHARED_MASK)) == 0 && LATCH.compareAndSet(this, word, word | EXCLUSIVE);
    }

    /** Latches exclusively if nothing has changed since {@link #readVersion} said {@code version}. Needs a pin. */
    public boolean tryLatchExclusive(long version) {
        assert pins > 0 : "latch without pin";
        return version != BUSY && LATCH.compareAndSet(this, version, version | EXCLUSIVE);
    }

    public void unlatchExclusive() {
        long before = (long) LATCH.getAndAdd(this, ONE_VERSION - EXCLUSIVE);
        assert (before & EXCLUSIVE) != 0 : "not latched";
    }

    /** Latches exclusively what is kept beside the page, which needs no pin; to be released by {@link #unlatchExclusive}. */
    public void latchAttachment() {
        for (int spins = 0; !tryLatchExclusive(); spins++) {
            relax(spins);
        }
    }

    static void relax(int spins) {
        if (spins < 64) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /**
     * To be called under the exclusive latch before the first byte is changed: marks the page dirty and, if a checkpoint is under
     * way that has not written it yet, writes its state as of the checkpoint first.
     */
    public void beforeChange() {
        space.pool().beforeChange(this);
    }

    /** Whether a checkpoint under way has yet to write the page's state as of its beginning. The page is latched exclusively. */
    public boolean isAwaitedByCheckpoint() {
        return space.pool().checkpointing().isDue(this);
    }

    /** Writes what {@link #isAwaitedByCheckpoint} tells of, before something beside the page that its image needs is forgotten. Needs a pin. */
    public void keepImage() {
        space.pool().checkpointing().keepImage(this);
    }
}
