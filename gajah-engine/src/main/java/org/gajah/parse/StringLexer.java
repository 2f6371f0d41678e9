package org.gajah.parse;

import static org.gajah.parse.Characters.SPACE;
import static org.gajah.parse.Characters.is;

import java.util.Arrays;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Reads white space, comments and everything in quotes. Each method adds a token and returns where it ends. */
final class StringLexer {
    /** The longest name in bytes. */
    static final int LONGEST_NAME = 63;

    private final Tokens tokens;
    private final byte[] bytes;
    private final int limit;

    StringLexer(Tokens tokens) {
        this.tokens = tokens;
        bytes = tokens.bytes;
        limit = tokens.limit;
    }

    /** Where the white space and comments from {@code at} on end. */
    int skipSpace(int at) {
        while (at < limit) {
            byte b = bytes[at];
            if (is(b, SPACE)) {
                at++;
            } else if (b == '-' && at + 1 < limit && bytes[at + 1] == '-') {
                at = endOfLine(at);
            } else if (b == '/' && at + 1 < limit && bytes[at + 1] == '*') {
                at = endOfComment(at);
            } else {
                break;
            }
        }
        return at;
    }

    private int endOfLine(int at) {
        while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private int endOfComment(int start) {
        int depth = 1;
        int at = start + 2;
        while (depth > 0) {
            if (at + 1 >= limit) {
                throw Lexer.lexical(tokens, "unterminated /* comment", start, limit);
            }
            if (bytes[at] == '*' && bytes[at + 1] == '/') {
                depth--;
                at += 2;
            } else if (bytes[at] == '/' && bytes[at + 1] == '*') {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
        return at;
    }

    /** Where a literal goes on behind {@code end}: a quote after white space with a line break in it; else -1. */
    private int continuation(int end) {
        boolean lineBreak = false;
        int at = end;
        while (at < limit) {
            byte b = bytes[at];
            if (is(b, SPACE)) {
                lineBreak |= b == '\n' || b == '\r';
                at++;
            } else if (b == '-' && at + 1 < limit && bytes[at + 1] == '-') {
                at = endOfLine(at);
            } else {
                return b == '\'' && lineBreak ? at : -1;
            }
        }
        return -1;
    }

    /** The quote that ends what begins behind {@code at}, or an error. */
    private int closingQuote(int at, byte quote, int start, String what) {
        while (at < limit && bytes[at] != quote) {
            at++;
        }
        if (at >= limit) {
            throw Lexer.lexical(tokens, "unterminated " + what, start, limit);
        }
        return at;
    }

    /** A string in quotes without escapes, whose opening quote is at {@code quote}. */
    int quoted(int start, int quote) {
        int close = closingQuote(quote + 1, (byte) '\'', start, "quoted string");
        boolean doubled = close + 1 < limit && bytes[close + 1] == '\'';
        if (!doubled && quote == start && continuation(close + 1) < 0) {
            tokens.add(Token.STRING, start, close + 1, null);
            return close + 1;
        }
        ByteSink text = new ByteSink();
        int end = collect(start, quote, (byte) '\'', "quoted string", text);
        tokens.add(Token.STRING, start, end, Slice.of(text.toBytes()));
        return end;
    }

    /** Puts what is between the quotes into {@code text}, quotes undoubled, continuations joined; returns the end. */
    private int collect(int start, int quote, byte mark, String what, ByteSink text) {
        int from = quote + 1;
        while (true) {
            int close = closingQuote(from, mark, start, what);
            text.put(bytes, from, close - from);
            if (close + 1 < limit && bytes[close + 1] == mark) {
                text.putByte(mark);
                from = close + 2;
                continue;
            }
            int next = mark == '\'' ? continuation(close + 1) : -1;
            if (next < 0) {
                return close + 1;
            }
            from = next + 1;
        }
    }

    /** B'...' or X'...'. */
    int bits(int start, char radix) {
        ByteSink text = new ByteSink();
        text.putByte(radix);
        String what = radix == 'b' ? "bit string literal" : "hexadecimal string literal";
        int at = start + 1;
        int end = at;
        while (at >= 0) {
            int close = closingQuote(at + 1, (byte) '\'', start, what);
            text.put(bytes, at + 1, close - at - 1);
            end = close + 1;
            at = continuation(end);
        }
        tokens.add(Token.BITS, start, end, text.toString());
        return end;
    }

    /** A string with escapes whose opening quote is at {@code quote}, behind an E or without one. */
    int escaped(int start, int quote, StringRules rules) {
        EscapeString body = new EscapeString(tokens, start, quote == start, rules);
        int at = quote;
        int end = at;
        while (at >= 0) {
            end = body.read(at + 1);
            at = continuation(end);
        }
        tokens.add(Token.STRING, start, end, body.text());
        return end;
    }

    /** $tag$...$tag$; the opening tag ends at {@code open}. */
    int dollarQuoted(int start, int open) {
        int length = open - start;
        for (int at = open; at + length <= limit; at++) {
            if (bytes[at] == '$' && Arrays.equals(bytes, at, at + length, bytes, start, open)) {
                tokens.add(Token.STRING, start, at + length, Slice.of(Arrays.copyOfRange(bytes, open, at)));
                return at + length;
            }
        }
        throw Lexer.lexical(tokens, "unterminated dollar-quoted string", start, limit);
    }

    /** "..."; the opening quote is at {@code quote}. */
    int identifier(int start, int quote) {
        ByteSink text = new ByteSink();
        int end = collect(start, quote, (byte) '"', "quoted identifier", text);
        if (text.size() == 0) {
            throw Lexer.lexical(tokens, "zero-length delimited identifier", start, end);
        }
        tokens.add(Token.IDENT, start, end, truncated(text.view()));
        return end;
    }

    /** U&amp;'...', left raw: UESCAPE may follow. */
    int unicodeString(int start, StringRules rules) {
        if (!rules.standard()) {
            throw SqlError.notSupported("unsafe use of string constant with Unicode escapes").at(tokens.location(start))
                    .detail("String constants with Unicode escapes cannot be used when \"standard_conforming_strings\" is off.");
        }
        ByteSink text = new ByteSink();
        int end = collect(start, start + 2, (byte) '\'', "quoted string", text);
        tokens.add(Token.STRING, start, end, new UnicodeEscapes(text.toBytes()));
        return end;
    }

    /** U&amp;"...", left raw: UESCAPE may follow. */
    int unicodeIdentifier(int start) {
        ByteSink text = new ByteSink();
        int end = collect(start, start + 2, (byte) '"', "quoted identifier", text);
        if (text.size() == 0) {
            throw Lexer.lexical(tokens, "zero-length delimited identifier", start, end);
        }
        tokens.add(Token.IDENT, start, end, new UnicodeEscapes(text.toBytes()));
        return end;
    }

    /** A name cut to the longest that there is, at a character's edge, with a notice if it had to be cut. */
    String truncated(Slice name) {
        if (name.length() <= LONGEST_NAME) {
            return name.toString();
        }
        int length = LONGEST_NAME;
        while (length > 0 && (name.at(length) & 0xc0) == 0x80) {
            length--;
        }
        String cut = name.slice(0, length).toString();
        tokens.notices.add(new ParseNotice("NOTICE", new SqlError(SqlState.NAME_TOO_LONG,
                "identifier \"" + name + "\" will be truncated to \"" + cut + "\"")));
        return cut;
    }

    /** Refuses bytes that are not UTF-8, as escapes may make them. */
    static void requireUtf8(Slice text) {
        int at = 0;
        while (at < text.length()) {
            int length = Utf8Check.characterLength(text, at);
            if (length == 0) {
                throw invalidUtf8(text, at);
            }
            at += length;
        }
    }

    private static SqlError invalidUtf8(Slice text, int at) {
        int shown = Math.min(Utf8Check.announcedLength(text.at(at)), text.length() - at);
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            hex.append(i == 0 ? "0x" : " 0x").append(String.format("%02x", text.at(at + i)));
        }
        return new SqlError(SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\": " + hex);
    }
}
