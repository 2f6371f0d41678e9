package org.gajah.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads "YYYY-MM-DD" and "YYYY-MM-DD HH:MM:SS[.f]", which is how dates and times are mostly written, eight bytes at a time. What is
 * written otherwise, or is no date, is {@link #NONE}.
 */
public final class IsoText {
    /** No value: no date and no timestamp is this one. */
    public static final long NONE = Long.MIN_VALUE;
    /** How many bytes a date has. */
    public static final int DATE_LENGTH = 10;
    /** How many bytes a timestamp has without a fraction. */
    public static final int TIMESTAMP_LENGTH = 19;

    private static final int MOST_DIGITS = 6;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    /** "0000-00-", the first byte the lowest, and what added to a byte gives it its high bit if it is no digit, or not the separator. */
    private static final long MONTH = 0x2d30_302d_3030_3030L;
    private static final long ABOVE_MONTH = 0x7f76_767f_7676_7676L;
    /** "00 00:00" and "00T00:00". */
    private static final long MINUTE = 0x3030_3a30_3020_3030L;
    private static final long T_MINUTE = 0x3030_3a30_3054_3030L;
    private static final long ABOVE_MINUTE = 0x7676_7f76_767f_7676L;

    /** By month: how many days there are from the first of March to its first. */
    private static final short[] MONTHS = {0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};

    private IsoText() {
    }

    /** The day since 2000-01-01 that the ten bytes from {@code at} on are. */
    public static long day(byte[] text, int at) {
        return day((long) LONG.get(text, at) ^ MONTH, two(text, at + 8));
    }

    /** The microseconds since 2000-01-01 that so many bytes from {@code at} on are. */
    public static long timestamp(byte[] text, int at, int length) {
        if (length < TIMESTAMP_LENGTH) {
            return NONE;
        }
        long clock = (long) LONG.get(text, at + 8) ^ (text[at + 10] == 'T' ? T_MINUTE : MINUTE);
        if (((clock + ABOVE_MINUTE | clock) & HIGHS) != 0 || text[at + 16] != ':') {
            return NONE;
        }
        long pairs = pairs(clock);
        long day = day((long) LONG.get(text, at) ^ MONTH, (int) pairs & 0xff);
        long hour = pairs >>> 24 & 0xff;
        long minute = pairs >>> 48 & 0xff;
        int second = two(text, at + 17);
        int micros = length == TIMESTAMP_LENGTH ? 0 : micros(text, at + TIMESTAMP_LENGTH, length - TIMESTAMP_LENGTH);
        if (day == NONE || hour > 23 || minute > 59 || second < 0 || second > 59 || micros < 0) {
            return NONE;
        }
        return day * Calendar.MICROS_PER_DAY + ((hour * 60 + minute) * 60 + second) * Calendar.MICROS_PER_SECOND + micros;
    }

    /** Two digits at a time, each pair in the byte of its first. */
    private static long pairs(long ones) {
        return ones * 10 + (ones >>> Byte.SIZE);
    }

    private static long day(long months, int day) {
        if (((months + ABOVE_MONTH | months) & HIGHS) != 0) {
            return NONE;
        }
        long pairs = pairs(months);
        int year = (int) (pairs & 0xff) * 100 + (int) (pairs >>> 16 & 0xff);
        int month = (int) (pairs >>> 40 & 0xff);
        boolean valid = year > 0 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= Calendar.monthLength(year, month));
        return valid ? daysBefore(month <= 2 ? year - 1 : year) + MONTHS[month] + day : NONE;
    }

    /** Before the first of March of a year that is not negative, counted from 2000-01-01: {@link Calendar#day} without years before Christ. */
    private static int daysBefore(int year) {
        return 365 * year + year / 4 - year / 100 + year / 400 - 730_426;
    }

    private static int two(byte[] text, int at) {
        int a = text[at] - '0';
        int b = text[at + 1] - '0';
        return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1;
    }

    /** Of a point and digits; -1 for anything else. */
    private static int micros(byte[] text, int at, int length) {
        if (text[at] != '.' || length == 1 || length > 1 + MOST_DIGITS) {
            return -1;
        }
        int micros = 0;
        for (int i = 1; i <= MOST_DIGITS; i++) {
            int digit = i < length ? text[at + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            micros = micros * 10 + digit;
        }
        return micros;
    }
}
