package org.gajah.server.embed;

/** Bytes on their way, in order; grows as it must. Not safe for several threads. */
final class ByteRing {
    private static final int FIRST_BYTES = 1 << 13;

    private byte[] ring = new byte[FIRST_BYTES];
    private int start;
    private int count;

    int count() {
        return count;
    }

    void put(byte[] from, int offset, int length) {
        if (ring.length - count < length) {
            grow(length);
        }
        int at = (start + count) % ring.length;
        int first = Math.min(length, ring.length - at);
        System.arraycopy(from, offset, ring, at, first);
        System.arraycopy(from, offset + first, ring, 0, length - first);
        count += length;
    }

    private void grow(int length) {
        byte[] larger = new byte[(int) Math.min(Integer.MAX_VALUE - 16, Math.max(2L * ring.length, (long) count + length))];
        int kept = count;
        take(larger, 0, kept);
        ring = larger;
        start = 0;
        count = kept;
    }

    /** Takes at most {@code length} bytes out; how many. */
    int take(byte[] into, int offset, int length) {
        int some = Math.min(length, count);
        int first = Math.min(some, ring.length - start);
        System.arraycopy(ring, start, into, offset, first);
        System.arraycopy(ring, 0, into, offset + first, some - first);
        start = (start + some) % ring.length;
        count -= some;
        if (count == 0) {
            start = 0;
            if (ring.length > 8 * FIRST_BYTES) {
                ring = new byte[FIRST_BYTES];
            }
        }
        return some;
    }
}
