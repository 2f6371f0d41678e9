package org.gajah.plan;

import org.gajah.base.Slice;
import org.gajah.type.Numeric;
import org.gajah.type.Ordered;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** Where a value stands among the values that cut a column into equal parts. */
final class Histogram {
    private Histogram() {
    }

    /** The share of values below {@code value}. */
    static double below(Vector cuts, int size, Vector value, Ordered order) {
        if (order.compare(value, 0, cuts, 0) <= 0) {
            return 0;
        }
        if (order.compare(value, 0, cuts, size - 1) >= 0) {
            return 1;
        }
        int low = 0;
        int high = size - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (order.compare(value, 0, cuts, middle) >= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + within(cuts, low, value)) / (size - 1);
    }

    /** How far into its part the value stands, 0 to 1. */
    private static double within(Vector cuts, int part, Vector value) {
        double from = number(cuts, part, cuts, part);
        double to = number(cuts, part + 1, cuts, part);
        double at = number(value, 0, cuts, part);
        return Double.isNaN(at) || to <= from ? 0.5 : Math.clamp((at - from) / (to - from), 0, 1);
    }

    /** A value as a number that grows with it; texts by what follows the bytes that the bounds of the part share. */
    private static double number(Vector values, int row, Vector cuts, int part) {
        Object boxed = values.get(row);
        return switch (boxed) {
            case Number n -> n.doubleValue();
            case Numeric n -> n.toDouble();
            case Slice s when values instanceof BytesVector -> bytes(s, shared((Slice) cuts.get(part), (Slice) cuts.get(part + 1)));
            case null, default -> Double.NaN;
        };
    }

    private static int shared(Slice a, Slice b) {
        int n = 0;
        while (n < a.length() && n < b.length() && a.at(n) == b.at(n)) {
            n++;
        }
        return n;
    }

    private static double bytes(Slice s, int from) {
        double value = 0;
        double scale = 1;
        for (int i = from; i < Math.min(s.length(), from + 6); i++) {
            scale /= 256;
            value += (s.at(i) & 0xff) * scale;
        }
        return value;
    }
}
