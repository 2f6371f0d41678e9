package org.gajah.type;

import java.util.List;

/** A multirange: ranges in order, none empty, none touching another. */
public record MultirangeValue(MultirangeCodec type, List<RangeValue> ranges) implements Comparable<MultirangeValue> {
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public int compareTo(MultirangeValue other) {
        int n = Math.min(ranges.size(), other.ranges.size());
        for (int i = 0; i < n; i++) {
            int c = ranges.get(i).compareTo(other.ranges.get(i));
            if (c != 0) {
                return c;
            }
        }
        return Integer.compare(ranges.size(), other.ranges.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultirangeValue m && compareTo(m) == 0;
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }
}
