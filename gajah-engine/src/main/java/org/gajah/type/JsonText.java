package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Writes JSON text. */
public final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private JsonText() {
    }

    /** Writes a string with quotes and escapes. */
    public static void quote(Slice text, ByteSink out) {
        byte[] a = text.array();
        int end = text.offset() + text.length();
        out.putByte('"');
        int plain = text.offset();
        for (int i = plain; i < end; i++) {
            int c = a[i];
            if (c >= 0x20 && c != '"' && c != '\\' || c < 0) {
                continue;
            }
            out.put(a, plain, i - plain);
            plain = i + 1;
            switch (c) {
                case '\b' -> out.putAscii("\\b");
                case '\f' -> out.putAscii("\\f");
                case '\n' -> out.putAscii("\\n");
                case '\r' -> out.putAscii("\\r");
                case '\t' -> out.putAscii("\\t");
                case '"', '\\' -> out.putByte('\\').putByte(c);
                default -> out.putAscii("\\u00").putByte(HEX[c >> 4]).putByte(HEX[c & 15]);
            }
        }
        out.put(a, plain, end - plain).putByte('"');
    }
}
