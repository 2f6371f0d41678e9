package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;

/** Reads JSON text (RFC 8259) and tells a {@link JsonHandler}; errors are PostgreSQL's, with the place. */
public final class JsonReader {
    private enum Expect { VALUE, ARRAY_NEXT, OBJECT_START, OBJECT_KEY, COLON, OBJECT_NEXT, END }

    private final Slice text;
    private final JsonHandler handler;
    private final StackGuard guard = new StackGuard();
    private final ByteSink decoded = new ByteSink(32);
    private int at;
    private int line = 1;
    private int lineStart;

    private JsonReader(Slice text, JsonHandler handler) {
        this.text = text;
        this.handler = handler;
    }

    /** Reads one JSON value that fills the text. */
    public static void read(Slice text, JsonHandler handler) {
        JsonReader reader = new JsonReader(text, handler);
        reader.value();
        reader.spaces();
        if (reader.at < text.length()) {
            throw reader.unexpected(Expect.END);
        }
    }

    private int peek() {
        return at < text.length() ? text.at(at) : -1000;
    }

    private void spaces() {
        for (; at < text.length(); at++) {
            int c = text.at(at);
            if (c == '\n') {
                line++;
                lineStart = at + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
        }
    }

    private void value() {
        spaces();
        switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> {
                int start = at;
                Slice s = string();
                handler.string(s, start, at);
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> word();
        }
    }

    private void object() {
        guard.enter();
        handler.beginObject(at++);
        spaces();
        if (peek() == '}') {
            at++;
        } else {
            Expect expect = Expect.OBJECT_START;
            while (true) {
                spaces();
                if (peek() != '"') {
                    throw unexpected(expect);
                }
                handler.key(string());
                spaces();
                if (peek() != ':') {
                    throw unexpected(Expect.COLON);
                }
                at++;
                value();
                spaces();
                int c = peek();
                if (c != ',' && c != '}') {
                    throw unexpected(Expect.OBJECT_NEXT);
                }
                at++;
                if (c == '}') {
                    break;
                }
                expect = Expect.OBJECT_KEY;
            }
        }
        handler.endObject(at);
        guard.leave();
    }

    private void array() {
        guard.enter();
        handler.beginArray(at++);
        spaces();
        if (peek() == ']') {
            at++;
        } else {
            while (true) {
                value();
                spaces();
                int c = peek();
                if (c != ',' && c != ']') {
                    throw unexpected(Expect.ARRAY_NEXT);
                }
                at++;
                if (c == ']') {
                    break;
                }
            }
        }
        handler.endArray(at);
        guard.leave();
    }

    private static boolean wordByte(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c < 0 && c > -1000;
    }

    private void word() {
        int start = at;
        int end = start;
        while (end < text.length() && wordByte(text.at(end))) {
            end++;
        }
        String word = text.slice(start, end - start).toString();
        switch (word) {
            case "true", "false" -> {
                at = end;
                handler.bool(word.equals("true"), start, end);
            }
            case "null" -> {
                at = end;
                handler.nothing(start, end);
            }
            default -> throw unexpected(Expect.VALUE);
        }
    }

    private boolean digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > from;
    }

    private void number() {
        int start = at;
        boolean valid = true;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            valid = digits();
        }
        if (valid && peek() == '.') {
            at++;
            valid = digits();
        }
        if (valid && (peek() == 'e' || peek() == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            valid = digits();
        }
        if (!valid || wordByte(peek())) {
            while (wordByte(peek())) {
                at++;
            }
            throw invalidToken(start, at);
        }
        handler.number(text.slice(start, at - start), start, at);
    }

    /** Reads a quoted string; escapes are decoded if the handler wants it. */
    private Slice string() {
        int start = at++;
        boolean decode = handler.decodes();
        decoded.clear();
        int plain = at;
        int highSurrogate = 0;
        while (true) {
            int c = peek();
            if (c == -1000) {
                throw invalidToken(start, text.length());
            }
            if (c >= 0 && c < 0x20) {
                throw error(String.format("Character with value 0x%02x must be escaped.", c), at);
            }
            if (highSurrogate != 0 && (c != '\\' || at + 1 < text.length() && text.at(at + 1) != 'u')) {
                throw error("Unicode low surrogate must follow a high surrogate.",
                        Math.min(text.length(), at + Utf8.width(c)));
            }
            if (c == '"') {
                break;
            }
            if (c != '\\') {
                at++;
                continue;
            }
            decoded.put(text.array(), text.offset() + plain, at - plain);
            highSurrogate = escape(start, highSurrogate, decode);
            plain = at;
        }
        int end = at++;
        if (decoded.size() == 0 || !decode) {
            return text.slice(decode ? plain : start + 1, end - (decode ? plain : start + 1));
        }
        decoded.put(text.array(), text.offset() + plain, end - plain);
        return decoded.view();
    }

    /** Reads what follows a backslash; returns a high surrogate that waits for its other half, or 0. */
    private int escape(int start, int highSurrogate, boolean decode) {
        at++;
        int c = peek();
        switch (c) {
            case -1000 -> throw invalidToken(start, text.length());
            case 'u' -> {
                return unicode(start, highSurrogate, decode);
            }
            case '"', '\\', '/' -> decoded.putByte(c);
            case 'b' -> decoded.putByte('\b');
            case 'f' -> decoded.putByte('\f');
            case 'n' -> decoded.putByte('\n');
            case 'r' -> decoded.putByte('\r');
            case 't' -> decoded.putByte('\t');
            default -> {
                int end = Math.min(text.length(), at + Utf8.width(c));
                throw error("Escape sequence \"\\" + text.slice(at, end - at) + "\" is invalid.", end);
            }
        }
        at++;
        return 0;
    }

    private int unicode(int start, int highSurrogate, boolean decode) {
        at++;
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int c = peek();
            if (c == -1000) {
                throw invalidToken(start, text.length());
            }
            int d = Character.digit(c, 16);
            if (d < 0) {
                throw error("\"\\u\" must be followed by four hexadecimal digits.",
                        Math.min(text.length(), at + Utf8.width(c)));
            }
            value = value << 4 | d;
        }
        if (!decode) {
            return 0;
        }
        if (value >= 0xd800 && value < 0xdc00) {
            if (highSurrogate != 0) {
                throw error("Unicode high surrogate must not follow a high surrogate.", at);
            }
            return value;
        }
        if (value >= 0xdc00 && value < 0xe000) {
            if (highSurrogate == 0) {
                throw error("Unicode low surrogate must follow a high surrogate.", at);
            }
            Utf8.put(Character.toCodePoint((char) highSurrogate, (char) value), decoded);
            return 0;
        }
        if (highSurrogate != 0) {
            throw error("Unicode low surrogate must follow a high surrogate.", at);
        }
        if (value == 0) {
            throw place(new SqlError(SqlState.UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence")
                    .detail("\\u0000 cannot be converted to text."), at);
        }
        Utf8.put(value, decoded);
        return 0;
    }

    private SqlError ended() {
        at = text.length();
        return error("The input string ended unexpectedly.", at);
    }

    private SqlError invalidToken(int start, int end) {
        return error("Token \"" + text.slice(start, end - start) + "\" is invalid.", end);
    }

    /** The next token is not what the grammar wants: it is named, unless it is no token at all. */
    private SqlError unexpected(Expect expect) {
        spaces();
        int start = at;
        if (start >= text.length()) {
            return ended();
        }
        int c = peek();
        int end;
        if (c == '"') {
            string();
            end = at;
        } else if (c == '-' || c >= '0' && c <= '9') {
            end = numberEnd(start);
        } else if ("{}[],:".indexOf(c) >= 0) {
            end = start + 1;
        } else {
            end = start;
            while (end < text.length() && wordByte(text.at(end))) {
                end++;
            }
            String word = text.slice(start, end - start).toString();
            if (!word.equals("true") && !word.equals("false") && !word.equals("null")) {
                return invalidToken(start, end == start ? start + 1 : end);
            }
        }
        String found = ", but found \"" + text.slice(start, end - start) + "\".";
        return error(switch (expect) {
            case VALUE -> "Expected JSON value";
            case ARRAY_NEXT -> "Expected \",\" or \"]\"";
            case OBJECT_START -> "Expected string or \"}\"";
            case OBJECT_KEY -> "Expected string";
            case COLON -> "Expected \":\"";
            case OBJECT_NEXT -> "Expected \",\" or \"}\"";
            case END -> "Expected end of input";
        } + found, end);
    }

    private int numberEnd(int start) {
        JsonReader other = new JsonReader(text, JsonHandler.NONE);
        other.at = start;
        other.line = line;
        other.lineStart = lineStart;
        other.number();
        return other.at;
    }

    private SqlError error(String detail, int end) {
        return place(new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json").detail(detail),
                end);
    }

    /** Adds the line up to where reading stopped, at most fifty bytes of it. */
    private SqlError place(SqlError error, int end) {
        int from = lineStart;
        while (end - from >= 50) {
            from += Utf8.width(text.at(from));
        }
        if (from - lineStart <= 3) {
            from = lineStart;
        }
        boolean more = end < text.length() && text.at(end) != '\n' && text.at(end) != '\r';
        return error.context("JSON data, line " + line + ": " + (from > lineStart ? "..." : "")
                + text.slice(from, end - from) + (more ? "..." : ""));
    }
}
