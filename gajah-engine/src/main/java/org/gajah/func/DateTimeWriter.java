package org.gajah.func;

import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Calendar;

/** Writes a moment or an interval by a {@link DateTimePattern}: to_char. One use. */
final class DateTimeWriter {
    private static final String[] MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December"};
    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    private static final String[] ROMAN = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};

    /**
     * A date and time taken apart, or an interval.
     *
     * @param zone abbreviation of the zone, empty if unknown
     */
    record Moment(boolean interval, int year, int month, int day, long hour, int minute, int second, int micros, int dayOfYear,
            int dayOfWeek, int offsetSeconds, String zone) {
        long days() {
            return Calendar.day(year, month, day);
        }

        /** The year as people write it: there is no year 0. */
        int shownYear() {
            return interval || year > 0 ? year : 1 - year;
        }

        int shownIsoYear() {
            int iso = Calendar.isoYear(days());
            return interval || iso > 0 ? iso : 1 - iso;
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final Moment m;

    private DateTimeWriter(Moment moment) {
        this.m = moment;
    }

    static String write(DateTimePattern pattern, Moment moment) {
        DateTimeWriter writer = new DateTimeWriter(moment);
        for (DateTimePattern.Node node : pattern.nodes()) {
            if (node.type() == DateTimePattern.Type.FIELD) {
                int start = writer.out.length();
                writer.field(node);
                if (node.ordinal() && node.key().digits() && node.key().kind() != DateTimePattern.Kind.TZM) {
                    writer.ordinal(node.upperOrdinal(), start);
                }
            } else {
                writer.out.append(node.text());
            }
        }
        return writer.out.toString();
    }

    private void field(DateTimePattern.Node node) {
        boolean fill = node.fill();
        switch (node.key().kind()) {
            case AM_DOTS -> cased(node, afternoon() ? "P.M." : "A.M.");
            case AM -> cased(node, afternoon() ? "PM" : "AM");
            case AD_DOTS -> cased(calendar(node), m.year() <= 0 ? "B.C." : "A.D.");
            case AD -> cased(calendar(node), m.year() <= 0 ? "BC" : "AD");
            case MONTH -> named(calendar(node), m.month() == 0 ? "" : MONTHS[m.month() - 1], 9);
            case MON -> named(calendar(node), m.month() == 0 ? "" : MONTHS[m.month() - 1].substring(0, 3), 0);
            case DAY -> named(calendar(node), DAYS[m.dayOfWeek()], 9);
            case DY -> named(calendar(node), DAYS[m.dayOfWeek()].substring(0, 3), 0);
            case RM -> roman(node);
            case TZ -> cased(calendar(node), m.zone());
            case TZH -> {
                calendar(node);
                out.append(m.offsetSeconds() >= 0 ? '+' : '-');
                number(Math.abs(m.offsetSeconds()) / 3600, 2, false);
            }
            case TZM -> {
                calendar(node);
                number(Math.abs(m.offsetSeconds()) % 3600 / 60, 2, false);
            }
            case OF -> offset(calendar(node));
            case FX -> {
            }
            case HH12 -> padded(m.hour() % 12 == 0 ? 12 : m.hour() % 12, 2, fill, m.hour());
            case HH24 -> padded(m.hour(), 2, fill, m.hour());
            case MI -> padded(m.minute(), 2, fill, m.minute());
            case SS -> padded(m.second(), 2, fill, m.second());
            case FF -> {
                int digits = node.key().name().charAt(2) - '0';
                number(m.micros() / (int) Math.pow(10, 6 - digits), digits, false);
            }
            case MS -> number(m.micros() / 1000, 3, false);
            case US -> number(m.micros(), 6, false);
            case SSSS -> out.append(m.hour() * 3600 + m.minute() * 60 + m.second());
            case CC, DDD, DD, D, IDDD, ID, IW, IYYY, IYY, IY, I, J, MM, Q, WW, W, Y_YYY, YYYY, YYY, YY, Y -> date(node, fill);
        }
    }

    private void date(DateTimePattern.Node node, boolean fill) {
        int year = m.shownYear();
        switch (node.key().kind()) {
            case CC -> {
                int century = m.interval() ? m.year() / 100 : m.year() > 0 ? (m.year() - 1) / 100 + 1 : m.year() / 100 - 1;
                padded(century, 2, fill, century);
            }
            case DDD -> number(m.dayOfYear(), 3, fill);
            case IDDD -> number(m.days() - Calendar.isoWeekStart(Calendar.isoYear(m.days()), 1) + 1, 3, fill);
            case DD -> number(m.day(), 2, fill);
            case D -> out.append(weekday(node) + 1);
            case ID -> out.append(weekday(node) == 0 ? 7 : m.dayOfWeek());
            case WW -> number((m.dayOfYear() - 1) / 7 + 1, 2, fill);
            case IW -> number(Calendar.isoWeek(m.days()), 2, fill);
            case W -> out.append((m.day() - 1) / 7 + 1);
            case Q -> out.append(m.month() == 0 ? "" : Integer.toString((m.month() - 1) / 3 + 1));
            case MM -> padded(m.month(), 2, fill, m.month());
            case J -> out.append(m.days() + Calendar.JULIAN_2000);
            case Y_YYY -> {
                out.append(year / 1000).append(',');
                number(year % 1000, 3, false);
            }
            case YYYY -> padded(year, 4, fill, year);
            case YYY -> padded(year % 1000, 3, fill, year);
            case YY -> padded(year % 100, 2, fill, year);
            case Y -> out.append(year % 10);
            case IYYY -> padded(m.shownIsoYear(), 4, fill, year);
            case IYY -> padded(m.shownIsoYear() % 1000, 3, fill, year);
            case IY -> padded(m.shownIsoYear() % 100, 2, fill, year);
            case I -> out.append(m.shownIsoYear() % 10);
            case AD_DOTS, AM_DOTS, AD, AM, DAY, DY, FF, FX, HH24, HH12, MI, MONTH, MON, MS, OF, RM, SSSS, SS, TZH, TZM, TZ, US ->
                throw new IllegalStateException(node.key().name());
        }
    }

    private boolean afternoon() {
        return m.hour() % 24 >= 12;
    }

    private int weekday(DateTimePattern.Node node) {
        calendar(node);
        return m.dayOfWeek();
    }

    /** The node, unless it asks an interval for a place in the calendar. */
    private DateTimePattern.Node calendar(DateTimePattern.Node node) {
        if (m.interval()) {
            throw new SqlError(SqlState.INVALID_DATETIME_FORMAT, "invalid format specification for an interval value")
                    .hint("Intervals are not tied to specific calendar dates.");
        }
        return node;
    }

    /** Writes a word in the case of the field's name. */
    private void cased(DateTimePattern.Node node, String word) {
        out.append(Character.isLowerCase(node.key().name().charAt(0)) ? word.toLowerCase(Locale.ROOT) : word);
    }

    private void named(DateTimePattern.Node node, String word, int width) {
        if (word.isEmpty()) {
            return;
        }
        String name = node.key().name();
        String cased = Character.isLowerCase(name.charAt(0)) ? word.toLowerCase(Locale.ROOT)
                : Character.isUpperCase(name.charAt(1)) ? word.toUpperCase(Locale.ROOT) : word;
        out.append(cased);
        if (!node.fill() && !node.translate()) {
            out.repeat(' ', Math.max(0, width - cased.length()));
        }
    }

    private void roman(DateTimePattern.Node node) {
        if (m.month() == 0 && m.year() == 0) {
            return;
        }
        int month = m.month() == 0 ? m.year() >= 0 ? 12 : 1 : m.month() < 0 ? 13 + m.month() : m.month();
        int start = out.length();
        cased(node, ROMAN[month - 1]);
        if (!node.fill()) {
            out.repeat(' ', Math.max(0, 4 - (out.length() - start)));
        }
    }

    private void offset(DateTimePattern.Node node) {
        int seconds = Math.abs(m.offsetSeconds());
        out.append(m.offsetSeconds() >= 0 ? '+' : '-');
        number(seconds / 3600, 2, node.fill());
        if (seconds % 3600 != 0) {
            out.append(':');
            number(seconds % 3600 / 60, 2, false);
        }
    }

    /** Digits with leading zeros; a minus counts towards the width. */
    private void number(long value, int width, boolean fill) {
        String digits = Long.toString(Math.abs(value));
        if (value < 0) {
            out.append('-');
        }
        if (!fill) {
            out.repeat('0', Math.max(0, width - digits.length() - (value < 0 ? 1 : 0)));
        }
        out.append(digits);
    }

    /** As {@link #number}, one wider if the whole is negative. */
    private void padded(long value, int width, boolean fill, long whole) {
        number(value, whole >= 0 ? width : width + 1, fill);
    }

    private void ordinal(boolean upper, int start) {
        if (out.length() > start) {
            String suffix = ordinalSuffix(out.substring(start));
            out.append(upper ? suffix.toUpperCase(Locale.ROOT) : suffix);
        }
    }

    /** st, nd, rd or th. */
    static String ordinalSuffix(String number) {
        int n = number.length();
        char last = number.charAt(n - 1);
        if (last < '0' || last > '9') {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "\"" + number + "\" is not a number");
        }
        if (n > 1 && number.charAt(n - 2) == '1') {
            return "th";
        }
        return switch (last) {
            case '1' -> "st";
            case '2' -> "nd";
            case '3' -> "rd";
            default -> "th";
        };
    }
}
