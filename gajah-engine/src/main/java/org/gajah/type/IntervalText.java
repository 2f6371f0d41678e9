package org.gajah.type;

import org.gajah.base.ByteSink;

/** Writes intervals in the four styles of IntervalStyle. */
public final class IntervalText {
    private final ByteSink out;
    private boolean zero = true;
    private boolean before;

    private IntervalText(ByteSink out) {
        this.out = out;
    }

    /** Writes an interval. */
    public static void format(Interval value, TextStyle.IntervalFormat style, ByteSink out) {
        if (value.equals(Interval.INFINITY)) {
            out.putAscii("infinity");
        } else if (value.equals(Interval.NEGATIVE_INFINITY)) {
            out.putAscii("-infinity");
        } else {
            IntervalText t = new IntervalText(out);
            switch (style) {
                case POSTGRES -> t.postgres(value);
                case POSTGRES_VERBOSE -> t.verbose(value);
                case SQL_STANDARD -> t.sql(value);
                case ISO_8601 -> t.iso(value);
            }
        }
    }

    private void part(long value, String unit) {
        if (value == 0) {
            return;
        }
        if (!zero) {
            out.putByte(' ');
        }
        if (before && value > 0) {
            out.putByte('+');
        }
        out.putDecimal(value).putByte(' ').putAscii(unit);
        if (value != 1) {
            out.putByte('s');
        }
        before = value < 0;
        zero = false;
    }

    private void clock(long micros, int hourWidth) {
        long abs = Math.abs(micros);
        long hours = abs / Calendar.MICROS_PER_HOUR;
        if (hours < 10 && hourWidth == 2) {
            out.putByte('0');
        }
        out.putDecimal(hours).putByte(':');
        long minutes = abs / Calendar.MICROS_PER_MINUTE % 60;
        out.putByte((int) ('0' + minutes / 10)).putByte((int) ('0' + minutes % 10)).putByte(':');
        DateTimeText.seconds((int) (abs / Calendar.MICROS_PER_SECOND % 60), (int) (abs % Calendar.MICROS_PER_SECOND), 2, out);
    }

    private void postgres(Interval v) {
        part(v.months() / 12, "year");
        part(v.months() % 12, "mon");
        part(v.days(), "day");
        if (zero || v.micros() != 0) {
            if (!zero) {
                out.putByte(' ');
            }
            if (v.micros() < 0) {
                out.putByte('-');
            } else if (before) {
                out.putByte('+');
            }
            clock(v.micros(), 2);
        }
    }

    private void verbosePart(long value, String unit) {
        if (value == 0) {
            return;
        }
        long shown = value;
        if (zero) {
            before = value < 0;
            shown = Math.abs(value);
        } else if (before) {
            shown = -value;
        }
        out.putByte(' ').putDecimal(shown).putByte(' ').putAscii(unit);
        if (shown != 1) {
            out.putByte('s');
        }
        zero = false;
    }

    private void verbose(Interval v) {
        out.putByte('@');
        verbosePart(v.months() / 12, "year");
        verbosePart(v.months() % 12, "mon");
        verbosePart(v.days(), "day");
        verbosePart(v.micros() / Calendar.MICROS_PER_HOUR, "hour");
        verbosePart(v.micros() / Calendar.MICROS_PER_MINUTE % 60, "min");
        long rest = v.micros() % Calendar.MICROS_PER_MINUTE;
        if (rest != 0) {
            out.putByte(' ');
            if (rest < 0 ? !zero && !before : before && !zero) {
                out.putByte('-');
            } else if (rest < 0 && zero) {
                before = true;
            }
            long abs = Math.abs(rest);
            DateTimeText.seconds((int) (abs / Calendar.MICROS_PER_SECOND), (int) (abs % Calendar.MICROS_PER_SECOND), 1, out);
            out.putAscii(abs == Calendar.MICROS_PER_SECOND ? " sec" : " secs");
            zero = false;
        }
        if (zero) {
            out.putAscii(" 0");
        }
        if (before) {
            out.putAscii(" ago");
        }
    }

    private void sql(Interval v) {
        boolean negative = v.months() < 0 || v.days() < 0 || v.micros() < 0;
        boolean positive = v.months() > 0 || v.days() > 0 || v.micros() > 0;
        boolean yearMonth = v.months() != 0;
        boolean day = v.days() != 0;
        boolean time = v.micros() != 0;
        boolean standard = !(negative && positive) && !(yearMonth && (day || time));
        if (!negative && !positive) {
            out.putByte('0');
            return;
        }
        long months = v.months();
        long days = v.days();
        if (standard && negative) {
            out.putByte('-');
            months = -months;
            days = -days;
        }
        if (!standard) {
            out.putByte(v.months() < 0 ? '-' : '+').putDecimal(Math.abs(months / 12)).putByte('-')
                    .putDecimal(Math.abs(months % 12));
            out.putByte(' ').putByte(v.days() < 0 ? '-' : '+').putDecimal(Math.abs(days));
            out.putByte(' ').putByte(v.micros() < 0 ? '-' : '+');
            clock(v.micros(), 1);
        } else if (yearMonth) {
            out.putDecimal(months / 12).putByte('-').putDecimal(months % 12);
        } else {
            if (day) {
                out.putDecimal(days).putByte(' ');
            }
            clock(v.micros(), 1);
        }
    }

    private void isoPart(long value, char unit) {
        if (value != 0) {
            out.putDecimal(value).putByte(unit);
        }
    }

    private void iso(Interval v) {
        if (v.months() == 0 && v.days() == 0 && v.micros() == 0) {
            out.putAscii("PT0S");
            return;
        }
        out.putByte('P');
        isoPart(v.months() / 12, 'Y');
        isoPart(v.months() % 12, 'M');
        isoPart(v.days(), 'D');
        if (v.micros() != 0) {
            out.putByte('T');
            isoPart(v.micros() / Calendar.MICROS_PER_HOUR, 'H');
            isoPart(v.micros() / Calendar.MICROS_PER_MINUTE % 60, 'M');
            long rest = v.micros() % Calendar.MICROS_PER_MINUTE;
            if (rest != 0) {
                if (rest < 0) {
                    out.putByte('-');
                }
                long abs = Math.abs(rest);
                DateTimeText.seconds((int) (abs / Calendar.MICROS_PER_SECOND), (int) (abs % Calendar.MICROS_PER_SECOND), 1,
                        out);
                out.putByte('S');
            }
        }
    }
}
