package org.gajah.type;

import java.util.List;
import java.util.Optional;

import org.gajah.base.Slice;

/**
 * Reads dates and times in all forms that PostgreSQL reads (manual, appendix B.1): fields are told apart by their shape, and what
 * a number means follows from which parts of the date are still missing.
 */
final class DateTimeParser {
    private static final int YEAR = 1;
    private static final int MONTH = 2;
    private static final int DAY = 4;
    private static final int DATE = YEAR | MONTH | DAY;
    private static final int TIME = 8;
    private static final int ZONE = 16;
    private static final int MERIDIEM = 32;
    private static final int ERA = 64;
    private static final int WEEKDAY = 128;
    private static final int DAYLIGHT = 256;

    private enum Label { NONE, JULIAN, TIME }

    private final TypeContext context;
    private final boolean timeOnly;
    private final DateTimeFields f = new DateTimeFields();
    private int have;
    private Label label = Label.NONE;
    private boolean textMonth;
    private boolean shortYear;
    private boolean julian;
    private boolean before;
    private int meridiem = -1;
    private int yearDay;

    private DateTimeParser(TypeContext context, boolean timeOnly) {
        this.context = context;
        this.timeOnly = timeOnly;
    }

    /** Reads a date with or without a time. */
    static DateTimeFields dateTime(Slice text, TypeContext context) {
        DateTimeParser p = new DateTimeParser(context, false);
        p.fields(DateTimeTokens.split(text));
        p.finish();
        return p.f;
    }

    /** Reads a time; a date before it only serves to find the offset of a zone. */
    static DateTimeFields time(Slice text, TypeContext context) {
        DateTimeParser p = new DateTimeParser(context, true);
        p.fields(DateTimeTokens.split(text));
        p.finish();
        return p.f;
    }

    private void fields(List<DateTimeTokens.Token> tokens) {
        if (tokens.isEmpty()) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        for (int i = 0; i < tokens.size(); i++) {
            DateTimeTokens.Token token = tokens.get(i);
            String s = token.text();
            int mask = switch (token.kind()) {
                case DATE -> dateField(s, i == 0 && startsWithDate(tokens));
                case TIME -> timeField(s);
                case ZONE -> zone(s);
                case NUMBER -> number(s, i == 0 && startsWithDate(tokens));
                case STRING, SPECIAL -> word(s);
            };
            if ((mask & have) != 0) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            have |= mask;
        }
    }

    /** In a time alone a date is read only at the start, and only if what follows makes it one. */
    private static boolean startsWithDate(List<DateTimeTokens.Token> tokens) {
        return tokens.size() >= 2 && (tokens.get(tokens.size() - 1).kind() == DateTimeTokens.Kind.DATE
                || tokens.get(1).kind() == DateTimeTokens.Kind.TIME);
    }

    private int dateField(String s, boolean first) {
        if (label == Label.JULIAN) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        boolean digit = Character.isDigit(s.charAt(0));
        if ((have & DATE) != DATE && label == Label.NONE && (!timeOnly || first)) {
            return date(s);
        }
        if (digit || label != Label.NONE) {
            label = Label.NONE;
            int minus = s.indexOf('-');
            if ((have & TIME) != 0 || minus < 0) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            return zone(s.substring(minus)) | run(s.substring(0, minus), have | DATE);
        }
        return region(s);
    }

    private int region(String name) {
        Optional<TimeZoneRules> zone = TimeZones.find(name);
        if (zone.isEmpty()) {
            if (name.indexOf('/') > 0) {
                throw new org.gajah.api.SqlError(org.gajah.api.SqlState.INVALID_PARAMETER_VALUE,
                        "time zone \"" + name + "\" not recognized");
            }
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        f.region = zone.get();
        f.hasRegion = true;
        return ZONE;
    }

    private int timeField(String s) {
        if (label != Label.NONE && label != Label.TIME) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        label = Label.NONE;
        String[] part = s.split(":", -1);
        if (part.length > 3) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        f.hour = integer(part[0]);
        String last = part[part.length - 1];
        int point = last.indexOf('.');
        if (point >= 0) {
            f.micros = fraction(last.substring(point));
            last = last.substring(0, point);
        }
        if (part.length == 3) {
            f.minute = integer(part[1]);
            f.second = integer(last);
        } else if (point >= 0) {
            f.minute = f.hour;
            f.second = integer(last);
            f.hour = 0;
        } else {
            f.minute = integer(last);
        }
        carry();
        checkTime();
        return TIME;
    }

    private void carry() {
        if (f.micros == Calendar.MICROS_PER_SECOND) {
            f.micros = 0;
            f.second++;
        }
    }

    private void checkTime() {
        if (f.hour > 24 || f.minute > 59 || f.second > 60
                || f.timeMicros() > Calendar.MICROS_PER_DAY) {
            throw DateTimeFault.FIELD_OVERFLOW.thrown();
        }
    }

    /** Reads "+hh", "-hhmm", "+hh:mm:ss" into the offset. */
    private int zone(String s) {
        f.offsetSeconds = zoneOffset(s);
        f.hasZone = true;
        return ZONE;
    }

    /** Seconds east of Greenwich of "+hh", "-hhmm", "+hh:mm:ss". */
    static int zoneOffset(String s) {
        String[] part = s.substring(1).split(":", -1);
        int hour = integer(part[0]);
        int minute = part.length > 1 ? integer(part[1]) : 0;
        int second = part.length > 2 ? integer(part[2]) : 0;
        if (part.length > 3) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        if (part.length == 1 && s.length() > 3) {
            minute = hour % 100;
            hour /= 100;
        }
        if (hour > 15 || minute > 59 || second > 59) {
            throw DateTimeFault.ZONE_OVERFLOW.thrown();
        }
        int offset = (hour * 60 + minute) * 60 + second;
        return s.charAt(0) == '-' ? -offset : offset;
    }

    private int number(String s, boolean mayBeDate) {
        int point = s.indexOf('.');
        if (label != Label.NONE) {
            return labelled(s, point);
        }
        if (timeOnly) {
            if (point >= 0 && point <= 2 && mayBeDate) {
                return date(s);
            }
            if (point >= 0 && point <= 2) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            return run(s, have | DATE);
        }
        if (point >= 0 && (have & DATE) == 0) {
            return date(s);
        }
        if (point > 2 || s.length() >= 6 && ((have & DATE) == 0 || (have & TIME) == 0)) {
            return run(s, have);
        }
        return part(s, have);
    }

    private int labelled(String s, int point) {
        Label was = label;
        label = Label.NONE;
        if (was == Label.TIME) {
            int mask = run(s, have | DATE);
            if (mask != TIME) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            return mask;
        }
        int day = integer(point < 0 ? s : s.substring(0, point));
        f.setDay((long) day - Calendar.JULIAN_2000);
        julian = true;
        if (point < 0) {
            return DATE;
        }
        double rest = Double.parseDouble("0" + s.substring(point));
        f.setTime((long) (rest * Calendar.MICROS_PER_DAY));
        return DATE | TIME;
    }

    /** A date in one field: parts between separators, a month perhaps by name. */
    private int date(String s) {
        String[] part = s.split("[^\\p{Alnum}]+", -1);
        int mask = 0;
        boolean[] done = new boolean[part.length];
        if (part.length > 3 || part.length < 2) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        for (int i = 0; i < part.length; i++) {
            if (!part[i].isEmpty() && Character.isLetter(part[i].charAt(0))) {
                DateTimeWord word = DateTimeWord.find(part[i]).orElseThrow(DateTimeFault.BAD_FORMAT::thrown);
                if (word.kind() != DateTimeWord.Kind.MONTH || (mask & MONTH) != 0) {
                    throw DateTimeFault.BAD_FORMAT.thrown();
                }
                f.month = word.value();
                textMonth = true;
                mask |= MONTH;
                done[i] = true;
            }
        }
        for (int i = 0; i < part.length; i++) {
            if (done[i]) {
                continue;
            }
            if (part[i].isEmpty()) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            int one = part(part[i], have | mask);
            if ((one & mask) != 0) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            mask |= one;
        }
        if (((have | mask) & ~ZONE) != DATE) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        return mask;
    }

    /** One number whose meaning follows from what is already known. */
    private int part(String s, int known) {
        int point = s.indexOf('.');
        if (point > 2) {
            return run(s, known | DATE);
        }
        if (point >= 0) {
            f.micros = fraction(s.substring(point));
        }
        String digits = point < 0 ? s : s.substring(0, point);
        int value = integer(digits);
        int length = s.length();
        if (length == 3 && (known & DATE) == YEAR && value >= 1 && value <= 366) {
            yearDay = value;
            return MONTH | DAY;
        }
        boolean yearFirst = context.style().fieldOrder() == TextStyle.FieldOrder.YMD;
        return switch (known & DATE) {
            case 0 -> {
                if (length >= 3 || yearFirst) {
                    yield year(value, length);
                }
                yield context.style().fieldOrder() == TextStyle.FieldOrder.DMY ? day(value) : month(value);
            }
            case YEAR, DAY -> month(value);
            case MONTH -> textMonth && (length >= 3 || yearFirst) ? year(value, length) : day(value);
            case YEAR | MONTH -> {
                if (textMonth && length >= 3 && shortYear) {
                    f.day = f.year;
                    f.year = value;
                    shortYear = false;
                    yield DAY;
                }
                yield day(value);
            }
            case MONTH | DAY -> year(value, length);
            case DATE -> run(s, known);
            default -> throw DateTimeFault.BAD_FORMAT.thrown();
        };
    }

    private int year(int value, int length) {
        f.year = value;
        shortYear = length <= 2;
        return YEAR;
    }

    private int month(int value) {
        f.month = value;
        return MONTH;
    }

    private int day(int value) {
        f.day = value;
        return DAY;
    }

    /** Digits run together: a date, or hhmm, or hhmmss. */
    private int run(String s, int known) {
        int point = s.indexOf('.');
        String digits = s;
        if (point >= 0) {
            f.micros = fraction(s.substring(point));
            digits = s.substring(0, point);
        } else if ((known & DATE) != DATE && s.length() >= 6) {
            int n = s.length();
            f.day = integer(s.substring(n - 2));
            f.month = integer(s.substring(n - 4, n - 2));
            f.year = integer(s.substring(0, n - 4));
            shortYear = n == 6;
            return DATE;
        }
        if ((known & TIME) == 0 && (digits.length() == 6 || digits.length() == 4)) {
            f.hour = integer(digits.substring(0, 2));
            f.minute = integer(digits.substring(2, 4));
            f.second = digits.length() == 6 ? integer(digits.substring(4)) : 0;
            carry();
            checkTime();
            return TIME;
        }
        throw DateTimeFault.BAD_FORMAT.thrown();
    }

    private int word(String s) {
        Optional<TimeZones.Abbreviation> abbreviation = TimeZones.abbreviation(s);
        if (abbreviation.isPresent()) {
            f.offsetSeconds = abbreviation.get().offsetSeconds();
            f.hasZone = true;
            return ZONE;
        }
        Optional<DateTimeWord> found = DateTimeWord.find(s);
        if (found.isEmpty()) {
            return region(s);
        }
        DateTimeWord word = found.get();
        return switch (word.kind()) {
            case NOW -> now();
            case TODAY, TOMORROW, YESTERDAY -> relativeDay(word.kind());
            case EPOCH, INFINITY, NEGATIVE_INFINITY -> {
                if (timeOnly) {
                    throw DateTimeFault.BAD_FORMAT.thrown();
                }
                f.special = word.kind();
                yield DATE | TIME | ZONE;
            }
            case ALLBALLS -> {
                f.setTime(0);
                f.hasZone = true;
                yield TIME | ZONE;
            }
            case MONTH -> monthName(word.value());
            case DAY_OF_WEEK -> WEEKDAY;
            case ERA -> {
                before = word.value() == 1;
                yield ERA;
            }
            case MERIDIEM -> {
                meridiem = word.value();
                yield MERIDIEM;
            }
            case IGNORED -> 0;
            case JULIAN -> {
                label = Label.JULIAN;
                yield 0;
            }
            case ISO_TIME -> {
                if (!timeOnly && (have & DATE) != DATE) {
                    throw DateTimeFault.BAD_FORMAT.thrown();
                }
                label = Label.TIME;
                yield 0;
            }
            case UNIT -> throw DateTimeFault.BAD_FORMAT.thrown();
            case DAYLIGHT -> {
                f.offsetSeconds += 3600;
                yield DAYLIGHT;
            }
        };
    }

    private int now() {
        long utc = context.transactionMicros();
        f.offsetSeconds = TimeZones.offsetAt(context.timeZone(), utc);
        f.hasZone = true;
        long local = utc + f.offsetSeconds * Calendar.MICROS_PER_SECOND;
        f.setDay(Math.floorDiv(local, Calendar.MICROS_PER_DAY));
        f.setTime(Math.floorMod(local, Calendar.MICROS_PER_DAY));
        return DATE | TIME | ZONE;
    }

    private int relativeDay(DateTimeWord.Kind kind) {
        if (timeOnly) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        long utc = context.transactionMicros();
        long local = utc + TimeZones.offsetAt(context.timeZone(), utc) * Calendar.MICROS_PER_SECOND;
        long shift = kind == DateTimeWord.Kind.TOMORROW ? 1 : kind == DateTimeWord.Kind.YESTERDAY ? -1 : 0;
        f.setDay(Math.floorDiv(local, Calendar.MICROS_PER_DAY) + shift);
        return DATE;
    }

    private int monthName(int value) {
        int mask = MONTH;
        if ((have & MONTH) != 0 && !textMonth && (have & DAY) == 0 && f.month >= 1 && f.month <= 31) {
            f.day = f.month;
            mask = DAY;
        }
        textMonth = true;
        f.month = value;
        return mask;
    }

    private void finish() {
        if (label != Label.NONE || f.special != DateTimeWord.Kind.ISO_TIME) {
            if (label != Label.NONE) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            return;
        }
        f.hasDate = (have & DATE) == DATE;
        f.hasTime = (have & TIME) != 0;
        if ((have & DATE) != 0) {
            validateDate();
        }
        if (meridiem >= 0) {
            if (f.hour > 12) {
                throw DateTimeFault.FIELD_OVERFLOW.thrown();
            }
            f.hour = meridiem == 0 && f.hour == 12 ? 0 : meridiem == 1 && f.hour != 12 ? f.hour + 12 : f.hour;
        }
        if (timeOnly ? !f.hasTime || f.hasRegion && !f.hasDate && !f.region.rules().isFixedOffset() : !f.hasDate) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        if (f.hasRegion) {
            long local = f.hasDate ? f.timestamp() : f.timeMicros();
            f.offsetSeconds = TimeZones.offsetAtLocal(f.region, local);
            f.hasZone = true;
        }
    }

    private void validateDate() {
        if ((have & YEAR) != 0 && !julian) {
            if (before ? f.year <= 0 : f.year <= 0 && !shortYear) {
                throw DateTimeFault.FIELD_OVERFLOW.thrown();
            }
            if (before) {
                f.year = 1 - f.year;
            } else if (shortYear) {
                f.year += f.year < 70 ? 2000 : f.year < 100 ? 1900 : 0;
            }
        }
        if (yearDay > 0) {
            f.setDay(Calendar.day(f.year, 1, 1) + yearDay - 1);
        }
        if ((have & MONTH) != 0 && (f.month < 1 || f.month > 12) || (have & DAY) != 0 && (f.day < 1 || f.day > 31)) {
            throw DateTimeFault.MONTH_DAY_OVERFLOW.thrown();
        }
        if ((have & DATE) == DATE && f.day > Calendar.monthLength(f.year, f.month)) {
            throw DateTimeFault.FIELD_OVERFLOW.thrown();
        }
    }

    private static int integer(String digits) {
        if (digits.isEmpty()) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            value = value * 10 + (c - '0');
            if (value > Integer.MAX_VALUE) {
                throw DateTimeFault.FIELD_OVERFLOW.thrown();
            }
        }
        return (int) value;
    }

    /** Microseconds of ".digits", rounded. */
    static int fraction(String s) {
        if (s.length() == 1) {
            return 0;
        }
        for (int i = 1; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
        }
        return (int) Math.rint(Double.parseDouble(s) * Calendar.MICROS_PER_SECOND);
    }
}
