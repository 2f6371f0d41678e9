package org.gajah.func;

import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ByteaCodec;
import org.gajah.type.Errors;

/** encode and decode: hex, base64 and escape. */
public final class EncodeFunctions {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private EncodeFunctions() {
    }

    private static SqlError unknown(Slice format) {
        return Errors.invalidParameter("unrecognized encoding: \"" + format + "\"");
    }

    public static Slice binary_encode(Slice data, Slice format) {
        TextFunctions.checkedSize(data.length() * 4L);
        ByteSink out = new ByteSink(data.length() * 2);
        switch (format.toString().toLowerCase(Locale.ROOT)) {
            case "hex" -> ByteaCodec.hex(data, out);
            case "base64" -> base64(data, out);
            case "escape" -> escape(data, out);
            default -> throw unknown(format);
        }
        return out.view();
    }

    private static void base64(Slice data, ByteSink out) {
        int column = 0;
        for (int i = 0; i < data.length(); i += 3) {
            int rest = Math.min(3, data.length() - i);
            int bits = (data.at(i) & 0xff) << 16 | (rest > 1 ? data.at(i + 1) & 0xff : 0) << 8
                    | (rest > 2 ? data.at(i + 2) & 0xff : 0);
            for (int k = 0; k < 4; k++) {
                out.putByte(k <= rest ? ALPHABET.charAt(bits >> 18 - 6 * k & 63) : '=');
            }
            column += 4;
            if (column >= 76) {
                out.putByte('\n');
                column = 0;
            }
        }
    }

    private static void escape(Slice data, ByteSink out) {
        for (int i = 0; i < data.length(); i++) {
            int b = data.at(i) & 0xff;
            if (b == 0 || b >= 0x80) {
                out.putByte('\\').putByte('0' + (b >> 6)).putByte('0' + (b >> 3 & 7)).putByte('0' + (b & 7));
            } else {
                if (b == '\\') {
                    out.putByte('\\');
                }
                out.putByte(b);
            }
        }
    }

    public static Slice binary_decode(Slice text, Slice format) {
        return switch (format.toString().toLowerCase(Locale.ROOT)) {
            case "hex" -> ByteaCodec.parseHex(text);
            case "base64" -> fromBase64(text);
            case "escape" -> fromEscape(text);
            default -> throw unknown(format);
        };
    }

    private static Slice fromBase64(Slice text) {
        ByteSink out = new ByteSink(text.length());
        int bits = 0;
        int position = 0;
        int end = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                continue;
            }
            int value;
            if (c == '=') {
                if (end == 0) {
                    if (position == 2) {
                        end = 1;
                    } else if (position == 3) {
                        end = 2;
                    } else {
                        throw Errors.invalidParameter("unexpected \"=\" while decoding base64 sequence");
                    }
                }
                value = 0;
            } else {
                value = ALPHABET.indexOf(c);
                if (value < 0 || c < 0) {
                    int width = Math.min(org.gajah.type.Utf8.width(c), text.length() - i);
                    throw Errors.invalidParameter("invalid symbol \"" + text.slice(i, width)
                            + "\" found while decoding base64 sequence");
                }
            }
            bits = bits << 6 | value;
            if (++position == 4) {
                out.putByte(bits >> 16);
                if (end == 0 || end > 1) {
                    out.putByte(bits >> 8);
                }
                if (end == 0 || end > 2) {
                    out.putByte(bits);
                }
                bits = 0;
                position = 0;
            }
        }
        if (position != 0) {
            throw Errors.invalidParameter("invalid base64 end sequence")
                    .hint("Input data is missing padding, is truncated, or is otherwise corrupted.");
        }
        return out.view();
    }

    private static Slice fromEscape(Slice text) {
        ByteSink out = new ByteSink(text.length());
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            if (c != '\\') {
                out.putByte(c);
            } else if (i + 3 < text.length() && text.at(i + 1) >= '0' && text.at(i + 1) <= '3' && octal(text.at(i + 2))
                    && octal(text.at(i + 3))) {
                out.putByte((text.at(i + 1) - '0') << 6 | (text.at(i + 2) - '0') << 3 | text.at(i + 3) - '0');
                i += 3;
            } else if (i + 1 < text.length() && text.at(i + 1) == '\\') {
                out.putByte('\\');
                i++;
            } else {
                throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
            }
        }
        return out.view();
    }

    private static boolean octal(int c) {
        return c >= '0' && c <= '7';
    }
}
