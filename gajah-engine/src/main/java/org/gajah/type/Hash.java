package org.gajah.type;

/** The hash of values: well mixed, equal on every machine and in every run. */
public final class Hash {
    private static final long K0 = 0x9E3779B97F4A7C15L;
    private static final long K1 = 0xBF58476D1CE4E5B9L;
    private static final long K2 = 0x94D049BB133111EBL;

    private Hash() {
    }

    /** Spreads the bits of one number. */
    public static long mix(long value) {
        long h = value + K0;
        h = (h ^ (h >>> 30)) * K1;
        h = (h ^ (h >>> 27)) * K2;
        return h ^ (h >>> 31);
    }

    /** Joins the hash of one more part to what came before. */
    public static long combine(long before, long part) {
        return mix(before * 31 + part);
    }

    /** The hash of a run of bytes. */
    public static long bytes(byte[] array, int offset, int length) {
        long h = length * K1;
        int i = offset;
        int end = offset + length;
        for (; end - i >= 8; i += 8) {
            h = (h ^ Bits.getLong(array, i)) * K0;
            h ^= h >>> 32;
        }
        long tail = 0;
        for (; i < end; i++) {
            tail = tail << 8 | (array[i] & 0xff);
        }
        return mix(h ^ tail);
    }

    /** The hash of a floating-point number: zeros are equal, all NaN are equal. */
    public static long ofDouble(double value) {
        return mix(Double.doubleToLongBits(value == 0 ? 0.0 : value));
    }
}
