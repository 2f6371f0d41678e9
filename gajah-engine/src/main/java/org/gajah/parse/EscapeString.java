package org.gajah.parse;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** The text of an E'...' literal while it is read. */
final class EscapeString {
    private final Tokens tokens;
    private final byte[] bytes;
    private final int limit;
    private final int start;
    private final ByteSink text = new ByteSink();
    private final StringRules rules;
    private boolean warns;
    private boolean mayBeInvalid;
    private int high;

    /** A literal that starts at {@code start}; {@code plain} if it has no E before it. */
    EscapeString(Tokens tokens, int start, boolean plain, StringRules rules) {
        this.tokens = tokens;
        this.start = start;
        this.rules = rules;
        this.warns = plain && rules.warns();
        bytes = tokens.bytes;
        limit = tokens.limit;
    }

    /** Reads from behind an opening quote and returns what is behind the closing one. */
    int read(int from) {
        int at = from;
        while (at < limit) {
            byte b = bytes[at];
            if (b == '\\') {
                at = escape(at);
            } else if (b == '\'' && !(at + 1 < limit && bytes[at + 1] == '\'')) {
                requireNoHalf(at);
                return at + 1;
            } else {
                requireNoHalf(at);
                text.putByte(b);
                at += b == '\'' ? 2 : 1;
            }
        }
        throw unterminated();
    }

    Slice text() {
        Slice result = Slice.of(text.toBytes());
        if (mayBeInvalid) {
            StringLexer.requireUtf8(result);
        }
        return result;
    }

    private int escape(int at) {
        if (at + 1 >= limit) {
            throw unterminated();
        }
        byte b = bytes[at + 1];
        if (b == '\'' && !rules.quoteEscape()) {
            throw new SqlError(SqlState.NONSTANDARD_USE_OF_ESCAPE_CHARACTER, "unsafe use of \\' in a string literal")
                    .hint("Use '' to write quotes in strings. \\' is insecure in client-only encodings.").at(tokens.location(start));
        }
        warn(b);
        if (b == 'u' || b == 'U') {
            return unicode(at, b == 'u' ? 4 : 8);
        }
        requireNoHalf(at);
        if (b >= '0' && b <= '7') {
            return number(at + 1, 3, 8);
        } else if (b == 'x' && at + 2 < limit && UnicodeEscapes.hex(bytes[at + 2]) >= 0) {
            return number(at + 2, 2, 16);
        }
        text.putByte(switch (b) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> b;
        });
        mayBeInvalid |= b <= 0;
        return at + 2;
    }

    /** Tells, once in a string, that standard strings would read it otherwise. */
    private void warn(byte escaped) {
        if (!warns) {
            return;
        }
        warns = false;
        String what = escaped == '\'' ? "\\'" : escaped == '\\' ? "\\\\" : "escape";
        String hint = escaped == '\'' ? "Use '' to write quotes in strings, or use the escape string syntax (E'...')."
                : escaped == '\\' ? "Use the escape string syntax for backslashes, e.g., E'\\\\'."
                : "Use the escape string syntax for escapes, e.g., E'\\r\\n'.";
        tokens.notices.add(new ParseNotice("WARNING", new SqlError(SqlState.NONSTANDARD_USE_OF_ESCAPE_CHARACTER,
                "nonstandard use of " + what + " in a string literal").hint(hint).at(tokens.location(start))));
    }

    private int number(int from, int most, int radix) {
        int value = 0;
        int at = from;
        while (at < limit && at < from + most && bytes[at] >= 0 && Character.digit(bytes[at], radix) >= 0) {
            value = value * radix + Character.digit(bytes[at], radix);
            at++;
        }
        text.putByte(value);
        mayBeInvalid |= (byte) value <= 0;
        return at;
    }

    private int unicode(int at, int digits) {
        int from = at + 2;
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < limit ? UnicodeEscapes.hex(bytes[i]) : -1;
            if (digit < 0) {
                throw new SqlError(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape")
                        .hint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.").at(tokens.location(at));
            }
            value = value << 4 | digit;
        }
        int end = from + digits;
        boolean low = value <= Character.MAX_CODE_POINT && UnicodeEscapes.isLow((int) value);
        if (low != (high != 0)) {
            throw Lexer.lexical(tokens, "invalid Unicode surrogate pair", at, end);
        }
        if (value == 0 || value > Character.MAX_CODE_POINT) {
            throw Lexer.lexical(tokens, "invalid Unicode escape value", at, end);
        }
        if (low) {
            UnicodeEscapes.putCodePoint(text, Character.toCodePoint((char) high, (char) value));
            high = 0;
        } else if (UnicodeEscapes.isHigh((int) value)) {
            high = (int) value;
        } else {
            UnicodeEscapes.putCodePoint(text, (int) value);
        }
        return end;
    }

    private void requireNoHalf(int at) {
        if (high != 0) {
            throw Lexer.lexical(tokens, "invalid Unicode surrogate pair", at, Math.min(at + 1, limit));
        }
    }

    private SqlError unterminated() {
        return Lexer.lexical(tokens, "unterminated quoted string", start, limit);
    }
}
