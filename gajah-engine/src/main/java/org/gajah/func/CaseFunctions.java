package org.gajah.func;

import org.gajah.base.Slice;
import org.gajah.type.Utf8;

/** Upper and lower case, and trimming. In the C collation only ASCII letters have case. */
public final class CaseFunctions {
    private CaseFunctions() {
    }

    private static boolean upperLetter(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean lowerLetter(int c) {
        return c >= 'a' && c <= 'z';
    }

    public static Slice upper(Slice s) {
        byte[] r = s.toBytes();
        for (int i = 0; i < r.length; i++) {
            r[i] -= lowerLetter(r[i]) ? (byte) 32 : 0;
        }
        return Slice.of(r);
    }

    public static Slice lower(Slice s) {
        byte[] r = s.toBytes();
        for (int i = 0; i < r.length; i++) {
            r[i] += upperLetter(r[i]) ? (byte) 32 : 0;
        }
        return Slice.of(r);
    }

    public static Slice casefold(Slice s) {
        return lower(s);
    }

    public static Slice initcap(Slice s) {
        byte[] r = s.toBytes();
        boolean inWord = false;
        for (int i = 0; i < r.length; i++) {
            int c = r[i];
            if (inWord) {
                r[i] += upperLetter(c) ? (byte) 32 : 0;
            } else {
                r[i] -= lowerLetter(c) ? (byte) 32 : 0;
            }
            inWord = upperLetter(c) || lowerLetter(c) || c >= '0' && c <= '9';
        }
        return Slice.of(r);
    }

    private static boolean contains(Slice set, Slice s, int at, int width) {
        for (int i = 0; i < set.length(); i += Utf8.width(set.at(i))) {
            int w = Utf8.width(set.at(i));
            if (w == width && set.slice(i, w).equals(s.slice(at, w))) {
                return true;
            }
        }
        return false;
    }

    private static Slice trim(Slice s, Slice set, boolean left, boolean right) {
        int from = 0;
        int to = s.length();
        while (left && from < to && contains(set, s, from, Utf8.width(s.at(from)))) {
            from += Utf8.width(s.at(from));
        }
        while (right && to > from) {
            int start = to - 1;
            while (start > from && (s.at(start) & 0xc0) == 0x80) {
                start--;
            }
            if (!contains(set, s, start, to - start)) {
                break;
            }
            to = start;
        }
        return s.slice(from, to - from);
    }

    private static final Slice SPACE = Slice.of(" ");

    public static Slice btrim(Slice s, Slice set) {
        return trim(s, set, true, true);
    }

    public static Slice btrim1(Slice s) {
        return trim(s, SPACE, true, true);
    }

    public static Slice ltrim(Slice s, Slice set) {
        return trim(s, set, true, false);
    }

    public static Slice ltrim1(Slice s) {
        return trim(s, SPACE, true, false);
    }

    public static Slice rtrim(Slice s, Slice set) {
        return trim(s, set, false, true);
    }

    private static Slice trimBytes(Slice s, Slice set, boolean left, boolean right) {
        int from = 0;
        int to = s.length();
        while (left && from < to && hasByte(set, s.at(from))) {
            from++;
        }
        while (right && to > from && hasByte(set, s.at(to - 1))) {
            to--;
        }
        return s.slice(from, to - from);
    }

    private static boolean hasByte(Slice set, byte b) {
        for (int i = 0; i < set.length(); i++) {
            if (set.at(i) == b) {
                return true;
            }
        }
        return false;
    }

    public static Slice byteatrim(Slice s, Slice set) {
        return trimBytes(s, set, true, true);
    }

    public static Slice bytealtrim(Slice s, Slice set) {
        return trimBytes(s, set, true, false);
    }

    public static Slice byteartrim(Slice s, Slice set) {
        return trimBytes(s, set, false, true);
    }
}
