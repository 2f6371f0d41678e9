package org.gajah.func;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** A template of to_char, to_date and to_timestamp, cut into fields and the characters between them. Immutable. */
record DateTimePattern(List<Node> nodes) {
    /** What may not be mixed in one template: fields of the ordinary calendar and of ISO weeks. */
    enum Calendar { NONE, GREGORIAN, ISO_WEEK }

    /** What a field means; the spelling says how it looks. */
    enum Kind {
        AD_DOTS, AM_DOTS, AD, AM, CC, DAY, DDD, DD, DY, D, FF, FX, HH24, HH12, IDDD, ID, IW, IYYY, IYY, IY, I, J, MI, MM, MONTH, MON, MS,
        OF, Q, RM, SSSS, SS, TZH, TZM, TZ, US, WW, W, Y_YYY, YYYY, YYY, YY, Y
    }

    /** A spelling of a field. {@code digits}: it is written with digits. */
    record Key(String name, Kind kind, boolean digits, Calendar calendar) {
    }

    enum Type { FIELD, SEPARATOR, SPACE, CHARACTER }

    /** A field, or one character of the template; of a character only {@code text} counts. */
    record Node(Type type, Key key, String text, boolean fill, boolean translate, boolean ordinal, boolean upperOrdinal) {
        static Node of(Type type, String text) {
            return new Node(type, NO_KEY, text, false, false, false, false);
        }
    }

    private static final Key NO_KEY = new Key("", Kind.FX, false, Calendar.NONE);
    private static final List<Key> KEYS = new ArrayList<>();

    static {
        both(Kind.AD_DOTS, false, Calendar.NONE, "A.D.", "B.C.");
        both(Kind.AM_DOTS, false, Calendar.NONE, "A.M.", "P.M.");
        both(Kind.AD, false, Calendar.NONE, "AD", "BC");
        both(Kind.AM, false, Calendar.NONE, "AM", "PM");
        both(Kind.CC, true, Calendar.NONE, "CC");
        both(Kind.DAY, false, Calendar.NONE, "DAY");
        one(Kind.DAY, Calendar.NONE, "Day");
        both(Kind.DDD, true, Calendar.GREGORIAN, "DDD");
        both(Kind.DD, true, Calendar.GREGORIAN, "DD");
        both(Kind.DY, false, Calendar.NONE, "DY");
        one(Kind.DY, Calendar.NONE, "Dy");
        both(Kind.D, true, Calendar.GREGORIAN, "D");
        both(Kind.FF, true, Calendar.NONE, "FF1", "FF2", "FF3", "FF4", "FF5", "FF6");
        both(Kind.FX, false, Calendar.NONE, "FX");
        both(Kind.HH24, true, Calendar.NONE, "HH24");
        both(Kind.HH12, true, Calendar.NONE, "HH12", "HH");
        both(Kind.IDDD, true, Calendar.ISO_WEEK, "IDDD");
        both(Kind.ID, true, Calendar.ISO_WEEK, "ID");
        both(Kind.IW, true, Calendar.ISO_WEEK, "IW");
        both(Kind.IYYY, true, Calendar.ISO_WEEK, "IYYY");
        both(Kind.IYY, true, Calendar.ISO_WEEK, "IYY");
        both(Kind.IY, true, Calendar.ISO_WEEK, "IY");
        both(Kind.I, true, Calendar.ISO_WEEK, "I");
        both(Kind.J, true, Calendar.NONE, "J");
        both(Kind.MI, true, Calendar.NONE, "MI");
        both(Kind.MM, true, Calendar.GREGORIAN, "MM");
        both(Kind.MONTH, false, Calendar.GREGORIAN, "MONTH");
        one(Kind.MONTH, Calendar.GREGORIAN, "Month");
        both(Kind.MON, false, Calendar.GREGORIAN, "MON");
        one(Kind.MON, Calendar.GREGORIAN, "Mon");
        both(Kind.MS, true, Calendar.NONE, "MS");
        both(Kind.OF, false, Calendar.NONE, "OF");
        both(Kind.Q, true, Calendar.NONE, "Q");
        both(Kind.RM, false, Calendar.GREGORIAN, "RM");
        both(Kind.SSSS, true, Calendar.NONE, "SSSSS", "SSSS");
        both(Kind.SS, true, Calendar.NONE, "SS");
        both(Kind.TZH, false, Calendar.NONE, "TZH");
        both(Kind.TZM, true, Calendar.NONE, "TZM");
        both(Kind.TZ, false, Calendar.NONE, "TZ");
        both(Kind.US, true, Calendar.NONE, "US");
        both(Kind.WW, true, Calendar.GREGORIAN, "WW");
        both(Kind.W, true, Calendar.GREGORIAN, "W");
        both(Kind.Y_YYY, true, Calendar.GREGORIAN, "Y,YYY");
        both(Kind.YYYY, true, Calendar.GREGORIAN, "YYYY");
        both(Kind.YYY, true, Calendar.GREGORIAN, "YYY");
        both(Kind.YY, true, Calendar.GREGORIAN, "YY");
        both(Kind.Y, true, Calendar.GREGORIAN, "Y");
        KEYS.sort(Comparator.comparingInt((Key k) -> k.name().length()).reversed());
    }

    private static void both(Kind kind, boolean digits, Calendar calendar, String... names) {
        for (String name : names) {
            KEYS.add(new Key(name, kind, digits, calendar));
            KEYS.add(new Key(name.toLowerCase(java.util.Locale.ROOT), kind, digits, calendar));
        }
    }

    private static void one(Kind kind, Calendar calendar, String name) {
        KEYS.add(new Key(name, kind, false, calendar));
    }

    /** {@code strict} is the form that jsonpath's datetime() takes: only some separators between fields. */
    static DateTimePattern parse(String template, boolean strict) {
        List<Node> nodes = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            boolean fill = false;
            boolean translate = false;
            if (template.startsWith("FM", at) || template.startsWith("fm", at)) {
                fill = true;
                at += 2;
            } else if (template.startsWith("TM", at) || template.startsWith("tm", at)) {
                translate = true;
                at += 2;
            }
            if (at >= template.length()) {
                break;
            }
            Key key = key(template, at);
            if (key != NO_KEY) {
                at += key.name().length();
                boolean upper = template.startsWith("TH", at);
                boolean ordinal = upper || template.startsWith("th", at);
                at += ordinal || template.startsWith("SP", at) ? 2 : 0;
                nodes.add(new Node(Type.FIELD, key, "", fill, translate, ordinal, upper));
            } else if (template.charAt(at) == '"') {
                at = quoted(template, at + 1, nodes);
            } else {
                at = character(template, at, strict, nodes);
            }
        }
        return new DateTimePattern(List.copyOf(nodes));
    }

    private static Key key(String template, int at) {
        for (Key key : KEYS) {
            if (template.startsWith(key.name(), at)) {
                return key;
            }
        }
        return NO_KEY;
    }

    private static int quoted(String template, int from, List<Node> nodes) {
        int at = from;
        while (at < template.length()) {
            if (template.charAt(at) == '"') {
                return at + 1;
            }
            if (template.charAt(at) == '\\' && at + 1 < template.length()) {
                at++;
            }
            String c = Character.toString(template.codePointAt(at));
            nodes.add(Node.of(Type.CHARACTER, c));
            at += c.length();
        }
        return at;
    }

    private static int character(String template, int from, boolean strict, List<Node> nodes) {
        int at = from;
        if (strict) {
            String c = Character.toString(template.codePointAt(at));
            if ("-./,':; ".indexOf(template.charAt(at)) < 0) {
                throw new SqlError(SqlState.INVALID_DATETIME_FORMAT, "invalid datetime format separator: \"" + c + "\"");
            }
            nodes.add(Node.of(c.equals(" ") ? Type.SPACE : Type.SEPARATOR, c));
            return at + 1;
        }
        if (template.startsWith("\\\"", at)) {
            at++;
        }
        String c = Character.toString(template.codePointAt(at));
        nodes.add(Node.of(isSeparator(c.charAt(0)) ? Type.SEPARATOR : isSpace(c.charAt(0)) ? Type.SPACE : Type.CHARACTER, c));
        return at + c.length();
    }

    static boolean isSeparator(char c) {
        return c > ' ' && c < 0x7f && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    }

    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** Whether a number in the field at {@code index} is ended by what follows it in the template. */
    boolean endsNumber(int index) {
        if (nodes.get(index).ordinal() || index + 1 >= nodes.size()) {
            return true;
        }
        Node next = nodes.get(index + 1);
        return next.type() == Type.FIELD ? !next.key().digits()
                : !(next.text().length() == 1 && next.text().charAt(0) >= '0' && next.text().charAt(0) <= '9');
    }
}
