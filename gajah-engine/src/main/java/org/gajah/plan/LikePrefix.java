package org.gajah.plan;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/**
 * What every text that fits a LIKE pattern begins with.
 *
 * @param exact whether the pattern fits this one text only
 * @param rest  whether there is more in the pattern than the prefix and one final %
 */
record LikePrefix(Slice text, boolean exact, boolean rest) {
    static LikePrefix of(Slice pattern) {
        ByteSink out = new ByteSink();
        int length = pattern.length();
        for (int i = 0; i < length; i++) {
            byte b = pattern.at(i);
            if (b == '%' || b == '_') {
                return new LikePrefix(out.view(), false, b == '_' || i + 1 < length);
            }
            if (b == '\\') {
                if (++i == length) {
                    return new LikePrefix(Slice.EMPTY, false, true);
                }
                b = pattern.at(i);
            }
            out.putByte(b);
        }
        return new LikePrefix(out.view(), true, false);
    }
}
