package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Reads a number by a {@link NumberPattern}: to_number. One use. */
final class NumberReader {
    private static final int MAX_ROMAN = 15;
    private static final String ROMAN_DIGITS = "IVXLCDM";
    private static final int[] ROMAN_VALUES = {1, 5, 10, 50, 100, 500, 1000};

    private final NumberPattern p;
    private final String source;
    private final StringBuilder digits = new StringBuilder();
    private char sign = ' ';
    private int at;
    private int readBefore;
    private int readAfter;
    private boolean readPoint;

    private NumberReader(NumberPattern pattern, String source) {
        this.p = pattern;
        this.source = source;
    }

    /** Sign and digits as numeric's input takes them; sets the pattern's digits after the point to those read. */
    static String read(NumberPattern pattern, String source) {
        NumberReader reader = new NumberReader(pattern, source);
        reader.run();
        return reader.sign + reader.digits.toString();
    }

    private boolean ended() {
        return at >= source.length();
    }

    private void run() {
        if (p.exponent) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "\"EEEE\" not supported for input");
        }
        for (NumberPattern.Node node : p.nodes) {
            if (ended()) {
                break;
            }
            part(node.kind());
        }
        if (!digits.isEmpty() && digits.charAt(digits.length() - 1) == '.') {
            digits.setLength(digits.length() - 1);
        }
        if (!p.roman) {
            p.after = readAfter;
        }
    }

    private void part(NumberPattern.Kind kind) {
        char c = source.charAt(at);
        switch (kind) {
            case NINE, ZERO, POINT, D -> {
                digit(kind);
                at++;
            }
            case COMMA, G -> at += c == ',' ? 1 : 0;
            case L -> skip(1);
            case TH -> skip(p.roman || sign == '-' || p.point ? 0 : 2);
            case RN -> {
                int value = roman();
                if (value < 0) {
                    throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "invalid Roman numeral");
                }
                digits.append(value);
                p.before = Integer.toString(value).length();
                p.after = 0;
            }
            case MI -> mark(c == '-', c);
            case PL -> mark(c == '+', c);
            case SG -> mark(c == '-' || c == '+', c);
            case TEXT -> at += Character.charCount(source.codePointAt(at));
            case B, EEEE, FM, PR, SP, S, V -> {
            }
        }
    }

    private void mark(boolean found, char c) {
        if (found) {
            sign = c;
            at++;
        } else {
            skip(1);
        }
    }

    /** Skips characters that cannot belong to a number. */
    private void skip(int count) {
        for (int i = 0; i < count && !ended() && "0123456789.,+-".indexOf(source.charAt(at)) < 0; i++) {
            at += Character.charCount(source.codePointAt(at));
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void digit(NumberPattern.Kind kind) {
        if (source.charAt(at) == ' ') {
            at++;
        }
        boolean isDigitKind = kind == NumberPattern.Kind.ZERO || kind == NumberPattern.Kind.NINE;
        if (!ended() && sign == ' ' && isDigitKind && readBefore + readAfter == 0) {
            signBefore();
        }
        if (ended()) {
            return;
        }
        boolean read = false;
        char c = source.charAt(at);
        if (isDigit(c)) {
            if (readPoint && readAfter == p.after) {
                return;
            }
            digits.append(c);
            readAfter += readPoint ? 1 : 0;
            readBefore += readPoint ? 0 : 1;
            read = true;
        } else if (p.point && !readPoint && c == '.') {
            digits.append('.');
            readPoint = true;
            read = true;
        }
        if (sign == ' ' && readBefore + readAfter > 0) {
            signAfter(read);
        }
    }

    private void signBefore() {
        char c = source.charAt(at);
        boolean local = p.localSign && p.sign == NumberPattern.SignPlace.BEFORE;
        if (c == '-' || !local && p.bracket && c == '<') {
            sign = '-';
            at++;
        } else if (c == '+') {
            sign = '+';
            at++;
        }
    }

    private void signAfter(boolean read) {
        if (p.localSign && read && at + 1 < source.length() && !isDigit(source.charAt(at + 1))) {
            char c = source.charAt(at + 1);
            if (c == '-' || c == '+') {
                sign = c;
                at++;
            }
        } else if (!read && !p.localSign && (p.plus || p.minus)) {
            char c = source.charAt(at);
            if (c == '-' || c == '+') {
                sign = c;
            }
        }
    }

    private static int value(char c) {
        int index = ROMAN_DIGITS.indexOf(Character.toUpperCase(c));
        return index < 0 ? 0 : ROMAN_VALUES[index];
    }

    /** A Roman numeral up to 3999, strictly formed; -1 if it is not. */
    private int roman() {
        while (!ended() && DateTimePattern.isSpace(source.charAt(at))) {
            at++;
        }
        int start = at;
        while (!ended() && at - start < MAX_ROMAN && source.charAt(at) < 128 && value(source.charAt(at)) > 0) {
            at++;
        }
        int total = 0;
        for (int i = start; i < at; i++) {
            int v = value(source.charAt(i));
            int following = i + 1 < at ? value(source.charAt(i + 1)) : 0;
            total += v < following ? -v : v;
        }
        return total > 0 && NumberWriter.roman(total).equalsIgnoreCase(source.substring(start, at)) ? total : -1;
    }
}
