package org.gajah.table;

import java.util.Optional;

import org.gajah.base.Slice;

/**
 * A range of index keys by unsigned byte order. A bound that is a prefix of keys compares as its bytes: to include every key that
 * starts with {@code p}, use {@code p} inclusive as lower and the successor of {@code p} exclusive as upper bound ({@link #prefix}).
 *
 * @param reverse whether the scan goes from the upper bound down
 */
public record KeyRange(Optional<Slice> lower, boolean lowerInclusive, Optional<Slice> upper, boolean upperInclusive,
        boolean reverse) {
    /** Every key, upwards. */
    public static final KeyRange ALL = new KeyRange(Optional.empty(), true, Optional.empty(), true, false);

    /** Exactly {@code key}. */
    public static KeyRange exactly(Slice key) {
        return new KeyRange(Optional.of(key), true, Optional.of(key), true, false);
    }

    /** All keys that start with {@code prefix}. */
    public static KeyRange prefix(Slice prefix) {
        return new KeyRange(Optional.of(prefix), true, successor(prefix), false, false);
    }

    /** The same range from the other end. */
    public KeyRange reversed() {
        return new KeyRange(lower, lowerInclusive, upper, upperInclusive, !reverse);
    }

    /** The least key above all that start with {@code prefix}; none if the prefix is all 0xff. */
    public static Optional<Slice> successor(Slice prefix) {
        byte[] bytes = prefix.toBytes();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xff) {
                bytes[i]++;
                return Optional.of(new Slice(bytes, 0, i + 1));
            }
        }
        return Optional.empty();
    }
}
