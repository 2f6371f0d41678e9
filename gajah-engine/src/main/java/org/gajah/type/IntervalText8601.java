package org.gajah.type;

import org.gajah.base.Slice;

/** Reads ISO 8601 durations: P1Y2M3DT4H5M6S, P1Y2M3W, and the alternative form P0001-02-03T04:05:06. */
final class IntervalText8601 {
    private final String s;
    private int at = 1;
    private boolean time;
    private long months;
    private long days;
    private long micros;

    private IntervalText8601(String s) {
        this.s = s;
    }

    static boolean looksLike(Slice text) {
        return text.length() >= 2 && text.at(0) == 'P';
    }

    static Interval parse(String s) {
        IntervalText8601 p = new IntervalText8601(s);
        p.run();
        if (p.months != (int) p.months || p.days != (int) p.days) {
            throw DateTimeFault.FIELD_OVERFLOW.thrown();
        }
        return new Interval((int) p.months, (int) p.days, p.micros);
    }

    private void run() {
        boolean any = false;
        while (at < s.length()) {
            if (s.charAt(at) == 'T') {
                time = true;
                at++;
                any = true;
                continue;
            }
            int from = at;
            while (at < s.length() && (Character.isDigit(s.charAt(at)) || s.charAt(at) == '.'
                    || at == from && (s.charAt(at) == '-' || s.charAt(at) == '+'))) {
                at++;
            }
            double value = value(s.substring(from, at));
            char unit = at < s.length() ? s.charAt(at++) : 0;
            if (unit == '-' || unit == ':' || unit == 0) {
                alternative(from);
                return;
            }
            any = true;
            add(value, unit);
        }
        if (!any) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
    }

    private static double value(String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
    }

    private void add(double value, char unit) {
        long whole = (long) value;
        double fraction = value - whole;
        if (time) {
            switch (unit) {
                case 'H' -> addMicros(value, Calendar.MICROS_PER_HOUR);
                case 'M' -> addMicros(value, Calendar.MICROS_PER_MINUTE);
                case 'S' -> addMicros(value, Calendar.MICROS_PER_SECOND);
                default -> throw DateTimeFault.BAD_FORMAT.thrown();
            }
            return;
        }
        switch (unit) {
            case 'Y' -> months = Math.addExact(months, Math.addExact(whole * 12, (long) Math.rint(fraction * 12)));
            case 'M' -> {
                months = Math.addExact(months, whole);
                addDays(fraction * 30);
            }
            case 'W' -> addDays(value * 7);
            case 'D' -> addDays(value);
            default -> throw DateTimeFault.BAD_FORMAT.thrown();
        }
    }

    private void addDays(double value) {
        long whole = (long) value;
        days = Math.addExact(days, whole);
        addMicros(value - whole, Calendar.MICROS_PER_DAY);
    }

    private void addMicros(double value, long unit) {
        long whole = (long) value;
        long part = (long) Math.rint((value - whole) * unit);
        micros = Math.addExact(micros, Math.addExact(Math.multiplyExact(whole, unit), part));
    }

    /** The rest from {@code from}: years-months-days, then T and a clock. */
    private void alternative(int from) {
        String[] half = s.substring(from).split("T", -1);
        if (half.length > 2) {
            throw DateTimeFault.BAD_FORMAT.thrown();
        }
        if (!time) {
            String[] part = half[0].split("-", -1);
            if (part.length > 3) {
                throw DateTimeFault.BAD_FORMAT.thrown();
            }
            add(value(part[0]), 'Y');
            if (part.length > 1) {
                add(value(part[1]), 'M');
            }
            if (part.length > 2) {
                add(value(part[2]), 'D');
            }
        }
        time = true;
        String clock = half[half.length - 1];
        if (half.length == 2 || s.lastIndexOf('T', from) > 0) {
            String[] part = clock.split(":", -1);
            char[] units = {'H', 'M', 'S'};
            for (int i = 0; i < part.length; i++) {
                if (i > 2) {
                    throw DateTimeFault.BAD_FORMAT.thrown();
                }
                add(value(part[i]), units[i]);
            }
        }
    }
}
