package org.gajah.btree;

import java.util.Arrays;
import org.gajah.base.Slice;
import org.gajah.table.EntryTree;

/**
 * A place in the order of entries: a key and a tid. Ranges are half open in terms of positions: a whole key reaches from
 * {@code (key, 0)} to {@code (key, AFTER_ALL)}.
 */
record Position(byte[] bytes, int offset, int length, long tid) implements Comparable<Position> {
    /** Above every tid, which have 48 bits. */
    static final long AFTER_ALL = 1L << 48;
    /** Below everything. */
    static final Position LOWEST = new Position(new byte[0], 0, 0, 0);
    /** Above everything. */
    static final Position HIGHEST = highest();

    private static Position highest() {
        byte[] bytes = new byte[EntryTree.MAX_KEY_LENGTH + 1];
        Arrays.fill(bytes, (byte) 0xff);
        return after(Slice.of(bytes));
    }

    static Position before(Slice key) {
        return new Position(key.array(), key.offset(), key.length(), 0);
    }

    static Position after(Slice key) {
        return new Position(key.array(), key.offset(), key.length(), AFTER_ALL);
    }

    static Position of(Slice key, long tid) {
        return new Position(key.array(), key.offset(), key.length(), tid);
    }

    /** The first place behind the entry at this one. */
    Position next() {
        return new Position(bytes, offset, length, tid + 1);
    }

    @Override
    public int compareTo(Position other) {
        int order = Arrays.compareUnsigned(bytes, offset, offset + length,
                other.bytes, other.offset, other.offset + other.length);
        return order != 0 ? order : Long.compare(tid, other.tid);
    }

    /** How many bytes both keys begin with. */
    int commonPrefix(Position other) {
        int mismatch = Arrays.mismatch(bytes, offset, offset + length,
                other.bytes, other.offset, other.offset + other.length);
        return mismatch < 0 ? length : mismatch;
    }

    /** The shortest position above {@code lower} and not above {@code this}. */
    Position separatorFrom(Position lower) {
        int common = commonPrefix(lower);
        return common < length ? new Position(bytes, offset, common + 1, 0) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position p && compareTo(p) == 0;
    }

    @Override
    public int hashCode() {
        return new Slice(bytes, offset, length).hashCode() * 31 + Long.hashCode(tid);
    }

    @Override
    public String toString() {
        return new Slice(bytes, offset, length).toHex() + "/" + tid;
    }
}
