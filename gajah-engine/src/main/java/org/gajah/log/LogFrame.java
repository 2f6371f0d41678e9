package org.gajah.log;

import org.gajah.base.Slice;

/**
 * One frame as read back. On disk, little-endian: crc32c of all that follows (4), length of the payload (4), position (8), durable
 * up to (8), type (4), number of the last checkpoint (4), xid (8), csn (8), payload, zeros up to a multiple of 8.
 *
 * @param position where it begins
 * @param end where the next one begins
 * @param checkpoint the number of the last checkpoint that was complete when this was written
 */
public record LogFrame(long position, long end, int type, int checkpoint, long xid, long csn, Slice payload) {
    /** A whole transaction, or the last part of one. */
    public static final int COMMIT = 1;
    /** An earlier part of a large transaction. */
    public static final int FRAGMENT = 2;
    /** A change outside of transactions. */
    public static final int IMMEDIATE = 3;
    /** The transaction whose fragments stand before was rolled back. */
    public static final int ABORT = 4;

    static final int HEADER = 48;

    static int aligned(int payload) {
        return Math.addExact(HEADER + 7, payload) & ~7;
    }
}
