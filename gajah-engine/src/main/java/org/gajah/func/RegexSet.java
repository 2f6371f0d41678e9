package org.gajah.func;

import java.util.Arrays;

/** A set of characters. In the C locale, classes hold only ASCII characters. */
final class RegexSet {
    private int[] ranges = new int[8];
    private int size;
    private boolean negated;
    private long low;
    private long high;

    RegexSet add(int from, int to) {
        if (size == ranges.length) {
            ranges = Arrays.copyOf(ranges, size * 2);
        }
        ranges[size++] = from;
        ranges[size++] = to;
        for (int c = from; c <= to && c < 128; c++) {
            if (c < 64) {
                low |= 1L << c;
            } else {
                high |= 1L << c;
            }
        }
        return this;
    }

    RegexSet add(RegexSet other) {
        if (other.negated) {
            int next = 0;
            int[][] sorted = new int[other.size / 2][];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = new int[] {other.ranges[2 * i], other.ranges[2 * i + 1]};
            }
            Arrays.sort(sorted, (a, b) -> Integer.compare(a[0], b[0]));
            for (int[] range : sorted) {
                if (range[0] > next) {
                    add(next, range[0] - 1);
                }
                next = Math.max(next, range[1] + 1);
            }
            return add(next, 0x10ffff);
        }
        for (int i = 0; i < other.size; i += 2) {
            add(other.ranges[i], other.ranges[i + 1]);
        }
        return this;
    }

    /** Everything but what was added. */
    RegexSet negate() {
        negated = !negated;
        return this;
    }

    boolean has(int c) {
        if (c < 64) {
            return (low >> c & 1) != 0 != negated;
        }
        if (c < 128) {
            return (high >> c & 1) != 0 != negated;
        }
        for (int i = 0; i < size; i += 2) {
            if (c >= ranges[i] && c <= ranges[i + 1]) {
                return !negated;
            }
        }
        return negated;
    }

    /** The set with both cases of its ASCII letters. */
    RegexSet foldCase() {
        if (negated) {
            negated = false;
            foldCase();
            negated = true;
            return this;
        }
        for (int c = 'a'; c <= 'z'; c++) {
            if (has(c) || has(c - 32)) {
                add(c, c).add(c - 32, c - 32);
            }
        }
        return this;
    }

    /** A character class by name; null if there is none. */
    static RegexSet named(String name) {
        RegexSet s = new RegexSet();
        return switch (name) {
            case "digit" -> s.add('0', '9');
            case "alpha" -> s.add('a', 'z').add('A', 'Z');
            case "alnum" -> s.add('a', 'z').add('A', 'Z').add('0', '9');
            case "word" -> s.add('a', 'z').add('A', 'Z').add('0', '9').add('_', '_');
            case "upper" -> s.add('A', 'Z');
            case "lower" -> s.add('a', 'z');
            case "space" -> s.add('\t', '\r').add(' ', ' ');
            case "blank" -> s.add(' ', ' ').add('\t', '\t');
            case "punct" -> s.add('!', '/').add(':', '@').add('[', '`').add('{', '~');
            case "cntrl" -> s.add(0, 31).add(127, 127);
            case "graph" -> s.add('!', '~');
            case "print" -> s.add(' ', '~');
            case "xdigit" -> s.add('0', '9').add('a', 'f').add('A', 'F');
            case "ascii" -> s.add(0, 127);
            default -> null;
        };
    }

    static boolean isWord(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
