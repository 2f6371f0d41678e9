package org.gajah.func;

import java.util.function.Consumer;

/**
 * A session's sequence of random numbers: xoroshiro128**, seeded unpredictably on first use or by setseed. Not for secrets.
 * Belongs to one session.
 */
public final class SessionRandom {
    private final Consumer<byte[]> entropy;
    private boolean seeded;
    private long s0;
    private long s1;

    /** {@code entropy} fills an array with unpredictable bytes. */
    public SessionRandom(Consumer<byte[]> entropy) {
        this.entropy = entropy;
    }

    /** Fills an array with unpredictable bytes, whatever the seed. */
    public void unpredictable(byte[] target) {
        entropy.accept(target);
    }

    private static long mix(long value) {
        long v = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        v = (v ^ v >>> 27) * 0x94D049BB133111EBL;
        return v ^ v >>> 31;
    }

    /** Restarts the sequence from a seed between -1 and 1, as PostgreSQL does. */
    void seed(double seed) {
        long state = (long) (((1L << 52) - 1) * seed);
        s0 = mix(state += 0x9E3779B97F4A7C15L);
        s1 = mix(state + 0x9E3779B97F4A7C15L);
        seeded = true;
    }

    /** The next 64 bits. */
    long next() {
        if (!seeded) {
            byte[] bytes = new byte[16];
            entropy.accept(bytes);
            for (int i = 0; i < 8; i++) {
                s0 = s0 << 8 | bytes[i] & 0xff;
                s1 = s1 << 8 | bytes[i + 8] & 0xff;
            }
            s1 |= s0 == 0 && s1 == 0 ? 1 : 0;
            seeded = true;
        }
        long a = s0;
        long b = s1 ^ a;
        long result = Long.rotateLeft(a * 5, 7) * 9;
        s0 = Long.rotateLeft(a, 24) ^ b ^ b << 16;
        s1 = Long.rotateLeft(b, 37);
        return result;
    }

    /** Between 0 (inclusive) and 1 (exclusive). */
    double nextDouble() {
        return (next() >>> 12) * 0x1p-52;
    }

    /** Between both bounds, inclusive. */
    long between(long low, long high) {
        long range = high - low;
        if (range == 0) {
            return low;
        }
        int shift = Long.numberOfLeadingZeros(range);
        long value;
        do {
            value = next() >>> shift;
        } while (Long.compareUnsigned(value, range) > 0);
        return low + value;
    }
}
