package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Cuts the text of a path into tokens, one at a time. */
final class JsonPathLexer {
    enum Type { NAME, STRING, INTEGER, DECIMAL, VARIABLE, SYMBOL, END }

    private static final String SPECIAL = "?%$.[]{}()|&!=<>@#,*:-+/\\\" \t\n\r\f";
    private static final String[] PAIRS = {"&&", "||", "==", "!=", "<>", "<=", ">=", "**"};

    private final String source;
    private int at;

    /** The current token. */
    Type type = Type.END;
    /** Its text: decoded for names and strings, digits without underscores for numbers. */
    String text = "";
    private int start;

    JsonPathLexer(Slice source) {
        this.source = source.toString();
    }

    /** The error at the current token. Where a name is wrong PostgreSQL shows what follows it, if that is blank. */
    SqlError syntaxError(String message) {
        if (type == Type.NAME) {
            int end = at;
            while (end < source.length() && " \t\n\r\f".indexOf(source.charAt(end)) >= 0) {
                end++;
            }
            start = at;
            at = end;
        }
        return type == Type.END || start == at ? new SqlError(SqlState.SYNTAX_ERROR, message + " at end of jsonpath input")
                : new SqlError(SqlState.SYNTAX_ERROR, message + " at or near \"" + source.substring(start, at) + "\" of jsonpath input");
    }

    private char peek(int ahead) {
        return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean isName(int ahead) {
        return at + ahead < source.length() && SPECIAL.indexOf(source.charAt(at + ahead)) < 0;
    }

    void next() {
        blanks();
        start = at;
        text = "";
        if (at >= source.length()) {
            type = Type.END;
            return;
        }
        char c = source.charAt(at);
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            number();
        } else if (c == '"') {
            type = Type.STRING;
            text = quoted();
        } else if (c == '$' && (isName(1) || peek(1) == '\\' || peek(1) == '"')) {
            at++;
            text = peek(0) == '"' ? quoted() : name();
            type = Type.VARIABLE;
        } else if (isName(0) || c == '\\') {
            type = Type.NAME;
            text = name();
        } else {
            symbol();
        }
    }

    private void blanks() {
        while (at < source.length()) {
            if (source.startsWith("/*", at)) {
                start = at;
                int end = source.indexOf("*/", at + 2);
                if (end < 0) {
                    at = source.length();
                    type = Type.END;
                    throw syntaxError("unexpected end of comment");
                }
                at = end + 2;
            } else if (" \t\n\r\f".indexOf(source.charAt(at)) >= 0) {
                at++;
            } else {
                return;
            }
        }
    }

    private void symbol() {
        type = Type.SYMBOL;
        for (String pair : PAIRS) {
            if (source.startsWith(pair, at)) {
                at += 2;
                text = pair.equals("<>") ? "!=" : pair;
                return;
            }
        }
        text = Character.toString(source.charAt(at++));
    }

    private void digits(int radix) {
        while (Character.digit(peek(0), radix) >= 0 || peek(0) == '_' && Character.digit(peek(1), radix) >= 0) {
            at++;
        }
    }

    /** Reads a number, or a name that begins like one: the longer wins. */
    private void number() {
        type = Type.INTEGER;
        char second = Character.toLowerCase(peek(1));
        int radix = peek(0) != '0' ? 10 : second == 'x' ? 16 : second == 'o' ? 8 : second == 'b' ? 2 : 10;
        if (radix != 10 && Character.digit(peek(2), radix) >= 0) {
            at += 2;
            digits(radix);
            text = new java.math.BigInteger(source.substring(start + 2, at).replace("_", ""), radix).toString();
            if (isName(0)) {
                longerName();
            }
            return;
        }
        decimal();
        text = source.substring(start, at).replace("_", "");
        if (isName(0)) {
            int number = at;
            longerName();
            if (at == number + 1) {
                type = Type.INTEGER;
                throw syntaxError("trailing junk after numeric literal");
            }
        }
    }

    private void longerName() {
        int end = at;
        at = start;
        text = name();
        type = Type.NAME;
        at = Math.max(at, end + 1);
    }

    private void decimal() {
        if (peek(0) == '0' && (isDigit(peek(1)) || peek(1) == '_')) {
            at++;
            return;
        }
        if (peek(0) != '.') {
            digits(10);
        }
        if (peek(0) == '.') {
            type = Type.DECIMAL;
            at++;
            digits(10);
        }
        char sign = peek(1);
        if ((peek(0) == 'e' || peek(0) == 'E') && (isDigit(sign) || (sign == '+' || sign == '-') && isDigit(peek(2)))) {
            type = Type.DECIMAL;
            at += 2;
            digits(10);
        }
    }

    private String name() {
        StringBuilder out = new StringBuilder();
        while (isName(0) || peek(0) == '\\') {
            if (peek(0) == '\\') {
                escape(out);
            } else {
                out.append(source.charAt(at++));
            }
        }
        return out.toString();
    }

    private String quoted() {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < source.length() && source.charAt(at) != '"') {
            if (source.charAt(at) == '\\') {
                escape(out);
            } else {
                out.append(source.charAt(at++));
            }
        }
        if (at >= source.length()) {
            type = Type.END;
            throw syntaxError("unterminated quoted string");
        }
        at++;
        return out.toString();
    }

    private void escape(StringBuilder out) {
        at++;
        char c = peek(0);
        at = Math.min(at + 1, source.length());
        switch (c) {
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000b');
            case 'x' -> out.appendCodePoint(hex(2, "invalid hexadecimal character sequence"));
            case 'u' -> unicode(out);
            case '\0' -> throw syntaxError("unexpected end after backslash");
            default -> out.append(c);
        }
    }

    private int hex(int digits, String message) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(0), 16);
            if (digit < 0) {
                throw syntaxError(message);
            }
            value = value * 16 + digit;
            at++;
        }
        return value;
    }

    private void unicode(StringBuilder out) {
        int value;
        if (peek(0) == '{') {
            int end = source.indexOf('}', at);
            int digits = end - at - 1;
            if (end < 0 || digits < 1 || digits > 6) {
                throw syntaxError("invalid Unicode escape sequence");
            }
            at++;
            value = hex(digits, "invalid Unicode escape sequence");
            at++;
        } else {
            value = hex(4, "invalid Unicode escape sequence");
        }
        if (value == 0) {
            throw new SqlError(SqlState.UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence")
                    .detail("\\u0000 cannot be converted to text.");
        }
        if (value > Character.MAX_CODE_POINT) {
            throw syntaxError("invalid Unicode escape sequence");
        }
        out.appendCodePoint(value);
    }

    /** The token's text as a slice. */
    Slice slice() {
        ByteSink sink = new ByteSink(text.length());
        sink.put(text);
        return sink.view();
    }
}
