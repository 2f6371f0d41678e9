package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** bytea, as hex or in the older escape form. */
public final class ByteaCodec extends BytesCodec {
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    ByteaCodec() {
        super();
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).put(row, parse(text));
    }

    /** The bytes that {@code text} stands for. */
    public static Slice parse(Slice text) {
        if (text.length() >= 2 && text.at(0) == '\\' && text.at(1) == 'x') {
            return parseHex(text.slice(2, text.length() - 2));
        }
        ByteSink sink = new ByteSink(text.length());
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            if (c != '\\') {
                sink.putByte(c);
            } else if (i + 1 < text.length() && text.at(i + 1) == '\\') {
                sink.putByte('\\');
                i++;
            } else if (i + 3 < text.length() && text.at(i + 1) >= '0' && text.at(i + 1) <= '3'
                    && octal(text.at(i + 2)) && octal(text.at(i + 3))) {
                sink.putByte((text.at(i + 1) - '0') << 6 | (text.at(i + 2) - '0') << 3 | text.at(i + 3) - '0');
                i += 3;
            } else {
                throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
            }
        }
        return sink.view();
    }

    private static boolean octal(int c) {
        return c >= '0' && c <= '7';
    }

    /** Hexadecimal digits, with white space between pairs. */
    public static Slice parseHex(Slice text) {
        byte[] result = new byte[text.length() / 2];
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                continue;
            }
            int high = hexDigit(text, i);
            if (i + 1 >= text.length()) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                        "invalid hexadecimal data: odd number of digits");
            }
            i++;
            result[n++] = (byte) (high << 4 | hexDigit(text, i));
        }
        return new Slice(result, 0, n);
    }

    private static int hexDigit(Slice text, int at) {
        int d = Character.digit(text.at(at), 16);
        if (d < 0) {
            String shown = text.slice(at, Math.min(Utf8.width(text.at(at)), text.length() - at)).toString();
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid hexadecimal digit: \"" + shown + "\"");
        }
        return d;
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        BytesVector v = (BytesVector) values;
        format(v.slice(row), context.style().byteaEscape(), out);
    }

    /** Writes bytes as bytea_output says. */
    public static void format(Slice bytes, boolean escape, ByteSink out) {
        if (escape) {
            for (int i = 0; i < bytes.length(); i++) {
                int b = bytes.at(i) & 0xff;
                if (b == '\\') {
                    out.putAscii("\\\\");
                } else if (b < 0x20 || b > 0x7e) {
                    out.putByte('\\').putByte('0' + (b >> 6)).putByte('0' + (b >> 3 & 7)).putByte('0' + (b & 7));
                } else {
                    out.putByte(b);
                }
            }
        } else {
            out.putAscii("\\x");
            hex(bytes, out);
        }
    }

    /** Writes bytes as hexadecimal digits. */
    public static void hex(Slice bytes, ByteSink out) {
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i);
            out.putByte(HEX[b >> 4 & 15]).putByte(HEX[b & 15]);
        }
    }
}
