package org.gajah.func;

import java.text.Normalizer;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;
import org.gajah.type.Oids;
import org.gajah.vector.BytesVector;

/** Unicode: normal forms, escapes, what is assigned; and identifiers taken apart. */
public final class UnicodeFunctions {
    private UnicodeFunctions() {
    }

    private static Normalizer.Form form(Slice name) {
        return switch (name.toString().toUpperCase(Locale.ROOT)) {
            case "NFC" -> Normalizer.Form.NFC;
            case "NFD" -> Normalizer.Form.NFD;
            case "NFKC" -> Normalizer.Form.NFKC;
            case "NFKD" -> Normalizer.Form.NFKD;
            default -> throw Errors.invalidParameter("invalid normalization form: " + name);
        };
    }

    public static Slice unicode_normalize_func(Slice s, Slice form) {
        return Slice.of(Normalizer.normalize(s.toString(), form(form)));
    }

    public static boolean unicode_is_normalized(Slice s, Slice form) {
        return Normalizer.isNormalized(s.toString(), form(form));
    }

    public static boolean unicode_assigned(Slice s) {
        return s.toString().codePoints().allMatch(c -> Character.getType(c) != Character.UNASSIGNED);
    }

    public static Slice unicode_version() {
        return Slice.of("16.0");
    }

    /** Nothing: there is no ICU here. */
    public static Slice icu_unicode_version() {
        return null;
    }

    private static SqlError invalidEscape() {
        return new SqlError(SqlState.SYNTAX_ERROR, "invalid Unicode escape")
                .hint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX.");
    }

    private static SqlError invalidPair() {
        return new SqlError(SqlState.SYNTAX_ERROR, "invalid Unicode surrogate pair");
    }

    private static int hex(String s, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < s.length() ? Character.digit(s.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    public static Slice unistr(Slice text) {
        String s = text.toString();
        StringBuilder out = new StringBuilder();
        int high = 0;
        int at = 0;
        while (at < s.length()) {
            int point = -1;
            if (s.charAt(at) != '\\' || s.startsWith("\\\\", at)) {
                if (high != 0) {
                    throw invalidPair();
                }
                out.append(s.charAt(at));
                at += s.charAt(at) == '\\' ? 2 : 1;
                continue;
            }
            char kind = at + 1 < s.length() ? s.charAt(at + 1) : '\0';
            int skip = kind == '+' || kind == 'u' || kind == 'U' ? 2 : 1;
            int digits = kind == '+' ? 6 : kind == 'U' ? 8 : 4;
            point = hex(s, at + skip, digits);
            if (point == -1) {
                throw invalidEscape();
            }
            at += skip + digits;
            if (point <= 0 || point > Character.MAX_CODE_POINT) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid Unicode code point: "
                        + String.format(Locale.ROOT, "%04X", point));
            }
            boolean isHigh = point >= 0xD800 && point <= 0xDBFF;
            boolean isLow = point >= 0xDC00 && point <= 0xDFFF;
            if (isLow != (high != 0)) {
                throw invalidPair();
            }
            if (isHigh) {
                high = point;
            } else {
                out.appendCodePoint(isLow ? Character.toCodePoint((char) high, (char) point) : point);
                high = 0;
            }
        }
        if (high != 0) {
            throw invalidPair();
        }
        return Slice.of(out.toString());
    }

    private static SqlError invalidIdentifier(Slice text) {
        return Errors.invalidParameter("string is not a valid identifier: \"" + text + "\"");
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0b;
    }

    private static boolean begins(int c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c < 0;
    }

    /** The parts of a dotted name, folded and unquoted as SQL does. */
    public static ArrayValue parse_ident(Slice text, boolean strict) {
        java.util.List<Slice> parts = new java.util.ArrayList<>();
        int at = spaces(text, 0);
        boolean afterDot = false;
        while (true) {
            int c = at < text.length() ? text.at(at) : 0;
            int end;
            if (c == '"') {
                ByteSink part = new ByteSink();
                end = quoted(text, at + 1, part);
                parts.add(Slice.of(part.toBytes()));
            } else if (at < text.length() && begins(c)) {
                end = at;
                while (end < text.length() && (begins(text.at(end)) || text.at(end) >= '0' && text.at(end) <= '9' || text.at(end) == '$')) {
                    end++;
                }
                parts.add(lower(text.slice(at, end - at)));
            } else {
                throw missing(text, at, afterDot);
            }
            at = spaces(text, end);
            if (at < text.length() && text.at(at) == '.') {
                afterDot = true;
                at = spaces(text, at + 1);
            } else if (at >= text.length() || !strict) {
                break;
            } else {
                throw invalidIdentifier(text);
            }
        }
        BytesVector elements = new BytesVector(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            elements.put(i, parts.get(i));
        }
        return ArrayValue.of(Oids.TEXT, elements, parts.size());
    }

    private static SqlError missing(Slice text, int at, boolean afterDot) {
        if (at < text.length() && text.at(at) == '.') {
            return invalidIdentifier(text).detail("No valid identifier before \".\".");
        }
        return afterDot ? invalidIdentifier(text).detail("No valid identifier after \".\".") : invalidIdentifier(text);
    }

    private static int spaces(Slice text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.at(at))) {
            at++;
        }
        return at;
    }

    private static int quoted(Slice text, int from, ByteSink part) {
        for (int i = from; i < text.length(); i++) {
            if (text.at(i) != '"') {
                part.putByte(text.at(i));
            } else if (i + 1 < text.length() && text.at(i + 1) == '"') {
                part.putByte('"');
                i++;
            } else {
                if (part.size() == 0) {
                    throw invalidIdentifier(text).detail("Quoted identifier must not be empty.");
                }
                return i + 1;
            }
        }
        throw invalidIdentifier(text).detail("String has unclosed double quotes.");
    }

    private static Slice lower(Slice name) {
        byte[] bytes = name.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] >= 'A' && bytes[i] <= 'Z' ? (byte) (bytes[i] + 32) : bytes[i];
        }
        return Slice.of(bytes);
    }

    /** As PostgreSQL for a UTF8 database: there is no conversion to ASCII. */
    public static Slice to_ascii_default(Slice s) {
        throw SqlError.notSupported("encoding conversion from UTF8 to ASCII not supported");
    }
}
