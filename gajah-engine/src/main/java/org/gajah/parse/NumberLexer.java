package org.gajah.parse;

import static org.gajah.parse.Characters.IDENTIFIER_PART;
import static org.gajah.parse.Characters.IDENTIFIER_START;
import static org.gajah.parse.Characters.is;
import static org.gajah.parse.Characters.isDigit;

/** Reads numbers and parameters. */
final class NumberLexer {
    private NumberLexer() {
    }

    /** Adds the number that starts at {@code start} and returns its end. */
    static int lex(Tokens tokens, int start) {
        byte[] bytes = tokens.bytes;
        int limit = tokens.limit;
        if (bytes[start] == '0' && start + 1 < limit) {
            int radix = switch (bytes[start + 1]) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 10;
            };
            if (radix != 10) {
                return withRadix(tokens, start, radix);
            }
        }
        int end = digits(tokens, start, 10);
        boolean whole = true;
        if (end < limit && bytes[end] == '.' && !(end + 1 < limit && bytes[end + 1] == '.')) {
            whole = false;
            end++;
            end = end < limit && isDigit(bytes[end]) ? digits(tokens, end, 10) : end;
        }
        if (end + 1 < limit && (bytes[end] == 'e' || bytes[end] == 'E')) {
            boolean signed = bytes[end + 1] == '+' || bytes[end + 1] == '-';
            int exponent = signed ? end + 2 : end + 1;
            if (exponent < limit && isDigit(bytes[exponent])) {
                whole = false;
                end = digits(tokens, exponent, 10);
            } else if (signed) {
                throw Lexer.lexical(tokens, "trailing junk after numeric literal", start, exponent);
            }
        }
        refuseJunk(tokens, "trailing junk after numeric literal", start, end);
        if (whole && addInteger(tokens, start, start, end, 10)) {
            return end;
        }
        tokens.add(Token.FLOAT, start, end, null);
        return end;
    }

    private static int withRadix(Tokens tokens, int start, int radix) {
        int end = digits(tokens, start + 2, radix);
        if (end == start + 2) {
            int junk = end < tokens.limit && tokens.bytes[end] == '_' ? end + 1 : end;
            if (junk >= tokens.limit || !is(tokens.bytes[junk], IDENTIFIER_PART)) {
                String name = radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary";
                throw Lexer.lexical(tokens, "invalid " + name + " integer", start, junk);
            }
            refuseJunk(tokens, "trailing junk after numeric literal", start, start + 1);
        }
        if (end < tokens.limit && is(tokens.bytes[end], IDENTIFIER_PART)) {
            refuseJunk(tokens, "trailing junk after numeric literal", start, start + 1);
        }
        if (!addInteger(tokens, start, start + 2, end, radix)) {
            tokens.add(Token.FLOAT, start, end, null);
        }
        return end;
    }

    /** The end of a run of digits with single underscores between them; with a radix, one may also come first. */
    private static int digits(Tokens tokens, int start, int radix) {
        byte[] bytes = tokens.bytes;
        int end = start;
        while (end < tokens.limit) {
            boolean underscore = bytes[end] == '_' && (radix != 10 || end > start);
            int digit = underscore ? end + 1 : end;
            if (digit >= tokens.limit || bytes[digit] < 0 || Character.digit(bytes[digit], radix) < 0) {
                break;
            }
            end = digit + 1;
        }
        return end;
    }

    private static boolean addInteger(Tokens tokens, int start, int digits, int end, int radix) {
        long value = 0;
        for (int i = digits; i < end; i++) {
            if (tokens.bytes[i] != '_') {
                value = value * radix + Character.digit(tokens.bytes[i], radix);
                if (value > Integer.MAX_VALUE) {
                    return false;
                }
            }
        }
        tokens.add(Token.INTEGER, start, end, (int) value);
        return true;
    }

    private static void refuseJunk(Tokens tokens, String message, int start, int end) {
        if (end < tokens.limit && is(tokens.bytes[end], IDENTIFIER_START)) {
            int junk = end;
            while (junk < tokens.limit && is(tokens.bytes[junk], IDENTIFIER_PART)) {
                junk++;
            }
            throw Lexer.lexical(tokens, message, start, junk);
        }
    }

    /** Adds the parameter {@code $n} that starts at {@code start} and returns its end. */
    static int parameter(Tokens tokens, int start) {
        int end = start + 1;
        long number = 0;
        while (end < tokens.limit && isDigit(tokens.bytes[end])) {
            number = Math.min(number * 10 + tokens.bytes[end] - '0', 1L << 40);
            end++;
        }
        refuseJunk(tokens, "trailing junk after parameter", start, end);
        if (number > Integer.MAX_VALUE) {
            throw Lexer.lexical(tokens, "parameter number too large", start, end);
        }
        tokens.add(Token.PARAM, start, end, (int) number);
        return end;
    }
}
