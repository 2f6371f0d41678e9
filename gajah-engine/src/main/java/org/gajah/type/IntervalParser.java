package org.gajah.type;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.base.Slice;

/** Reads intervals: PostgreSQL's verbose form, the SQL standard's and ISO 8601's. Fields are read from the right. */
public final class IntervalParser {
    private enum Unit { MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR, DECADE, CENTURY, MILLENNIUM,
        NONE, AGO }

    private static final int YEAR_MASK = 4;
    private static final int MONTH_MASK = 2;
    private static final int DAY_MASK = 8;
    private static final int HOUR_MASK = 1 << 10;
    private static final int MINUTE_MASK = 1 << 11;
    private static final int SECOND_MASK = 1 << 12;
    private static final int FULL_RANGE = 0x7fff;

    private static final Map<String, Unit> UNITS = new java.util.HashMap<>();

    static {
        units(Unit.MICROSECOND, "us usec microsecon useconds usecs microsecond microseconds");
        units(Unit.MILLISECOND, "ms msec msecs millisecon mseconds milliseconds millisecond");
        units(Unit.SECOND, "s sec secs second seconds");
        units(Unit.MINUTE, "m min mins minute minutes");
        units(Unit.HOUR, "h hr hrs hour hours");
        units(Unit.DAY, "d day days");
        units(Unit.WEEK, "w week weeks");
        units(Unit.MONTH, "mon mons month months");
        units(Unit.YEAR, "y yr yrs year years");
        units(Unit.DECADE, "dec decs decade decades");
        units(Unit.CENTURY, "c cent century centuries");
        units(Unit.MILLENNIUM, "mil mils millennium millennia");
        units(Unit.AGO, "ago");
    }

    private static void units(Unit unit, String words) {
        for (String word : words.split(" ")) {
            UNITS.put(key(word), unit);
        }
    }

    private static String key(String word) {
        return word.length() > 10 ? word.substring(0, 10) : word;
    }

    private long years;
    private long months;
    private long days;
    private long micros;
    private int have;

    private IntervalParser() {
    }

    /** Reads an interval; {@code typmod} says what a bare number means and what is cut off. */
    public static Interval parse(Slice text, int typmod, TypeContext context) {
        int range = typmod < 0 ? FULL_RANGE : typmod >> 16 & 0x7fff;
        try {
            Interval value = read(text, range, context);
            return withTypmod(value, typmod);
        } catch (DateTimeFault.Thrown e) {
            throw (e.fault() == DateTimeFault.FIELD_OVERFLOW ? DateTimeFault.INTERVAL_OVERFLOW.thrown() : e)
                    .error("interval", text);
        } catch (ArithmeticException e) {
            throw DateTimeFault.INTERVAL_OVERFLOW.thrown().error("interval", text);
        }
    }

    private static Interval read(Slice text, int range, TypeContext context) {
        IntervalParser p = new IntervalParser();
        boolean sqlStandard = context.style().intervalFormat() == TextStyle.IntervalFormat.SQL_STANDARD;
        try {
            List<DateTimeTokens.Token> tokens = DateTimeTokens.split(text);
            Optional<Interval> special = p.special(tokens);
            if (special.isPresent()) {
                return special.get();
            }
            p.fields(tokens, range, sqlStandard);
        } catch (DateTimeFault.Thrown e) {
            if (e.fault() != DateTimeFault.BAD_FORMAT || !IntervalText8601.looksLike(text)) {
                throw e;
            }
            return IntervalText8601.parse(text.toString());
        }
        if (p.years != (int) p.years || p.months != (int) p.months || p.days != (int) p.days) {
            throw DateTimeFault.FIELD_OVERFLOW.thrown();
        }
        long total = p.years * 12 + p.months;
        if (total != (int) total) {
            throw Interval.outOfRange();
        }
        return new Interval((int) total, (int) p.days, p.micros);
    }

    private Optional<Interval> special(List<DateTimeTokens.Token> tokens) {
        if (tokens.size() == 1) {
            switch (tokens.get(0).text()) {
                case "infinity", "+infinity" -> {
                    return Optional.of(Interval.INFINITY);
                }
                case "-infinity" -> {
                    return Optional.of(Interval.NEGATIVE_INFINITY);
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private void fields(List<DateTimeTokens.Token> tokens, int range, boolean sqlStandard) {
        boolean allNegative = sqlStandard && !tokens.isEmpty() && tokens.get(0).text().startsWith("-")
                && tokens.stream().skip(1).noneMatch(t -> t.text().startsWith("-") || t.text().startsWith("+"));
        Unit unit = Unit.NONE;
        boolean before = false;
        boolean unitPending = false;
        for (int i = tokens.size() - 1; i >= 0; i--) {
            DateTimeTokens.Token token = tokens.get(i);
            String s = token.text();
            int mask = 0;
            switch (token.kind()) {
                case TIME -> {
                    mask = clock(s, allNegative ? -1 : 1, range);
                    unit = Unit.DAY;
                    unitPending = false;
                }
                case ZONE, DATE, NUMBER -> {
                    if (s.indexOf(':') > 0) {
                        mask = clock(s.substring(1), s.charAt(0) == '-' ? -1 : 1, range);
                        unit = Unit.DAY;
                    } else {
                        mask = amount(allNegative && s.charAt(0) != '-' ? "-" + s : s, unit, range);
                        Unit meant = s.indexOf('-', 1) > 0 ? Unit.MONTH : unit == Unit.NONE ? unitOf(range) : unit;
                        unit = meant == Unit.HOUR ? Unit.DAY : meant;
                    }
                    unitPending = false;
                }
                case STRING, SPECIAL -> {
                    Unit found = UNITS.get(key(s));
                    if (found == null || unitPending) {
                        throw DateTimeFault.BAD_FORMAT.thrown();
                    }
                    if (found == Unit.AGO) {
                        if (i != tokens.size() - 1) {
                            throw DateTimeFault.BAD_FORMAT.thrown();
                        }
                        before = true;
                    } else {
                        unit = found;
                        unitPending = true;
                    }
                }
            }
            if ((mask & have) != 0) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            have |= mask;
        }
        if (have == 0 || unitPending) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        if (before) {
            years = Math.negateExact(years);
            months = Math.negateExact(months);
            days = Math.negateExact(days);
            micros = Math.negateExact(micros);
        }
    }

    private int clock(String s, int sign, int range) {
        String[] part = s.split(":", -1);
        String last = part[part.length - 1];
        int point = last.indexOf('.');
        long fraction = point >= 0 ? DateTimeParser.fraction(last.substring(point)) : 0;
        String whole = point >= 0 ? last.substring(0, point) : last;
        long hour = number(part[0]);
        long minute;
        long second = 0;
        if (part.length == 3) {
            minute = number(part[1]);
            second = number(whole);
        } else if (part.length == 2) {
            minute = number(whole);
            if (point >= 0 || range == (MINUTE_MASK | SECOND_MASK)) {
                second = minute;
                minute = hour;
                hour = 0;
            }
        } else {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        if (minute > 59 || second > 60) {
            throw DateTimeFault.FIELD_OVERFLOW.thrown();
        }
        long total = Math.addExact(Math.multiplyExact(hour, Calendar.MICROS_PER_HOUR),
                minute * Calendar.MICROS_PER_MINUTE + second * Calendar.MICROS_PER_SECOND + fraction);
        micros = Math.addExact(micros, sign * total);
        return HOUR_MASK | MINUTE_MASK | SECOND_MASK;
    }

    private static long number(String s) {
        if (s.isEmpty() || !s.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        try {
            return Long.parseLong(s);
        } catch (NumberFormatException e) {
            throw DateTimeFault.FIELD_OVERFLOW.thrown();
        }
    }

    private int amount(String s, Unit unit, int range) {
        Unit meant = unit == Unit.NONE ? unitOf(range) : unit;
        int start = s.charAt(0) == '-' || s.charAt(0) == '+' ? 1 : 0;
        int sign = s.charAt(0) == '-' ? -1 : 1;
        int minus = s.indexOf('-', start);
        int point = s.indexOf('.');
        if (minus > 0) {
            long years = number(s.substring(start, minus));
            long plusMonths = number(s.substring(minus + 1));
            if (plusMonths >= 12) {
                throw DateTimeFault.FIELD_OVERFLOW.thrown();
            }
            months = Math.addExact(months, sign * Math.addExact(Math.multiplyExact(years, 12L), plusMonths));
            return MONTH_MASK;
        }
        String whole = s.substring(start, point < 0 ? s.length() : point);
        if (whole.isEmpty() && point < 0) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        long value = whole.isEmpty() ? 0 : sign * number(whole);
        double fraction = 0;
        if (point >= 0 && s.length() > point + 1) {
            number(s.length() - point > 18 ? "0" : s.substring(point + 1));
            fraction = sign * Double.parseDouble("0" + s.substring(point));
        }
        return add(value, fraction, meant);
    }

    private static Unit unitOf(int range) {
        return switch (range) {
            case YEAR_MASK -> Unit.YEAR;
            case MONTH_MASK, YEAR_MASK | MONTH_MASK -> Unit.MONTH;
            case DAY_MASK -> Unit.DAY;
            case HOUR_MASK, DAY_MASK | HOUR_MASK -> Unit.HOUR;
            case MINUTE_MASK, HOUR_MASK | MINUTE_MASK, DAY_MASK | HOUR_MASK | MINUTE_MASK -> Unit.MINUTE;
            default -> Unit.SECOND;
        };
    }

    private int add(long value, double fraction, Unit unit) {
        switch (unit) {
            case MICROSECOND -> addMicros(value, fraction, 1);
            case MILLISECOND -> addMicros(value, fraction, 1000);
            case SECOND, NONE, AGO -> addMicros(value, fraction, Calendar.MICROS_PER_SECOND);
            case MINUTE -> addMicros(value, fraction, Calendar.MICROS_PER_MINUTE);
            case HOUR -> addMicros(value, fraction, Calendar.MICROS_PER_HOUR);
            case DAY -> addDays(value, fraction, 1);
            case WEEK -> addDays(value, fraction, 7);
            case MONTH -> {
                months = Math.addExact(months, value);
                addDays(0, fraction * 30, 1);
            }
            case YEAR -> addYears(value, fraction, 1);
            case DECADE -> addYears(value, fraction, 10);
            case CENTURY -> addYears(value, fraction, 100);
            case MILLENNIUM -> addYears(value, fraction, 1000);
        }
        return switch (unit) {
            case MICROSECOND -> 1 << 16;
            case MILLISECOND -> 1 << 17;
            case SECOND, NONE, AGO -> fraction == 0 ? SECOND_MASK : SECOND_MASK | 1 << 16 | 1 << 17;
            case MINUTE -> MINUTE_MASK;
            case HOUR -> HOUR_MASK;
            case DAY -> DAY_MASK;
            case WEEK -> 1 << 18;
            case MONTH -> MONTH_MASK;
            case YEAR -> YEAR_MASK;
            case DECADE -> 1 << 19;
            case CENTURY -> 1 << 20;
            case MILLENNIUM -> 1 << 21;
        };
    }

    private void addMicros(long value, double fraction, long unit) {
        double exact = fraction * unit;
        long part = (long) exact;
        double rest = exact - part;
        part += rest > 0.5 ? 1 : rest < -0.5 ? -1 : 0;
        micros = Math.addExact(micros, Math.addExact(Math.multiplyExact(value, unit), part));
    }

    private void addDays(long value, double fraction, int unit) {
        double part = fraction * unit;
        long whole = (long) part;
        days = Math.addExact(days, Math.addExact(Math.multiplyExact(value, (long) unit), whole));
        addMicros(0, part - whole, Calendar.MICROS_PER_DAY);
    }

    private void addYears(long value, double fraction, int unit) {
        years = Math.addExact(years, Math.multiplyExact(value, (long) unit));
        months = Math.addExact(months, (long) Math.rint(fraction * unit * 12));
    }

    /** Cuts an interval to the fields and the precision of a type modifier. */
    public static Interval withTypmod(Interval value, int typmod) {
        if (typmod < 0 || !value.isFinite()) {
            return value;
        }
        int range = typmod >> 16 & 0x7fff;
        Interval cut = switch (range) {
            case YEAR_MASK -> new Interval(value.months() / 12 * 12, 0, 0);
            case MONTH_MASK, YEAR_MASK | MONTH_MASK -> new Interval(value.months(), 0, 0);
            case DAY_MASK -> new Interval(value.months(), value.days(), 0);
            case HOUR_MASK, DAY_MASK | HOUR_MASK -> cutTo(value, Calendar.MICROS_PER_HOUR);
            case MINUTE_MASK, HOUR_MASK | MINUTE_MASK, DAY_MASK | HOUR_MASK | MINUTE_MASK ->
                cutTo(value, Calendar.MICROS_PER_MINUTE);
            default -> value;
        };
        int precision = typmod & 0xffff;
        return precision >= 6 ? cut : new Interval(cut.months(), cut.days(), TimeCodecs.round(cut.micros(), precision));
    }

    private static Interval cutTo(Interval value, long unit) {
        return new Interval(value.months(), value.days(), value.micros() / unit * unit);
    }
}
