package org.gajah.base;

import java.util.concurrent.atomic.AtomicLong;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * A node of the tree that memory is granted from: the process, a cluster's sessions, what they run. What a node has reserved
 * counts in all nodes above it, and a reservation that one of them has no room for changes nothing. Safe for several threads.
 */
public final class MemoryBudget implements AutoCloseable {
    /** Reservations are rounded up to this. */
    public static final long STEP_BYTES = 64 << 10;

    private static final MemoryBudget HEAP = new MemoryBudget("server", null, Runtime.getRuntime().maxMemory() / 8 * 5);

    private static final long LARGE_BYTES = 64 << 10;
    private static final ThreadLocal<Claims> CLAIMS = ThreadLocal.withInitial(Claims::new);

    /** What a thread that runs a statement has claimed since it was last through with a batch. */
    private static final class Claims {
        private boolean counted;
        private long bytes;
    }

    private final String name;
    private final MemoryBudget parent;
    private final long limitBytes;
    private final AtomicLong reserved = new AtomicLong();

    private MemoryBudget(String name, MemoryBudget parent, long limitBytes) {
        this.name = name;
        this.parent = parent;
        this.limitBytes = limitBytes;
    }

    /** The root: five eighths of the heap, which all clusters of the process share as they share the heap. */
    public static MemoryBudget ofHeap() {
        return HEAP;
    }

    /**
     * Asked before a large value is made whose size follows from somebody's data: 53200 if the heap has no room for it. What a thread
     * that runs a statement has claimed counts until it is through with its batch of rows; other threads are not asked.
     */
    public static void claim(long bytes) {
        if (bytes >= LARGE_BYTES) {
            Claims claims = CLAIMS.get();
            if (claims.counted) {
                HEAP.reserve(bytes);
                claims.bytes += bytes;
            }
        }
    }

    /** The calling thread begins ({@code true}) or ends a statement; what was said before, to be said again. */
    public static boolean countClaims(boolean counted) {
        endClaims();
        Claims claims = CLAIMS.get();
        boolean before = claims.counted;
        claims.counted = counted;
        return before;
    }

    /** The calling thread is through with a batch of rows: what it claimed for their values is forgotten, or kept and accounted for. */
    public static void endClaims() {
        Claims claims = CLAIMS.get();
        if (claims.bytes != 0) {
            HEAP.release(claims.bytes);
            claims.bytes = 0;
        }
    }

    /** A node below this one. */
    public MemoryBudget child(String childName, long childLimitBytes) {
        return new MemoryBudget(childName, this, childLimitBytes);
    }

    /** Reserves so many bytes here and above; false, and nothing is reserved, if there is no room. */
    public boolean tryReserve(long bytes) {
        if (reserved.addAndGet(bytes) > limitBytes || parent != null && !parent.tryReserve(bytes)) {
            reserved.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** As {@link #tryReserve}, but 53200 if there is no room. */
    public void reserve(long bytes) {
        if (!tryReserve(bytes)) {
            throw refusal(bytes);
        }
    }

    /** What a refused reservation is reported as. */
    public SqlError refusal(long bytes) {
        return new SqlError(SqlState.OUT_OF_MEMORY, "out of memory")
                .detail("Failed on request of size " + bytes + " in memory context \"" + name + "\".");
    }

    /** Gives back what was reserved. */
    public void release(long bytes) {
        if (bytes != 0) {
            reserved.addAndGet(-bytes);
            if (parent != null) {
                parent.release(bytes);
            }
        }
    }

    public long reservedBytes() {
        return reserved.get();
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** Gives back everything that is still reserved here. */
    @Override
    public void close() {
        long left = reserved.getAndSet(0);
        if (parent != null) {
            parent.release(left);
        }
    }
}
