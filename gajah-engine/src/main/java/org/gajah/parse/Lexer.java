package org.gajah.parse;

import static org.gajah.parse.Characters.IDENTIFIER_PART;
import static org.gajah.parse.Characters.IDENTIFIER_START;
import static org.gajah.parse.Characters.OPERATOR;
import static org.gajah.parse.Characters.is;
import static org.gajah.parse.Characters.isDigit;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;

/** Cuts a text into tokens by PostgreSQL's rules (manual, section 4.1). The first lexical error ends it, as its last token. */
final class Lexer {
    private static final int LONGEST_OPERATOR = 63;

    private final Tokens tokens;
    private final byte[] bytes;
    private final int limit;
    private final StringLexer strings;
    private final StringRules rules;
    private int at;

    private Lexer(Slice source, StringRules rules) {
        this.rules = rules;
        tokens = new Tokens(source);
        bytes = tokens.bytes;
        at = tokens.base;
        limit = tokens.limit;
        strings = new StringLexer(tokens);
    }

    /** All tokens of {@code source}. */
    static Tokens tokenize(Slice source) {
        return tokenize(source, StringRules.DEFAULT);
    }

    static Tokens tokenize(Slice source, StringRules rules) {
        Lexer lexer = new Lexer(source, rules);
        int start = lexer.tokens.base;
        for (int i = start; i < lexer.limit; i++) {
            if (lexer.bytes[i] < 0) {
                lexer.tokens.notAscii();
                break;
            }
        }
        try {
            lexer.run();
        } catch (SqlError error) {
            lexer.tokens.add(Token.ERROR, lexer.at, lexer.limit, error);
        }
        lexer.tokens.add(Token.END, lexer.limit, lexer.limit, null);
        return lexer.tokens;
    }

    private void run() {
        while (next()) {
            int last = tokens.count - 1;
            if (tokens.values[last] instanceof UnicodeEscapes raw) {
                finishUnicode(last, raw);
            }
        }
    }

    /** Resolves the escapes of a U&amp; token, whose escape character may be given by UESCAPE behind it. */
    private void finishUnicode(int token, UnicodeEscapes raw) {
        int escape = '\\';
        int before = at;
        try {
            if (uescapeFollows()) {
                next();
                escape = readEscapeCharacter(token);
            } else {
                at = before;
            }
            tokens.count = token + 1;
            Slice text = raw.resolve(escape, tokens.location(tokens.starts[token]) + 3);
            tokens.values[token] = tokens.kinds[token] == Token.STRING ? text : strings.truncated(text);
        } catch (SqlError error) {
            // the error takes the literal's place, and what was read behind it is forgotten
            tokens.count = token;
            throw error;
        }
    }

    private boolean uescapeFollows() {
        skipSpace();
        int end = at;
        while (end < limit && is(bytes[end], IDENTIFIER_PART)) {
            end++;
        }
        return KeywordTable.find(bytes, at, end) == Keyword.UESCAPE;
    }

    private int readEscapeCharacter(int token) {
        int quote = token + 2;
        if (!next()) {
            throw error("UESCAPE must be followed by a simple string literal", limit, limit);
        }
        int start = tokens.starts[quote];
        if (tokens.kinds[quote] != Token.STRING || tokens.values[quote] instanceof UnicodeEscapes) {
            throw error("UESCAPE must be followed by a simple string literal", start, tokens.ends[quote]);
        }
        Slice text = tokens.text(quote);
        if (text.length() != 1 || !UnicodeEscapes.mayEscape(text.at(0))) {
            throw error("invalid Unicode escape character", start, tokens.ends[quote]);
        }
        return text.at(0);
    }

    /** Adds the next token, or returns false at the end. */
    private boolean next() {
        skipSpace();
        if (at >= limit) {
            return false;
        }
        byte b = bytes[at];
        if (is(b, IDENTIFIER_START)) {
            word(b);
        } else if (isDigit(b) || b == '.' && at + 1 < limit && isDigit(bytes[at + 1])) {
            at = NumberLexer.lex(tokens, at);
        } else if (b == '\'') {
            at = rules.standard() ? strings.quoted(at, at) : strings.escaped(at, at, rules);
        } else if (b == '"') {
            at = strings.identifier(at, at);
        } else if (b == '$') {
            dollar();
        } else if (is(b, OPERATOR)) {
            operator();
        } else {
            punctuation(b);
        }
        return true;
    }

    private void skipSpace() {
        at = strings.skipSpace(at);
    }

    private void word(byte b) {
        if (at + 1 < limit && bytes[at + 1] == '\'' && prefixedString(b)) {
            return;
        }
        if ((b == 'u' || b == 'U') && at + 2 < limit && bytes[at + 1] == '&') {
            if (bytes[at + 2] == '\'') {
                at = strings.unicodeString(at, rules);
                return;
            } else if (bytes[at + 2] == '"') {
                at = strings.unicodeIdentifier(at);
                return;
            }
        }
        int start = at;
        int end = start + 1;
        while (end < limit && is(bytes[end], IDENTIFIER_PART)) {
            end++;
        }
        at = end;
        Keyword keyword = KeywordTable.find(bytes, start, end);
        if (keyword != Keyword.NOT_A_KEYWORD) {
            tokens.add(Token.KEYWORD + keyword.ordinal(), start, end, null);
        } else {
            tokens.add(Token.IDENT, start, end, null);
            if (end - start > StringLexer.LONGEST_NAME) {
                int token = tokens.count - 1;
                tokens.values[token] = strings.truncated(Slice.of(tokens.name(token)));
            }
        }
    }

    private boolean prefixedString(byte b) {
        switch (b) {
            case 'e', 'E' -> at = strings.escaped(at, at + 1, rules);
            case 'b', 'B' -> at = strings.bits(at, 'b');
            case 'x', 'X' -> at = strings.bits(at, 'x');
            case 'n', 'N' -> {
                tokens.add(Token.KEYWORD + Keyword.NCHAR.ordinal(), at, at + 1, null);
                at++;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void dollar() {
        if (at + 1 < limit && isDigit(bytes[at + 1])) {
            at = NumberLexer.parameter(tokens, at);
            return;
        }
        int end = at + 1;
        if (end < limit && is(bytes[end], IDENTIFIER_START)) {
            while (end < limit && bytes[end] != '$' && is(bytes[end], IDENTIFIER_PART)) {
                end++;
            }
        }
        if (end < limit && bytes[end] == '$') {
            at = strings.dollarQuoted(at, end + 1);
        } else {
            tokens.add('$', at, at + 1, null);
            at++;
        }
    }

    private void operator() {
        int start = at;
        int end = start;
        boolean keepsSign = false;
        while (end < limit && is(bytes[end], OPERATOR) && !startsComment(end)) {
            keepsSign |= "~!@#^&|`?%".indexOf(bytes[end]) >= 0;
            end++;
        }
        // an operator may end in + or - only if it has one of the characters that no standard operator has
        while (!keepsSign && end - start > 1 && (bytes[end - 1] == '+' || bytes[end - 1] == '-')) {
            end--;
        }
        at = end;
        tokens.add(operatorKind(start, end), start, end, null);
    }

    private boolean startsComment(int i) {
        return i + 1 < limit
                && (bytes[i] == '-' && bytes[i + 1] == '-' || bytes[i] == '/' && bytes[i + 1] == '*');
    }

    private int operatorKind(int start, int end) {
        byte first = bytes[start];
        if (end - start == 1) {
            return "+-*/<>=%^".indexOf(first) >= 0 ? first : Token.OPERATOR;
        }
        if (end - start > LONGEST_OPERATOR) {
            at = start;
            throw error("operator too long", start, end);
        }
        if (end - start == 2) {
            byte second = bytes[start + 1];
            if (second == '>') {
                return first == '=' ? Token.EQUALS_GREATER
                        : first == '<' ? Token.NOT_EQUALS : Token.OPERATOR;
            } else if (second == '=') {
                return first == '<' ? Token.LESS_EQUALS
                        : first == '>' ? Token.GREATER_EQUALS : first == '!' ? Token.NOT_EQUALS : Token.OPERATOR;
            }
        }
        return Token.OPERATOR;
    }

    private void punctuation(byte b) {
        byte following = at + 1 < limit ? bytes[at + 1] : 0;
        int kind = b;
        int length = 1;
        if (b == ':' && following == ':') {
            kind = Token.TYPECAST;
            length = 2;
        } else if (b == ':' && following == '=') {
            kind = Token.COLON_EQUALS;
            length = 2;
        } else if (b == '.' && following == '.') {
            kind = Token.DOT_DOT;
            length = 2;
        } else if (b <= ' ' || b == 127) {
            throw error("syntax error", at, at + 1);
        }
        tokens.add(kind, at, at + length, null);
        at += length;
    }

    private SqlError error(String message, int start, int end) {
        return lexical(tokens, message, start, end);
    }

    /** {@code message at or near "..."}, pointing at the first byte. */
    static SqlError lexical(Tokens tokens, String message, int start, int end) {
        String where = start >= tokens.limit
                ? " at end of input" : " at or near \"" + tokens.textBetween(start, end) + "\"";
        return new SqlError(SqlState.SYNTAX_ERROR, message + where).at(tokens.location(start));
    }

}
