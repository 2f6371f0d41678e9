package org.gajah.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.page.Memory;
import org.gajah.page.Page;
import org.gajah.page.PageSpace;
import org.gajah.txn.TransactionState;

/**
 * Values too long for their row's page, in pieces on pages of their own. A piece: bytes from here to the value's end (4), page and slot
 * of the next piece (4, 2), its own bytes. Unversioned: whoever can reach a pointer may read, and the last one who could frees.
 *
 * <p>An overflow page: kind (byte 16), slots (18), lowest byte in use (20), free bytes in all (24), from 32 on offset and length of each
 * piece, a length of 0 being free. Latched after the row's page, one at a time.
 */
final class Overflow {
    static final int KIND_OVERFLOW = 2;
    /** Takes nothing and gives nothing: for images that are thrown away. */
    static final Overflow NOWHERE = new Overflow();

    private static final int KIND = 16;
    private static final int SLOTS = 18;
    private static final int TOP = 20;
    private static final int FREE = 24;
    private static final int ENTRIES = 32;
    private static final int HEADER = 12;
    private static final int PIECE = 8000;
    /** No piece. */
    private static final long NONE = -1;

    /** Takes values. */
    @FunctionalInterface
    interface Target {
        /** Stores a value; returns the pointer to it. */
        long write(byte[] bytes, int offset, int length);
    }

    private final PageSpace space;
    private final LooseValues loose = new LooseValues();
    /** Pages that may have room; guarded by itself. */
    private final BitSet withRoom = new BitSet();

    Overflow(PageSpace space) {
        this.space = space;
    }

    private Overflow() {
        space = null;
    }

    PageSpace space() {
        return space;
    }

    LooseValues loose() {
        return loose;
    }

    /** Whether there may be any value. */
    boolean isUsed() {
        return space.count() > 0;
    }

    /** Takes values that a running transaction writes, and notes in {@code unplaced} that no row refers to them yet. */
    Target writtenBy(TransactionState writer, List<Long> unplaced) {
        return (bytes, offset, length) -> {
            long pointer = write(bytes, offset, length);
            loose.written(pointer, writer);
            unplaced.add(pointer);
            return pointer;
        };
    }

    /** Pages that may have room. */
    int[] roomyPages() {
        synchronized (withRoom) {
            return withRoom.stream().toArray();
        }
    }

    /** Notes that a page may have room. */
    void addRoom(int page) {
        synchronized (withRoom) {
            withRoom.set(page);
        }
    }

    private void removeRoom(int page) {
        synchronized (withRoom) {
            withRoom.clear(page);
        }
    }

    /** Stores a value; returns the pointer to it. */
    long write(byte[] bytes, int offset, int length) {
        if (this == NOWHERE) {
            throw new IllegalStateException("no room for a value that was on the page before");
        }
        long next = NONE;
        int end = length;
        try {
            do {
                int piece = end % PIECE == 0 && end > 0 ? PIECE : end % PIECE;
                next = writePiece(bytes, offset + end - piece, piece, length - (end - piece), next);
                end -= piece;
            } while (end > 0);
        } catch (SqlError e) {
            free(next);
            throw e;
        }
        return next;
    }

    private long writePiece(byte[] bytes, int offset, int length, int rest, long next) {
        int size = HEADER + length;
        Page page = pageFor(size);
        try {
            long a = page.address();
            if (Memory.getInt(a, TOP) - ENTRIES - Memory.getUnsignedShort(a, SLOTS) * 4 < size + 4) {
                compact(a);
            }
            int slot = freeSlot(a);
            if (slot == Memory.getUnsignedShort(a, SLOTS)) {
                Memory.putShort(a, SLOTS, slot + 1);
                Memory.putInt(a, FREE, Memory.getInt(a, FREE) - 4);
            }
            int top = Memory.getInt(a, TOP) - size;
            Memory.putInt(a, top, rest);
            Memory.putInt(a, top + 4, (int) (next >> 16));
            Memory.putShort(a, top + 8, (int) next);
            Memory.putShort(a, top + 10, 0);
            Memory.put(a, top + HEADER, bytes, offset, length);
            Memory.putInt(a, TOP, top);
            Memory.putShort(a, ENTRIES + slot * 4, top);
            Memory.putShort(a, ENTRIES + slot * 4 + 2, size);
            Memory.putInt(a, FREE, Memory.getInt(a, FREE) - size);
            return (long) page.number() << 16 | slot;
        } finally {
            page.unlatchExclusive();
            page.unpin();
        }
    }

    private static int freeSlot(long a) {
        int slots = Memory.getUnsignedShort(a, SLOTS);
        for (int i = 0; i < slots; i++) {
            if (Memory.getShort(a, ENTRIES + i * 4 + 2) == 0) {
                return i;
            }
        }
        return slots;
    }

    /** A page with room, pinned, latched exclusively and ready for change. */
    private Page pageFor(int size) {
        for (;;) {
            int number;
            synchronized (withRoom) {
                number = withRoom.length() - 1;
            }
            if (number < 0) {
                break;
            }
            Page page = space.page(number).pin();
            page.latchExclusive();
            if (Memory.getByte(page.address(), KIND) == KIND_OVERFLOW
                    && Memory.getInt(page.address(), FREE) >= size + 4) {
                page.beforeChange();
                return page;
            }
            removeRoom(number);
            page.unlatchExclusive();
            page.unpin();
        }
        Page page = space.allocate();
        long a = page.address();
        Memory.putByte(a, KIND, KIND_OVERFLOW);
        Memory.putInt(a, TOP, Memory.PAGE_SIZE);
        Memory.putInt(a, FREE, Memory.PAGE_SIZE - ENTRIES);
        addRoom(page.number());
        return page;
    }

    private static void compact(long a) {
        int top = Memory.getInt(a, TOP);
        byte[] old = new byte[Memory.PAGE_SIZE - top];
        Memory.get(a, top, old, 0, old.length);
        int to = Memory.PAGE_SIZE;
        int slots = Memory.getUnsignedShort(a, SLOTS);
        for (int i = 0; i < slots; i++) {
            int length = Memory.getUnsignedShort(a, ENTRIES + i * 4 + 2);
            if (length > 0) {
                to -= length;
                Memory.put(a, to, old, Memory.getUnsignedShort(a, ENTRIES + i * 4) - top, length);
                Memory.putShort(a, ENTRIES + i * 4, to);
            }
        }
        Memory.putInt(a, TOP, to);
    }

    /** The whole value. */
    byte[] read(long pointer) {
        byte[] value = new byte[0];
        int done = 0;
        long at = pointer;
        do {
            Page page = space.page((int) (at >>> 16)).pin();
            page.latchShared();
            try {
                long a = page.address();
                int entry = entryOf(a, at);
                int offset = Memory.getUnsignedShort(a, entry);
                int piece = Memory.getUnsignedShort(a, entry + 2) - HEADER;
                int rest = Memory.getInt(a, offset);
                if (at == pointer) {
                    value = new byte[rest];
                } else if (rest != value.length - done || piece > rest) {
                    throw corrupt(at);
                }
                Memory.get(a, offset + HEADER, value, done, piece);
                done += piece;
                at = next(a, offset);
            } finally {
                page.unlatchShared();
                page.unpin();
            }
        } while (done < value.length);
        return value;
    }

    /** Where the pieces of a value are. */
    List<Long> pieces(long pointer) {
        List<Long> pieces = new ArrayList<>();
        for (long at = pointer; at != NONE;) {
            pieces.add(at);
            Page page = space.page((int) (at >>> 16)).pin();
            page.latchShared();
            try {
                long a = page.address();
                int entry = entryOf(a, at);
                int offset = Memory.getUnsignedShort(a, entry);
                boolean last = Memory.getInt(a, offset) == Memory.getUnsignedShort(a, entry + 2) - HEADER;
                at = last ? NONE : next(a, offset);
            } finally {
                page.unlatchShared();
                page.unpin();
            }
        }
        return pieces;
    }

    /** The pieces on a page, whosever they are. The page is latched. */
    static List<Long> piecesOn(Page page) {
        List<Long> pieces = new ArrayList<>();
        long a = page.address();
        for (int slot = 0; Memory.getByte(a, KIND) == KIND_OVERFLOW && slot < Memory.getUnsignedShort(a, SLOTS); slot++) {
            if (Memory.getShort(a, ENTRIES + slot * 4 + 2) != 0) {
                pieces.add((long) page.number() << 16 | slot);
            }
        }
        return pieces;
    }

    private static long next(long a, int offset) {
        return (long) Memory.getInt(a, offset + 4) << 16 | Memory.getUnsignedShort(a, offset + 8);
    }

    private static int entryOf(long a, long at) {
        if (!isPiece(a, at)) {
            throw corrupt(at);
        }
        return ENTRIES + ((int) at & 0xffff) * 4;
    }

    private static boolean isPiece(long a, long at) {
        int slot = (int) at & 0xffff;
        return Memory.getByte(a, KIND) == KIND_OVERFLOW && slot < Memory.getUnsignedShort(a, SLOTS)
                && Memory.getShort(a, ENTRIES + slot * 4 + 2) != 0;
    }

    private static SqlError corrupt(long at) {
        return new SqlError(SqlState.DATA_CORRUPTED,
                "missing piece of a long value at overflow page " + (at >>> 16) + " slot " + (at & 0xffff));
    }

    boolean isSame(long pointer, byte[] bytes, int offset, int length) {
        byte[] value = read(pointer);
        return java.util.Arrays.equals(value, 0, value.length, bytes, offset, offset + length);
    }

    /** Gives a value's pieces back. */
    void free(long pointer) {
        if (this == NOWHERE) {
            return;
        }
        loose.freed(pointer);
        long at = pointer;
        try {
            while (at != NONE) {
                at = freePiece(at);
            }
        } catch (SqlError e) {
            loose.abandoned(at);
            throw e;
        }
    }

    /** Gives values back that nobody refers to any more. If the disk is full, those that are left are given back when the cluster is opened next. */
    void freeAll(long[] pointers) {
        for (int i = 0; i < pointers.length; i++) {
            try {
                free(pointers[i]);
            } catch (SqlError e) {
                for (int rest = i + 1; rest < pointers.length; rest++) {
                    loose.abandoned(pointers[rest]);
                }
                if (e.state() != SqlState.DISK_FULL) {
                    throw e;
                }
                return;
            }
        }
    }

    /** As {@link #free}, for a value that may be gone already; in what nobody else writes to. */
    void freeIfThere(long pointer) {
        int number = (int) (pointer >>> 16);
        if (number >= space.count()) {
            return;
        }
        Page page = space.page(number).pin();
        page.latchShared();
        boolean there = isPiece(page.address(), pointer);
        page.unlatchShared();
        page.unpin();
        if (there) {
            free(pointer);
        }
    }

    /** Frees a piece, and its page if that was the last one there; returns where the next piece is. */
    private long freePiece(long at) {
        Page page = space.page((int) (at >>> 16)).pin();
        page.latchExclusive();
        boolean empty = false;
        try {
            long a = page.address();
            int entry = entryOf(a, at);
            page.beforeChange();
            int offset = Memory.getUnsignedShort(a, entry);
            int size = Memory.getUnsignedShort(a, entry + 2);
            boolean last = Memory.getInt(a, offset) == size - HEADER;
            long next = next(a, offset);
            Memory.putInt(a, entry, 0);
            Memory.putInt(a, FREE, Memory.getInt(a, FREE) + size);
            empty = isEmpty(a);
            return last ? NONE : next;
        } finally {
            if (empty) {
                removeRoom(page.number());
                space.free(page);
            } else {
                addRoom(page.number());
                page.unlatchExclusive();
                page.unpin();
            }
        }
    }

    private static boolean isEmpty(long a) {
        return Memory.getInt(a, FREE) == Memory.PAGE_SIZE - ENTRIES - 4 * Memory.getUnsignedShort(a, SLOTS);
    }
}
