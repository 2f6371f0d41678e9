package org.gajah.func;

import java.util.Locale;

/** Writes the digits of a number by a {@link NumberPattern}: to_char. One use. */
final class NumberWriter {
    private static final String[][] ROMAN = {{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"},
        {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"}, {"", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"},
        {"", "M", "MM", "MMM"}};
    private static final int ROMAN_WIDTH = 15;

    private final NumberPattern p;
    private final String number;
    private final char sign;
    private final int leadingSpaces;
    private final StringBuilder out = new StringBuilder();
    private final int zeroStart;
    private final int count;
    private final boolean bracket;
    private final NumberPattern.SignPlace signPlace;
    /** Index in the number of the last digit to write; -1 for all. */
    private int last = -1;
    private boolean signWritten;
    private boolean inNumber;
    private int current;
    private int at;

    private NumberWriter(NumberPattern pattern, String number, char sign, int leadingSpaces) {
        this.p = pattern;
        this.number = number;
        this.sign = sign;
        this.leadingSpaces = leadingSpaces;
        this.zeroStart = pattern.zeroStart > 0 ? pattern.zeroStart - 1 : 0;
        boolean strip = !pattern.plus && !pattern.minus && sign != '-' && pattern.fill;
        this.bracket = pattern.bracket && !strip;
        if (pattern.plus || pattern.minus) {
            signWritten = !pattern.plus || pattern.minus;
            signPlace = pattern.sign;
        } else {
            signWritten = sign == '+' && pattern.fill && !pattern.localSign;
            signPlace = pattern.sign == NumberPattern.SignPlace.BEFORE && pattern.before == pattern.digitsBeforeSign
                    ? NumberPattern.SignPlace.AFTER : pattern.sign;
        }
        if (pattern.fill && pattern.point) {
            last = lastRelevant();
        }
        this.count = pattern.after + pattern.before - 1 + (!signWritten && leadingSpaces == 0 ? 1 : 0);
    }

    /** A number's digits, with a point, without sign; spaces make up for digits that the template has before its point. */
    static String write(NumberPattern pattern, String digits, char sign, int leadingSpaces) {
        if (pattern.roman) {
            return new NumberWriter(pattern, digits, sign, 0).run();
        }
        String written = new NumberWriter(pattern, digits, sign, leadingSpaces).run();
        int end = written.indexOf('\0');
        return end < 0 ? written : written.substring(0, end);
    }

    /** What to_char shows when the number is wider than the template. */
    static String overflow(int before, int after) {
        return "#".repeat(before) + "." + "#".repeat(after);
    }

    static String roman(long value) {
        if (value < 1 || value > 3999) {
            return "#".repeat(ROMAN_WIDTH);
        }
        int n = (int) value;
        return ROMAN[3][n / 1000] + ROMAN[2][n / 100 % 10] + ROMAN[1][n / 10 % 10] + ROMAN[0][n % 10];
    }

    private int lastRelevant() {
        int dot = number.indexOf('.');
        if (dot < 0) {
            return -1;
        }
        int relevant = dot;
        for (int i = dot + 1; i < number.length(); i++) {
            if (number.charAt(i) != '0') {
                relevant = i;
            }
        }
        return p.zeroEnd > leadingSpaces ? Math.max(relevant, Math.min(number.length() - 1, p.zeroEnd - leadingSpaces)) : relevant;
    }

    private String run() {
        for (NumberPattern.Node node : p.nodes) {
            switch (node.kind()) {
                case NINE, ZERO, POINT, D -> digit(node.kind());
                case COMMA, G -> {
                    if (inNumber) {
                        out.append(',');
                    } else {
                        blank();
                    }
                }
                case L -> out.append(' ');
                case RN -> {
                    String text = node.lower() ? number.toLowerCase(Locale.ROOT) : number;
                    out.repeat(' ', p.fill ? 0 : ROMAN_WIDTH - text.length()).append(text);
                }
                case TH -> {
                    if (!p.roman && number.charAt(0) != '#' && sign != '-' && !p.point) {
                        String suffix = DateTimeWriter.ordinalSuffix(number);
                        out.append(node.lower() ? suffix : suffix.toUpperCase(Locale.ROOT));
                    }
                }
                case MI -> signOr('-');
                case PL -> signOr('+');
                case SG -> out.append(sign);
                case TEXT -> out.append(node.text());
                case B, EEEE, FM, PR, SP, S, V -> {
                }
            }
        }
        return out.toString();
    }

    private void blank() {
        if (!p.fill) {
            out.append(' ');
        }
    }

    private void signOr(char shown) {
        if (sign == shown) {
            out.append(shown);
        } else {
            blank();
        }
    }

    private char digitAt(int index) {
        return index < number.length() ? number.charAt(index) : '\0';
    }

    /** A lone zero before the point, which the template does not ask for. */
    private boolean silentZero() {
        return !p.zero && at == 0 && digitAt(0) == '0' && p.after != 0;
    }

    private boolean endsAtPoint() {
        return last >= 0 && digitAt(last) == '.';
    }

    private void digit(NumberPattern.Kind kind) {
        if (p.roman) {
            return;
        }
        inNumber = false;
        if (!signWritten && (current >= leadingSpaces || p.zero && zeroStart == current) && (!silentZero() || endsAtPoint())) {
            leadingSign();
        }
        if (current < leadingSpaces && (zeroStart > current || !p.zero)) {
            blank();
        } else if (p.zero && current < leadingSpaces) {
            out.append('0');
            inNumber = true;
        } else {
            next(kind);
        }
        int end = last >= 0 && last == at ? current : count + (leadingSpaces > 0 ? 1 : 0) + (p.point ? 1 : 0);
        if (current + 1 == end) {
            trailingSign();
        }
        current++;
    }

    private void leadingSign() {
        if (p.localSign) {
            if (signPlace == NumberPattern.SignPlace.BEFORE) {
                out.append(sign);
                signWritten = true;
            }
        } else if (bracket) {
            out.append(sign == '+' ? ' ' : '<');
            signWritten = true;
        } else if (sign == '+') {
            blank();
            signWritten = true;
        } else {
            out.append(sign);
            signWritten = true;
        }
    }

    private void trailingSign() {
        if (signWritten && bracket) {
            out.append(sign == '+' ? ' ' : '>');
        } else if (p.localSign && signPlace == NumberPattern.SignPlace.AFTER) {
            out.append(sign);
        }
    }

    private void next(NumberPattern.Kind kind) {
        char c = digitAt(at);
        if (c == '.') {
            if (!endsAtPoint() || p.fill) {
                out.append('.');
            }
        } else if (last >= 0 && at > last && kind != NumberPattern.Kind.ZERO) {
            // A zero at the end that FM drops.
            inNumber = false;
        } else if (silentZero()) {
            if (!p.fill) {
                out.append(' ');
            } else if (endsAtPoint()) {
                out.append('0');
            }
        } else {
            out.append(c);
            inNumber = true;
        }
        if (c != '\0') {
            at++;
        }
    }
}
