package org.gajah.func;

import org.gajah.base.Slice;
import org.gajah.type.Utf8;

/** A text as characters, with the way back to its bytes. */
final class RegexText {
    final Slice bytes;
    final int[] points;
    private final int[] offsets;

    RegexText(Slice bytes) {
        this.bytes = bytes;
        points = Utf8.codePoints(bytes);
        if (points.length == bytes.length()) {
            offsets = new int[0];
        } else {
            offsets = new int[points.length + 1];
            int at = 0;
            for (int i = 0; i < points.length; i++) {
                offsets[i] = at;
                at += Utf8.width(bytes.at(at));
            }
            offsets[points.length] = at;
        }
    }

    private int offset(int position) {
        return offsets.length == 0 ? position : offsets[position];
    }

    /** The characters between two positions. */
    Slice slice(int from, int to) {
        int begin = offset(from);
        return bytes.slice(begin, offset(to) - begin);
    }

    /** What a group matched, or null. */
    Slice group(int[] match, int group) {
        return match[2 * group] < 0 ? null : slice(match[2 * group], match[2 * group + 1]);
    }
}
