package org.gajah.wire;

import java.util.Arrays;
import java.util.Optional;

/** The values of a Bind or a DataRow: pieces of one array, some of them NULL. */
public record Values(byte[] array, int[] offsets, int[] lengths) {
    public static final Values NONE = new Values(new byte[0], new int[0], new int[0]);

    /** Values from an array each; an absent one is NULL. */
    @SafeVarargs
    public static Values of(Optional<byte[]>... values) {
        WireBuffer bytes = new WireBuffer();
        int[] offsets = new int[values.length];
        int[] lengths = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            offsets[i] = bytes.size();
            lengths[i] = values[i].map(value -> value.length).orElse(-1);
            values[i].ifPresent(bytes::put);
        }
        return new Values(bytes.toBytes(), offsets, lengths);
    }

    public int count() {
        return lengths.length;
    }

    public boolean isNull(int index) {
        return lengths[index] < 0;
    }

    /** A value's bytes in an array of their own; absent is NULL. */
    public Optional<byte[]> get(int index) {
        return isNull(index) ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(array, offsets[index], offsets[index] + lengths[index]));
    }

    void encode(WireOutput out) {
        out.putShort(count());
        for (int i = 0; i < count(); i++) {
            out.putInt(lengths[i]);
            if (lengths[i] > 0) {
                out.put(array, offsets[i], lengths[i]);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Values that) || that.count() != count()) {
            return false;
        }
        for (int i = 0; i < count(); i++) {
            boolean same = isNull(i) ? that.isNull(i)
                    : !that.isNull(i) && Arrays.equals(array, offsets[i], offsets[i] + lengths[i], that.array,
                            that.offsets[i], that.offsets[i] + that.lengths[i]);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lengths);
    }
}
