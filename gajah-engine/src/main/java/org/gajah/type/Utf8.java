package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Characters (code points) in UTF-8 bytes. */
public final class Utf8 {
    private Utf8() {
    }

    /** Number of characters. */
    public static int length(Slice text) {
        byte[] a = text.array();
        int end = text.offset() + text.length();
        int count = 0;
        for (int i = text.offset(); i < end; i++) {
            count += (a[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    /** Bytes of the character that begins with this byte. */
    public static int width(int lead) {
        int b = lead & 0xff;
        if (b < 0x80) {
            return 1;
        }
        if (b < 0xe0) {
            return 2;
        }
        return b < 0xf0 ? 3 : 4;
    }

    /** Where character number {@code index} begins, in bytes; the length if there are fewer. */
    public static int offset(Slice text, int index) {
        int at = 0;
        for (int i = 0; i < index && at < text.length(); i++) {
            at += width(text.at(at));
        }
        return Math.min(at, text.length());
    }

    /** The code point that begins at byte {@code at}. */
    public static int codePoint(Slice text, int at) {
        int b = text.at(at) & 0xff;
        if (b < 0x80) {
            return b;
        }
        if (b < 0xe0) {
            return (b & 0x1f) << 6 | text.at(at + 1) & 0x3f;
        }
        if (b < 0xf0) {
            return (b & 0xf) << 12 | (text.at(at + 1) & 0x3f) << 6 | text.at(at + 2) & 0x3f;
        }
        return (b & 7) << 18 | (text.at(at + 1) & 0x3f) << 12 | (text.at(at + 2) & 0x3f) << 6 | text.at(at + 3) & 0x3f;
    }

    /** Appends a code point. */
    public static void put(int codePoint, ByteSink out) {
        if (codePoint < 0x80) {
            out.putByte(codePoint);
        } else if (codePoint < 0x800) {
            out.putByte(0xc0 | codePoint >> 6).putByte(0x80 | codePoint & 0x3f);
        } else if (codePoint < 0x10000) {
            out.putByte(0xe0 | codePoint >> 12).putByte(0x80 | codePoint >> 6 & 0x3f).putByte(0x80 | codePoint & 0x3f);
        } else {
            out.putByte(0xf0 | codePoint >> 18).putByte(0x80 | codePoint >> 12 & 0x3f)
                    .putByte(0x80 | codePoint >> 6 & 0x3f).putByte(0x80 | codePoint & 0x3f);
        }
    }

    /** All code points. */
    public static int[] codePoints(Slice text) {
        int[] points = new int[length(text)];
        for (int at = 0, i = 0; at < text.length(); at += width(text.at(at))) {
            points[i++] = codePoint(text, at);
        }
        return points;
    }

    /** Raises 22021 unless the bytes are UTF-8 without zeros. */
    public static void validate(Slice text) {
        validate(text, text.offset() + text.length());
    }

    /** As above; the message shows bytes behind the text, too, up to {@code shown} in its array. */
    public static void validate(Slice text, int shown) {
        byte[] a = text.array();
        int end = text.offset() + text.length();
        for (int i = text.offset(); i < end;) {
            if (a[i] > 0) {
                i++;
                continue;
            }
            int n = sequence(a, i, end);
            if (n == 0) {
                throw invalid(a, i, shown);
            }
            i += n;
        }
    }

    /** The length of the sequence at {@code i}, 0 if it is none. */
    private static int sequence(byte[] a, int i, int end) {
        int b = a[i] & 0xff;
        if (b == 0 || b < 0xc2 || b > 0xf4) {
            return 0;
        }
        int n = width(b);
        if (end - i < n) {
            return 0;
        }
        for (int k = 1; k < n; k++) {
            if ((a[i + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = a[i + 1] & 0xff;
        boolean bad = b == 0xe0 && second < 0xa0 || b == 0xed && second > 0x9f || b == 0xf0 && second < 0x90
                || b == 0xf4 && second > 0x8f;
        return bad ? 0 : n;
    }

    private static SqlError invalid(byte[] a, int i, int end) {
        StringBuilder bytes = new StringBuilder();
        int n = Math.min(a[i] < 0 && (a[i] & 0xf8) != 0xf8 ? width(a[i]) : 1, end - i);
        for (int k = 0; k < n; k++) {
            bytes.append(k == 0 ? "" : " ").append(String.format("0x%02x", a[i + k] & 0xff));
        }
        return new SqlError(SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\": " + bytes);
    }
}
