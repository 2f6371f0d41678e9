package org.gajah.func;

import java.util.OptionalInt;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.TimeZones;

/** Reads text by a {@link DateTimePattern} into fields: the first half of to_date and to_timestamp. One use. */
final class DateTimeReader {
    private static final String[] MONTHS = {"january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december"};
    private static final String[] MONTHS_SHORT = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    private static final String[] DAYS = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    private static final String[] DAYS_SHORT = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    private static final String[] ROMAN = {"xii", "xi", "x", "ix", "viii", "vii", "vi", "v", "iv", "iii", "ii", "i"};
    private static final String FILL_HINT = "If your source string is not fixed-width, try using the \"FM\" modifier.";

    /** A number in the source; 0 means that it was not given, as in PostgreSQL. */
    static final class Number {
        int value;

        void set(int newValue, DateTimePattern.Key key) {
            if (value != 0 && value != newValue) {
                throw invalid("conflicting values for \"" + key.name() + "\" field in formatting string")
                        .detail("This value contradicts a previous setting for the same field type.");
            }
            value = newValue;
        }
    }

    final Number hour = new Number();
    final Number afternoon = new Number();
    final Number minute = new Number();
    final Number second = new Number();
    final Number secondOfDay = new Number();
    final Number dayOfWeek = new Number();
    final Number day = new Number();
    final Number dayOfYear = new Number();
    final Number month = new Number();
    final Number millis = new Number();
    final Number year = new Number();
    final Number beforeChrist = new Number();
    final Number week = new Number();
    final Number weekOfMonth = new Number();
    final Number century = new Number();
    final Number julian = new Number();
    final Number micros = new Number();
    final Number zoneHour = new Number();
    final Number zoneMinute = new Number();
    int yearDigits;
    int fractionDigits;
    int zoneSign;
    boolean twelveHours;
    OptionalInt zoneOffset = OptionalInt.empty();
    DateTimePattern.Calendar calendar = DateTimePattern.Calendar.NONE;

    private final DateTimePattern pattern;
    private final String source;
    private int at;
    private int extra;
    private boolean fixed;

    private DateTimeReader(DateTimePattern pattern, String source, boolean strict) {
        this.pattern = pattern;
        this.source = source;
        this.fixed = strict;
    }

    static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_DATETIME_FORMAT, message);
    }

    static DateTimeReader read(DateTimePattern pattern, String source, boolean strict) {
        DateTimeReader reader = new DateTimeReader(pattern, source, strict);
        reader.run(strict);
        return reader;
    }

    private char peek() {
        return at < source.length() ? source.charAt(at) : '\0';
    }

    private int spaces() {
        int start = at;
        while (at < source.length() && DateTimePattern.isSpace(source.charAt(at))) {
            at++;
        }
        return at - start;
    }

    private void skipCharacter() {
        if (at < source.length()) {
            at += Character.charCount(source.codePointAt(at));
        }
    }

    private void run(boolean strict) {
        int i = 0;
        for (; i < pattern.nodes().size() && at < source.length(); i++) {
            DateTimePattern.Node node = pattern.nodes().get(i);
            boolean isField = node.type() == DateTimePattern.Type.FIELD;
            if (!fixed && !(isField && node.key().kind() == DateTimePattern.Kind.FX) && (isField || i == 0)) {
                extra += spaces();
            }
            if (!isField) {
                between(node, strict);
                continue;
            }
            mode(node.key());
            field(node, i);
            if (!fixed) {
                extra = spaces();
            }
        }
        if (strict) {
            if (i < pattern.nodes().size()) {
                throw invalid("input string is too short for datetime format");
            }
            spaces();
            if (at < source.length()) {
                throw invalid("trailing characters remain in input string after datetime format");
            }
        }
    }

    private void between(DateTimePattern.Node node, boolean strict) {
        if (node.type() == DateTimePattern.Type.CHARACTER) {
            if (!fixed && extra > 0) {
                extra--;
            } else if (strict && !source.startsWith(node.text(), at)) {
                throw invalid("unmatched format character \"" + node.text() + "\"");
            } else {
                skipCharacter();
            }
        } else if (strict) {
            if (!source.startsWith(node.text(), at)) {
                throw invalid("unmatched format separator \"" + node.text() + "\"");
            }
            at++;
        } else if (fixed) {
            skipCharacter();
        } else {
            extra--;
            if (DateTimePattern.isSpace(peek()) || DateTimePattern.isSeparator(peek())) {
                at++;
                extra++;
            }
        }
    }

    private void mode(DateTimePattern.Key key) {
        if (key.calendar() != DateTimePattern.Calendar.NONE) {
            if (calendar != DateTimePattern.Calendar.NONE && calendar != key.calendar()) {
                throw invalid("invalid combination of date conventions")
                        .hint("Do not mix Gregorian and ISO week date conventions in a formatting template.");
            }
            calendar = key.calendar();
        }
    }

    private void field(DateTimePattern.Node node, int index) {
        DateTimePattern.Key key = node.key();
        switch (key.kind()) {
            case FX -> fixed = true;
            case AM_DOTS -> {
                afternoon.set(word(key, "a.m.", "p.m."), key);
                twelveHours = true;
            }
            case AM -> {
                afternoon.set(word(key, "am", "pm"), key);
                twelveHours = true;
            }
            case AD_DOTS -> beforeChrist.set(word(key, "a.d.", "b.c."), key);
            case AD -> beforeChrist.set(word(key, "ad", "bc"), key);
            case MONTH -> month.set(word(key, MONTHS) + 1, key);
            case MON -> month.set(word(key, MONTHS_SHORT) + 1, key);
            case RM -> month.set(12 - word(key, ROMAN), key);
            case DAY -> weekday(word(key, DAYS), key);
            case DY -> weekday(word(key, DAYS_SHORT), key);
            case TZ -> zone(node, index);
            case OF -> offset(node, index);
            case TZH -> {
                sign();
                number(zoneHour, 2, node, index);
            }
            case TZM -> {
                zoneSign = zoneSign == 0 ? 1 : zoneSign;
                number(zoneMinute, 2, node, index);
            }
            case CC, DDD, DD, D, FF, HH24, HH12, IDDD, ID, IW, IYYY, IYY, IY, I, J, MI, MM, MS, Q, SSSS, SS, US, WW, W, Y_YYY, YYYY, YYY,
                    YY, Y -> {
                digits(node, index);
                if (node.ordinal()) {
                    skipCharacter();
                    skipCharacter();
                }
            }
        }
    }

    private void digits(DateTimePattern.Node node, int index) {
        int width = node.key().name().length();
        switch (node.key().kind()) {
            case HH12 -> {
                number(hour, 2, node, index);
                twelveHours = true;
            }
            case HH24 -> number(hour, 2, node, index);
            case MI -> number(minute, width, node, index);
            case SS -> number(second, width, node, index);
            case SSSS -> number(secondOfDay, width, node, index);
            case MS -> scaled(millis, 3, 3, node, index);
            case FF -> {
                fractionDigits = node.key().name().charAt(2) - '0';
                scaled(micros, fractionDigits, 6, node, index);
            }
            case US -> scaled(micros, 6, 6, node, index);
            case MM -> number(month, width, node, index);
            case DD -> number(day, width, node, index);
            case DDD -> number(dayOfYear, width, node, index);
            case IDDD -> number(dayOfYear, 3, node, index);
            case D -> number(dayOfWeek, width, node, index);
            case ID -> {
                number(dayOfWeek, 1, node, index);
                dayOfWeek.value = dayOfWeek.value + 1 > 7 ? 1 : dayOfWeek.value + 1;
            }
            case WW, IW -> number(week, width, node, index);
            case W -> number(weekOfMonth, width, node, index);
            case Q -> number(new Number(), width, node, index);
            case CC -> number(century, width, node, index);
            case J -> number(julian, width, node, index);
            case Y_YYY -> commaYear(node.key());
            case YYYY, IYYY -> {
                number(year, width, node, index);
                yearDigits = 4;
            }
            case YYY, IYY, YY, IY, Y, I -> {
                if (number(year, width, node, index) < 4) {
                    year.value = nearest(year.value);
                }
                yearDigits = width;
            }
            case AD_DOTS, AM_DOTS, AD, AM, DAY, DY, FX, MONTH, MON, OF, RM, TZH, TZM, TZ -> throw new IllegalStateException();
        }
    }

    /** Reads the digits of a fraction: 25 and 250 are the same. */
    private void scaled(Number target, int width, int full, DateTimePattern.Node node, int index) {
        int digits = number(target, width, node, index);
        target.value *= digits >= full ? 1 : (int) Math.pow(10, full - digits);
    }

    /** A year of less than four digits is one near 2020. */
    private static int nearest(int year) {
        return year < 70 ? year + 2000 : year < 100 ? year + 1900 : year < 520 ? year + 2000 : year < 1000 ? year + 1000 : year;
    }

    private void weekday(int found, DateTimePattern.Key key) {
        dayOfWeek.set(found, key);
        dayOfWeek.value++;
    }

    private void sign() {
        char c = peek();
        if (c == '+' || c == '-' || c == ' ') {
            zoneSign = c == '-' ? -1 : 1;
            at++;
        } else {
            zoneSign = extra > 0 && at > 0 && source.charAt(at - 1) == '-' ? -1 : 1;
        }
    }

    private void offset(DateTimePattern.Node node, int index) {
        sign();
        number(zoneHour, 2, node, index);
        if (peek() == ':') {
            at++;
            number(zoneMinute, 2, node, index);
        }
    }

    private void zone(DateTimePattern.Node node, int index) {
        int end = at;
        while (end < source.length() && end - at < 10 && Character.isLetter(source.charAt(end))) {
            end++;
        }
        for (int e = end; e > at; e--) {
            OptionalInt found = TimeZones.abbreviationOffset(source.substring(at, e));
            if (found.isPresent()) {
                zoneOffset = found;
                zoneSign = 0;
                at = e;
                return;
            }
        }
        if (end > at) {
            throw invalid("invalid value \"" + source.substring(at) + "\" for \"" + node.key().name() + "\"")
                    .detail("Time zone abbreviation is not recognized.");
        }
        offset(node, index);
    }

    private int word(DateTimePattern.Key key, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (source.regionMatches(true, at, words[i], 0, words[i].length())) {
                at += words[i].length();
                return i;
            }
        }
        int end = at;
        while (end < source.length() && !DateTimePattern.isSpace(source.charAt(end))) {
            end++;
        }
        throw invalid("invalid value \"" + source.substring(at, end) + "\" for \"" + key.name() + "\"")
                .detail("The given value did not match any of the allowed values for this field.");
    }

    /** Where an optional sign and digits from {@code from} end; {@code from} if there is no digit. */
    private static int numberEnd(String s, int from) {
        int i = from;
        while (i < s.length() && DateTimePattern.isSpace(s.charAt(i))) {
            i++;
        }
        if (i < s.length() && (s.charAt(i) == '-' || s.charAt(i) == '+')) {
            i++;
        }
        int digits = i;
        while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
            i++;
        }
        return i == digits ? from : i;
    }

    /** Reads a number of up to {@code width} digits; returns how many characters it took. */
    private int number(Number target, int width, DateTimePattern.Node node, int index) {
        int start = at;
        String name = node.key().name();
        spaces();
        String copy = source.substring(at, Math.min(source.length(), at + width));
        int end;
        if (node.fill() || pattern.endsNumber(index)) {
            end = numberEnd(source, start);
        } else {
            if (copy.length() < width) {
                throw invalid("source string too short for \"" + name + "\" formatting field")
                        .detail("Field requires " + width + " characters, but only " + copy.length() + " remain.").hint(FILL_HINT);
            }
            int used = numberEnd(copy, 0);
            if (used > 0 && used < width) {
                throw invalid("invalid value \"" + copy + "\" for \"" + name + "\"")
                        .detail("Field requires " + width + " characters, but only " + used + " could be parsed.").hint(FILL_HINT);
            }
            end = at + used;
        }
        if (end == start) {
            throw invalid("invalid value \"" + copy + "\" for \"" + name + "\"").detail("Value must be an integer.");
        }
        at = end;
        target.set(parse(source.substring(start, end).strip(), name), node.key());
        return end - start;
    }

    private static int parse(String digits, String name) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "value for \"" + name + "\" in source string is out of range", e)
                    .detail("Value must be in the range -2147483648 to 2147483647.");
        }
    }

    private void commaYear(DateTimePattern.Key key) {
        int comma = numberEnd(source, at);
        int end = comma < source.length() && comma > at && source.charAt(comma) == ',' ? comma + 1 : comma;
        int from = end;
        while (end < source.length() && end - from < 3 && source.charAt(end) >= '0' && source.charAt(end) <= '9') {
            end++;
        }
        if (comma == at) {
            throw invalid("invalid value \"" + source.substring(at) + "\" for \"" + key.name() + "\"");
        }
        if (from == comma || end == from) {
            throw invalid("invalid input string for \"Y,YYY\"");
        }
        long value = parse(source.substring(at, comma).strip(), key.name()) * 1000L + Integer.parseInt(source.substring(from, end));
        at = end;
        year.set(parse(Long.toString(value), key.name()), key);
        yearDigits = 4;
    }
}
