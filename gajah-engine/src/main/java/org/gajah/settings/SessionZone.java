package org.gajah.settings;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Interval;
import org.gajah.type.TimeZoneRules;

/** Time zones by the names that SET TIME ZONE takes: IANA names in any case, hour offsets, POSIX offsets such as UTC+3. */
public final class SessionZone {
    private static final long MICROS = 1_000_000;
    private static final int LIMIT_SECONDS = 168 * 3600;

    private static final class Names {
        static final Map<String, String> BY_LOWER_CASE = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> !id.startsWith("SystemV/"))
                .collect(Collectors.toMap(id -> id.toLowerCase(Locale.ROOT), Function.identity()));
    }

    private SessionZone() {
    }

    /** The zone of this name, or empty. */
    public static Optional<TimeZoneRules> named(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        return switch (key) {
            case "utc", "gmt", "zulu", "uct", "universal" -> Optional.of(fixed(key.toUpperCase(Locale.ROOT), 0));
            case "default", "local", "" -> Optional.of(fixed("GMT", 0));
            default -> region(key).or(() -> offset(name.strip()));
        };
    }

    private static TimeZoneRules fixed(String name, int seconds) {
        return new TimeZoneRules(name, ZoneOffset.ofTotalSeconds(seconds).getRules());
    }

    private static Optional<TimeZoneRules> region(String key) {
        return Optional.ofNullable(Names.BY_LOWER_CASE.get(key))
                .map(id -> new TimeZoneRules(id, ZoneId.of(id).getRules()));
    }

    /** A plain number counts hours east of Greenwich; a POSIX form ABC+3 counts west and {@code <+03>-03} names itself. */
    private static Optional<TimeZoneRules> offset(String name) {
        try {
            double hours = Double.parseDouble(name);
            int seconds = (int) Math.round(hours * 3600);
            return Optional.of(fixed(posixName(seconds), seconds));
        } catch (NumberFormatException e) {
            return posix(name);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The name of the zone that is ahead of UTC by an interval of hours; {@code text} is how an error names it. */
    public static String ofInterval(Interval ahead, String text) {
        String wrong = ahead.months() != 0 ? "Cannot specify months in time zone interval."
                : ahead.days() != 0 ? "Cannot specify days in time zone interval."
                : Math.abs(ahead.micros()) / MICROS >= LIMIT_SECONDS ? "UTC timezone offset is out of range." : "";
        if (!wrong.isEmpty()) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for parameter \"TimeZone\": \"INTERVAL '" + text + "'\"").detail(wrong);
        }
        return posixName((int) (ahead.micros() / MICROS));
    }

    private static String posixName(int seconds) {
        String plus = hoursAndMinutes(seconds, "+", "-");
        String minus = hoursAndMinutes(seconds, "-", "+");
        return "<" + plus + ">" + minus;
    }

    private static String hoursAndMinutes(int seconds, String east, String west) {
        int minutes = Math.abs(seconds) / 60;
        String text = (seconds < 0 ? west : east) + String.format(Locale.ROOT, "%02d", minutes / 60);
        int rest = Math.abs(seconds) % 60;
        return minutes % 60 == 0 && rest == 0 ? text : text + String.format(Locale.ROOT, rest == 0 ? ":%02d" : ":%02d:%02d", minutes % 60, rest);
    }

    private static Optional<TimeZoneRules> posix(String name) {
        int sign = Math.max(name.lastIndexOf('+'), name.lastIndexOf('-'));
        String zone = sign <= 0 ? "" : name.substring(0, sign);
        boolean named = zone.chars().allMatch(Character::isLetter) && zone.length() >= 3
                || zone.startsWith("<") && zone.endsWith(">");
        if (!named) {
            return Optional.empty();
        }
        String[] parts = name.substring(sign + 1).split(":");
        try {
            int seconds = Integer.parseInt(parts[0]) * 3600 + (parts.length > 1 ? Integer.parseInt(parts[1]) * 60 : 0) + (parts.length > 2 ? Integer.parseInt(parts[2]) : 0);
            return Optional.of(fixed(name, name.charAt(sign) == '+' ? -seconds : seconds));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
