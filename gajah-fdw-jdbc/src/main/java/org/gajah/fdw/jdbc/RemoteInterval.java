package org.gajah.fdw.jdbc;

import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Optional;

/**
 * Intervals of other databases, as PostgreSQL writes them. There one has either years and months or days and a time, and one sign for all
 * of it; drivers give {@code -1-2}, {@code 1 2:03:04.5}, {@code INTERVAL '90' MINUTE} and the like.
 */
final class RemoteInterval {
    private static final String SIGNS = "+-";

    private RemoteInterval() {
    }

    /** PostgreSQL's text of one that a driver gives as text, of a type with this name; what is none of theirs stays as it is. */
    static String text(String given, String typeName) {
        String value = given.strip();
        String fields = typeName.toUpperCase(Locale.ROOT);
        int quote = value.indexOf('\'');
        boolean negative = false;
        if (quote >= 0) {
            int end = value.lastIndexOf('\'');
            negative = value.substring(0, quote).contains("-");
            fields = value.substring(end + 1).toUpperCase(Locale.ROOT);
            value = value.substring(quote + 1, end).strip();
        }
        boolean known = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9' || "+-:. ".indexOf(c) >= 0);
        if (!known) {
            return given;
        }
        negative ^= value.startsWith("-");
        value = SIGNS.indexOf(value.charAt(0)) >= 0 ? value.substring(1) : value;
        String sign = negative ? "-" : "";
        return months(fields) ? months(value, fields, sign) : seconds(value.replace("-", ""), fields, sign);
    }

    private static boolean months(String fields) {
        return fields.contains("INTERVALYM") || fields.contains("YEAR") || fields.contains("MONTH");
    }

    private static String months(String value, String fields, String sign) {
        String[] parts = value.split("-", 2);
        if (parts.length == 2) {
            return sign + parts[0] + " years " + sign + parts[1] + " mons";
        }
        return sign + value + (fields.contains("YEAR") ? " years" : " mons");
    }

    private static String seconds(String value, String fields, String sign) {
        int blank = value.indexOf(' ');
        boolean daysOnly = blank < 0 && value.indexOf(':') < 0 && fields.contains("DAY");
        String days = blank >= 0 ? value.substring(0, blank) : daysOnly ? value : "0";
        String[] time = daysOnly ? new String[] {"0"} : value.substring(blank + 1).strip().split(":");
        int first = time.length == 3 || blank >= 0 || daysOnly || fields.contains("HOUR") ? 0 : fields.contains("MINUTE") ? 1 : 2;
        String[] parts = {"0", "0", "0"};
        System.arraycopy(time, 0, parts, first, Math.min(time.length, parts.length - first));
        return sign + days + " days " + sign + parts[0] + " hours " + sign + parts[1] + " mins " + sign + parts[2] + " secs";
    }

    /** What Java calls an interval of PostgreSQL's text form: a Period if it has months, a Duration if it has none; nothing if it has both. */
    static Optional<Object> value(String text) {
        String[] words = text.split(" ");
        long months = 0;
        Duration rest = Duration.ZERO;
        for (int i = 0; i < words.length; i++) {
            if (words[i].contains(":")) {
                rest = rest.plus(time(words[i]));
                continue;
            }
            long count = Long.parseLong(words[i].startsWith("+") ? words[i].substring(1) : words[i]);
            i++;
            switch (words[i].charAt(0)) {
                case 'y' -> months += count * 12;
                case 'm' -> months += count;
                default -> rest = rest.plusDays(count);
            }
        }
        if (months != 0 && !rest.isZero()) {
            return Optional.empty();
        }
        return Optional.of(months != 0 ? Period.of((int) (months / 12), (int) (months % 12), 0) : rest);
    }

    private static Duration time(String text) {
        boolean negative = text.startsWith("-");
        String[] parts = (SIGNS.indexOf(text.charAt(0)) >= 0 ? text.substring(1) : text).split(":");
        Duration time = Duration.ofHours(Long.parseLong(parts[0])).plusMinutes(Long.parseLong(parts[1]));
        int point = parts[2].indexOf('.');
        time = time.plusSeconds(Long.parseLong(point < 0 ? parts[2] : parts[2].substring(0, point)));
        if (point >= 0) {
            time = time.plusNanos(Long.parseLong((parts[2].substring(point + 1) + "000000000").substring(0, 9)));
        }
        return negative ? time.negated() : time;
    }
}
