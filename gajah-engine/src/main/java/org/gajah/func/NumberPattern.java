package org.gajah.func;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** A template of to_char and to_number for numbers. Mutable while one call uses it: scaling by V widens it. */
final class NumberPattern {
    /** What a part of the template asks for. */
    enum Kind { COMMA, POINT, ZERO, NINE, B, D, EEEE, FM, G, L, MI, PL, PR, RN, SG, SP, S, TH, V, TEXT }

    enum SignPlace { NONE, BEFORE, AFTER }

    /** A part: a pattern as it is spelled, or one character that is none. */
    record Node(Kind kind, String text) {
        boolean lower() {
            return Character.isLowerCase(text.charAt(0));
        }
    }

    private static final Kind[] WORDS = {Kind.EEEE, Kind.FM, Kind.MI, Kind.PL, Kind.PR, Kind.RN, Kind.SG, Kind.SP, Kind.TH, Kind.B, Kind.D,
        Kind.G, Kind.L, Kind.S, Kind.V};

    final List<Node> nodes = new ArrayList<>();
    /** Digits before the point. */
    int before;
    /** Digits after the point. */
    int after;
    /** Digits after V. */
    int scaled;
    /** Digits before the first 0 of the template, plus one. */
    int zeroStart;
    int zeroEnd;
    int digitsBeforeSign;
    SignPlace sign = SignPlace.NONE;
    boolean fill;
    boolean point;
    boolean zero;
    boolean blank;
    boolean localSign;
    boolean minus;
    boolean plus;
    boolean bracket;
    boolean scale;
    boolean exponent;
    boolean roman;

    private NumberPattern() {
    }

    static NumberPattern parse(String template) {
        NumberPattern pattern = new NumberPattern();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            Kind kind = kind(template, at);
            if (kind != Kind.TEXT) {
                int length = kind.name().length() <= 4 && Character.isLetter(c) ? kind.name().length() : 1;
                pattern.add(new Node(kind, template.substring(at, at + length)));
                at += length;
            } else if (c == '"') {
                at = pattern.quoted(template, at + 1);
            } else {
                at += template.startsWith("\\\"", at) ? 1 : 0;
                String text = Character.toString(template.codePointAt(at));
                pattern.nodes.add(new Node(Kind.TEXT, text));
                at += text.length();
            }
        }
        return pattern;
    }

    private static Kind kind(String template, int at) {
        switch (template.charAt(at)) {
            case ',' -> {
                return Kind.COMMA;
            }
            case '.' -> {
                return Kind.POINT;
            }
            case '0' -> {
                return Kind.ZERO;
            }
            case '9' -> {
                return Kind.NINE;
            }
            default -> {
                for (Kind word : WORDS) {
                    if (template.startsWith(word.name(), at) || template.startsWith(word.name().toLowerCase(Locale.ROOT), at)) {
                        return word;
                    }
                }
                return Kind.TEXT;
            }
        }
    }

    private int quoted(String template, int from) {
        int at = from;
        while (at < template.length()) {
            if (template.charAt(at) == '"') {
                return at + 1;
            }
            if (template.charAt(at) == '\\' && at + 1 < template.length()) {
                at++;
            }
            String text = Character.toString(template.codePointAt(at));
            nodes.add(new Node(Kind.TEXT, text));
            at += text.length();
        }
        return at;
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new SqlError(SqlState.SYNTAX_ERROR, message);
        }
    }

    private void add(Node node) {
        nodes.add(node);
        Kind kind = node.kind();
        refuse(exponent && kind != Kind.EEEE, "\"EEEE\" must be the last pattern used");
        switch (kind) {
            case NINE -> nine();
            case ZERO -> zero();
            case B -> blank |= before == 0 && after == 0 && !zero;
            case D, POINT -> {
                refuse(point, "multiple decimal points");
                refuse(scale, "cannot use \"V\" and decimal point together");
                point = true;
            }
            case FM -> fill = true;
            case S -> sign();
            case MI -> {
                refuse(localSign, "cannot use \"S\" and \"MI\" together");
                minus = true;
            }
            case PL -> {
                refuse(localSign, "cannot use \"S\" and \"PL\" together");
                plus = true;
            }
            case SG -> {
                refuse(localSign, "cannot use \"S\" and \"SG\" together");
                minus = true;
                plus = true;
            }
            case PR -> {
                refuse(localSign || plus || minus, "cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
                bracket = true;
            }
            case RN -> {
                refuse(roman, "cannot use \"RN\" twice");
                roman = true;
            }
            case V -> {
                refuse(point, "cannot use \"V\" and decimal point together");
                scale = true;
            }
            case EEEE -> exponent();
            case COMMA, G, L, SP, TH, TEXT -> {
            }
        }
        if (roman && (zero || point || blank || localSign || minus || plus || bracket || scale || exponent)) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "\"RN\" is incompatible with other formats")
                    .detail("\"RN\" may only be used together with \"FM\".");
        }
    }

    private void nine() {
        refuse(bracket, "\"9\" must be ahead of \"PR\"");
        if (scale) {
            scaled++;
        } else if (point) {
            after++;
        } else {
            before++;
        }
    }

    private void zero() {
        refuse(bracket, "\"0\" must be ahead of \"PR\"");
        if (!zero && !point) {
            zero = true;
            zeroStart = before + 1;
        }
        if (point) {
            after++;
        } else {
            before++;
        }
        zeroEnd = before + after;
    }

    private void sign() {
        refuse(localSign, "cannot use \"S\" twice");
        refuse(plus || minus || bracket, "cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        if (!point) {
            sign = SignPlace.BEFORE;
            digitsBeforeSign = before;
            localSign = true;
        } else if (sign == SignPlace.NONE) {
            sign = SignPlace.AFTER;
            localSign = true;
        }
    }

    private void exponent() {
        refuse(exponent, "cannot use \"EEEE\" twice");
        if (blank || fill || localSign || bracket || minus || plus || roman || scale) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "\"EEEE\" is incompatible with other formats")
                    .detail("\"EEEE\" may only be used together with digit and decimal point patterns.");
        }
        exponent = true;
    }
}
