package org.gajah.parse;

import org.gajah.base.Slice;

/** Says how long characters are in UTF-8, as PostgreSQL's check of its server encoding does. */
final class Utf8Check {
    private Utf8Check() {
    }

    /** The length that a first byte announces; 1 for a byte that begins no character. */
    static int announcedLength(byte first) {
        int b = first & 0xff;
        return b < 0xc0 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf8 ? 4 : 1;
    }

    /** The length of the character at {@code at}, or 0 if it is not one (or is the zero byte, which text never holds). */
    static int characterLength(Slice text, int at) {
        int first = text.at(at) & 0xff;
        if (first < 0x80) {
            return first == 0 ? 0 : 1;
        }
        int length = announcedLength((byte) first);
        if (length == 1 || at + length > text.length()) {
            return 0;
        }
        int second = text.at(at + 1) & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        boolean valid = first >= 0xc2 && first <= 0xf4 && second >= low && second <= high;
        for (int i = 2; i < length; i++) {
            valid &= (text.at(at + i) & 0xc0) == 0x80;
        }
        return valid ? length : 0;
    }
}
