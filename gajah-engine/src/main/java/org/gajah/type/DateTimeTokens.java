package org.gajah.type;

import java.util.ArrayList;
import java.util.List;

import org.gajah.base.Slice;

/** Splits the text of a date, time or interval into fields: the first half of PostgreSQL's date/time input. */
final class DateTimeTokens {
    enum Kind { NUMBER, STRING, DATE, TIME, ZONE, SPECIAL }

    record Token(Kind kind, String text) {
    }

    private static final int MAX_FIELDS = 25;

    private final String s;
    private int at;
    private final List<Token> tokens = new ArrayList<>();

    private DateTimeTokens(String s) {
        this.s = s;
    }

    /** The fields, in lower case; raises {@link DateTimeFault#BAD_FORMAT} at a character that belongs to none. */
    static List<Token> split(Slice text) {
        if (text.length() > 128) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        return new DateTimeTokens(text.toString()).run();
    }

    private char peek() {
        return at < s.length() ? s.charAt(at) : 0;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean alpha(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private List<Token> run() {
        while (at < s.length()) {
            char c = peek();
            if (IntegerText.isSpace(c)) {
                at++;
                continue;
            }
            if (digit(c)) {
                number();
            } else if (c == '.') {
                StringBuilder b = new StringBuilder(".");
                at++;
                take(b, DateTimeTokens::digit);
                add(Kind.NUMBER, b);
            } else if (alpha(c)) {
                word();
            } else if (c == '+' || c == '-') {
                signed();
            } else if (c > ' ' && c < 0x7f) {
                at++;
            } else {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
        }
        return tokens;
    }

    private interface CharTest {
        boolean test(char c);
    }

    private void take(StringBuilder b, CharTest test) {
        while (at < s.length() && test.test(peek())) {
            b.append(lower(s.charAt(at++)));
        }
    }

    private void add(Kind kind, StringBuilder b) {
        if (tokens.size() >= MAX_FIELDS) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        tokens.add(new Token(kind, b.toString()));
    }

    private void number() {
        StringBuilder b = new StringBuilder();
        take(b, DateTimeTokens::digit);
        char c = peek();
        if (c == ':') {
            take(b, x -> digit(x) || x == ':' || x == '.');
            add(Kind.TIME, b);
        } else if (c == '-' || c == '/' || c == '.') {
            b.append(c);
            at++;
            Kind kind;
            if (digit(peek())) {
                kind = c == '.' ? Kind.NUMBER : Kind.DATE;
                take(b, DateTimeTokens::digit);
                if (peek() == c) {
                    kind = Kind.DATE;
                    take(b, x -> digit(x) || x == c);
                }
            } else {
                kind = Kind.DATE;
                take(b, x -> alpha(x) || digit(x) || x == c);
            }
            add(kind, b);
        } else {
            add(Kind.NUMBER, b);
        }
    }

    private void word() {
        StringBuilder b = new StringBuilder();
        take(b, DateTimeTokens::alpha);
        char c = peek();
        boolean date = c == '-' || c == '/' || c == '.';
        if ((c == '+' || digit(c)) && DateTimeWord.find(b.toString()).isEmpty()) {
            date = true;
        }
        if (date) {
            take(b, x -> x == '+' || x == '-' || x == '/' || x == '_' || x == '.' || x == ':' || alpha(x) || digit(x));
        }
        add(date ? Kind.DATE : Kind.STRING, b);
    }

    private void signed() {
        StringBuilder b = new StringBuilder();
        b.append(peek());
        at++;
        while (at < s.length() && IntegerText.isSpace(peek())) {
            at++;
        }
        if (digit(peek())) {
            take(b, x -> digit(x) || x == ':' || x == '.' || x == '-');
            add(Kind.ZONE, b);
        } else if (alpha(peek())) {
            take(b, DateTimeTokens::alpha);
            add(Kind.SPECIAL, b);
        } else {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
    }
}
