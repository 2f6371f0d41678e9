package org.gajah.type;

/**
 * A range. A bound that is null is infinite; an empty range has neither bounds nor inclusions. Ranges over discrete types are kept
 * in the form {@code [lower,upper)}.
 */
public record RangeValue(RangeCodec type, Object lower, Object upper, boolean lowerInclusive, boolean upperInclusive, boolean empty)
        implements Comparable<RangeValue> {
    /** Compares the lower bounds; both ranges are not empty. */
    public int compareLower(RangeValue other) {
        return type.compareBounds(lower, true, lowerInclusive, other.lower, true, other.lowerInclusive);
    }

    /** Compares the upper bounds; both ranges are not empty. */
    public int compareUpper(RangeValue other) {
        return type.compareBounds(upper, false, upperInclusive, other.upper, false, other.upperInclusive);
    }

    /** Compares this range's upper bound with the other's lower one. */
    public int compareUpperToLower(RangeValue other) {
        return type.compareBounds(upper, false, upperInclusive, other.lower, true, other.lowerInclusive);
    }

    public boolean contains(Object element) {
        if (empty) {
            return false;
        }
        if (lower != null) {
            int c = type.compareElements(lower, element);
            if (c > 0 || c == 0 && !lowerInclusive) {
                return false;
            }
        }
        int c = upper == null ? 1 : type.compareElements(upper, element);
        return c > 0 || c == 0 && upperInclusive;
    }

    public boolean contains(RangeValue other) {
        return other.empty || !empty && compareLower(other) <= 0 && compareUpper(other) >= 0;
    }

    public boolean overlaps(RangeValue other) {
        return !empty && !other.empty && compareUpperToLower(other) >= 0 && other.compareUpperToLower(this) >= 0;
    }

    /** Whether nothing lies between the two and nothing in both. */
    public boolean adjacent(RangeValue other) {
        return !empty && !other.empty && (type.touches(this, other) || type.touches(other, this));
    }

    /** Strictly left of. */
    public boolean before(RangeValue other) {
        return !empty && !other.empty && compareUpperToLower(other) < 0;
    }

    public RangeValue intersect(RangeValue other) {
        if (!overlaps(other)) {
            return type.emptyRange();
        }
        RangeValue low = compareLower(other) >= 0 ? this : other;
        RangeValue high = compareUpper(other) <= 0 ? this : other;
        return type.make(low.lower, low.lowerInclusive, high.upper, high.upperInclusive);
    }

    /** The smallest range that has both. */
    public RangeValue span(RangeValue other) {
        if (empty || other.empty) {
            return empty ? other : this;
        }
        RangeValue low = compareLower(other) <= 0 ? this : other;
        RangeValue high = compareUpper(other) >= 0 ? this : other;
        return type.make(low.lower, low.lowerInclusive, high.upper, high.upperInclusive);
    }

    @Override
    public int compareTo(RangeValue other) {
        if (empty || other.empty) {
            return Boolean.compare(other.empty, empty);
        }
        int c = compareLower(other);
        return c != 0 ? c : compareUpper(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeValue r && compareTo(r) == 0;
    }

    @Override
    public int hashCode() {
        return (int) type.hash(this);
    }
}
