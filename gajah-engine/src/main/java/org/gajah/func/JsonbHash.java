package org.gajah.func;

import org.gajah.type.Jsonb;

/** The hash of jsonb as PostgreSQL computes it: rotate and mix in each scalar and key, in order. One use. */
final class JsonbHash {
    private static final int ARRAY = 0x40000000;
    private static final int OBJECT = 0x20000000;

    private final boolean wide;
    private final long seed;
    private long hash;

    private JsonbHash(boolean wide, long seed) {
        this.wide = wide;
        this.seed = seed;
    }

    static int hash(Jsonb j) {
        JsonbHash h = new JsonbHash(false, 0);
        h.top(j);
        return empty(j) ? 0 : (int) h.hash;
    }

    static long wide(Jsonb j, long seed) {
        JsonbHash h = new JsonbHash(true, seed);
        h.top(j);
        return empty(j) ? seed : h.hash;
    }

    /** Rotates each half of the bits by one, as PostgreSQL does for 64-bit hashes of several parts. */
    static long rotateHalves(long v) {
        return v << 1 & 0xfffffffefffffffeL | v >>> 31 & 0x100000001L;
    }

    private static boolean empty(Jsonb j) {
        return !j.isScalar() && j.count() == 0;
    }

    private void top(Jsonb j) {
        if (j.isScalar()) {
            begin(ARRAY);
        }
        value(j);
    }

    private void begin(int flag) {
        hash ^= wide ? (long) flag << 32 | flag : flag;
    }

    private void mix(long part) {
        hash = (wide ? rotateHalves(hash) : Integer.rotateLeft((int) hash, 1)) ^ part;
    }

    private void value(Jsonb j) {
        switch (j.kind()) {
            case NULL -> mix(wide ? seed + 1 : 1);
            case BOOLEAN -> mix(wide && seed != 0 ? PgHash.wide(j.bool() ? 1 : 0, seed) : j.bool() ? 2 : 4);
            case NUMBER -> mix(wide ? HashFunctions.hash_numeric_extended(j.number(), seed) : HashFunctions.hash_numeric(j.number()));
            case STRING -> mix(wide ? PgHash.wide(j.string(), seed) : PgHash.of(j.string()));
            case ARRAY -> {
                begin(ARRAY);
                for (int i = 0; i < j.count(); i++) {
                    value(j.element(i));
                }
            }
            case OBJECT -> {
                begin(OBJECT);
                for (int i = 0; i < j.count(); i++) {
                    mix(wide ? PgHash.wide(j.key(i), seed) : PgHash.of(j.key(i)));
                    value(j.value(i));
                }
            }
        }
    }
}
