package org.gajah.func;

import org.gajah.base.Slice;

/**
 * The hash that PostgreSQL's hash functions use (Jenkins' lookup3 with its own start value), so that hashtext and its like give
 * the numbers that applications keep, as advisory lock keys for instance. The wide form gives 64 bits and takes a seed.
 */
final class PgHash {
    private static final int START = 0x9e3779b9 + 3923095;

    private int a;
    private int b;
    private int c;

    private PgHash(int length, long seed) {
        a = START + length;
        b = a;
        c = a;
        if (seed != 0) {
            a += (int) (seed >>> 32);
            b += (int) seed;
            mix();
        }
    }

    private void mix() {
        a -= c;
        a ^= Integer.rotateLeft(c, 4);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 6);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 8);
        b += a;
        a -= c;
        a ^= Integer.rotateLeft(c, 16);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 19);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 4);
        b += a;
    }

    private void finish() {
        c ^= b;
        c -= Integer.rotateLeft(b, 14);
        a ^= c;
        a -= Integer.rotateLeft(c, 11);
        b ^= a;
        b -= Integer.rotateLeft(a, 25);
        c ^= b;
        c -= Integer.rotateLeft(b, 16);
        a ^= c;
        a -= Integer.rotateLeft(c, 4);
        b ^= a;
        b -= Integer.rotateLeft(a, 14);
        c ^= b;
        c -= Integer.rotateLeft(b, 24);
    }

    private static int word(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at + i] & 0xff) << 8 * i;
        }
        return value;
    }

    private long bytes(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        for (; left >= 12; left -= 12) {
            a += word(bytes, at, 4);
            b += word(bytes, at + 4, 4);
            c += word(bytes, at + 8, 4);
            mix();
            at += 12;
        }
        a += word(bytes, at, Math.min(left, 4));
        b += word(bytes, at + 4, Math.clamp(left - 4L, 0, 4));
        // The lowest byte of c is the length's.
        c += word(bytes, at + 8, Math.clamp(left - 8L, 0, 3)) << 8;
        finish();
        return (long) b << 32 | c & 0xffffffffL;
    }

    static int of(Slice s) {
        return (int) wide(s, 0);
    }

    static long wide(Slice s, long seed) {
        return new PgHash(s.length(), seed).bytes(s.array(), s.offset(), s.length());
    }

    static int of(int value) {
        return (int) wide(value, 0);
    }

    static long wide(int value, long seed) {
        PgHash hash = new PgHash(4, seed);
        hash.a += value;
        hash.finish();
        return (long) hash.b << 32 | hash.c & 0xffffffffL;
    }

    /** An int8 hashes as the int4 of the same value. */
    static int fold(long value) {
        int high = (int) (value >>> 32);
        return (int) value ^ (value >= 0 ? high : ~high);
    }
}
