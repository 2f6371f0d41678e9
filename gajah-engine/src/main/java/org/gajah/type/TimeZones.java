package org.gajah.type;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Time zones by name, by abbreviation and by offset. The rules are the Java platform's copy of the IANA database. */
public final class TimeZones {
    /** An abbreviation's meaning: seconds east of Greenwich. */
    record Abbreviation(int offsetSeconds, boolean daylight) {
    }

    private static final class Names {
        static final Map<String, String> BY_LOWER_CASE = new HashMap<>();

        static {
            for (String id : ZoneRulesProvider.getAvailableZoneIds()) {
                BY_LOWER_CASE.put(id.toLowerCase(Locale.ROOT), id);
            }
        }

        private Names() {
        }
    }

    private static final class Abbreviations {
        static final Map<String, Abbreviation> BY_LOWER_CASE = load();

        private Abbreviations() {
        }

        private static Map<String, Abbreviation> load() {
            Map<String, Abbreviation> map = new HashMap<>();
            try (InputStream in = TimeZones.class.getResourceAsStream("timezone-abbreviations.txt");
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] part = line.split(" ");
                    map.put(part[0].toLowerCase(Locale.ROOT),
                            new Abbreviation(Integer.parseInt(part[1]), part[2].equals("1")));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return map;
        }
    }

    private TimeZones() {
    }

    /** The zone of that name: an IANA name in any case, or a POSIX specification without daylight rules such as {@code X+3}. */
    public static Optional<TimeZoneRules> find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String id = Names.BY_LOWER_CASE.get(lower);
        if (id != null) {
            return Optional.of(new TimeZoneRules(id, ZoneId.of(id).getRules()));
        }
        if (lower.equals("utc") || lower.equals("z")) {
            return Optional.of(TimeZoneRules.UTC);
        }
        return posix(name);
    }

    /** The zone of that name or abbreviation; 22023 if there is none. */
    public static TimeZoneRules get(String name) {
        Optional<Abbreviation> abbreviation = abbreviation(name);
        if (abbreviation.isPresent()) {
            return fixed(name.toUpperCase(Locale.ROOT), abbreviation.get().offsetSeconds());
        }
        return find(name).orElseThrow(() -> new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                "time zone \"" + name + "\" not recognized"));
    }

    /** A zone that is always {@code offsetSeconds} east of Greenwich. */
    public static TimeZoneRules fixed(String name, int offsetSeconds) {
        return new TimeZoneRules(name, ZoneOffset.ofTotalSeconds(offsetSeconds).getRules());
    }

    /** The names of all zones, in order. */
    public static List<String> names() {
        return Names.BY_LOWER_CASE.values().stream().sorted().toList();
    }

    /** All abbreviations, in lower case and in order. */
    public static List<String> abbreviations() {
        return Abbreviations.BY_LOWER_CASE.keySet().stream().sorted().toList();
    }

    /** Whether an abbreviation stands for daylight time. */
    public static boolean isDaylight(String name) {
        return abbreviation(name).map(Abbreviation::daylight).orElse(false);
    }

    /** What an abbreviation such as CET stands for: seconds east of Greenwich. */
    public static OptionalInt abbreviationOffset(String name) {
        return abbreviation(name).map(a -> OptionalInt.of(a.offsetSeconds())).orElseGet(OptionalInt::empty);
    }

    static Optional<Abbreviation> abbreviation(String name) {
        return Optional.ofNullable(Abbreviations.BY_LOWER_CASE.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Optional<TimeZoneRules> posix(String name) {
        int i = 0;
        if (name.startsWith("<")) {
            i = name.indexOf('>') + 1;
        } else {
            while (i < name.length() && Character.isLetter(name.charAt(i))) {
                i++;
            }
        }
        if (i >= name.length() || name.length() - i > 9) {
            return Optional.empty();
        }
        int sign = name.charAt(i) == '-' ? 1 : -1;
        if (name.charAt(i) == '-' || name.charAt(i) == '+') {
            i++;
        }
        int[] part = new int[3];
        int n = 0;
        boolean digit = false;
        for (; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ':' && digit && n < 2) {
                n++;
            } else if (c >= '0' && c <= '9') {
                part[n] = part[n] * 10 + (c - '0');
                digit = true;
            } else {
                return Optional.empty();
            }
        }
        int seconds = part[0] * 3600 + part[1] * 60 + part[2];
        return !digit || seconds > 18 * 3600 ? Optional.empty() : Optional.of(fixed(name, sign * seconds));
    }

    /** Seconds east of Greenwich at a moment, in microseconds since 2000-01-01 UTC. */
    public static int offsetAt(TimeZoneRules zone, long utcMicros) {
        ZoneRules rules = zone.rules();
        if (rules.isFixedOffset()) {
            return rules.getOffset(Instant.EPOCH).getTotalSeconds();
        }
        long seconds = Math.floorDiv(utcMicros, Calendar.MICROS_PER_SECOND) + Calendar.UNIX_SECONDS;
        return rules.getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    }

    /**
     * Seconds east of Greenwich at a local time. In the gap of a change to daylight time the offset before it counts, in the
     * overlap of a change back the one after it, as in PostgreSQL.
     */
    public static int offsetAtLocal(TimeZoneRules zone, long localMicros) {
        ZoneRules rules = zone.rules();
        if (rules.isFixedOffset()) {
            return rules.getOffset(Instant.EPOCH).getTotalSeconds();
        }
        long seconds = Math.floorDiv(localMicros, Calendar.MICROS_PER_SECOND) + Calendar.UNIX_SECONDS;
        try {
            LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
            ZoneOffsetTransition transition = rules.getTransition(local);
            if (transition == null) {
                return rules.getOffset(local).getTotalSeconds();
            }
            return (transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter()).getTotalSeconds();
        } catch (DateTimeException e) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range", e);
        }
    }

    /** The zone's abbreviation at a moment, such as CET; empty if it has only a number. */
    public static Optional<String> abbreviationAt(TimeZoneRules zone, long utcMicros) {
        if (zone.rules().isFixedOffset()) {
            return zone.name().chars().allMatch(Character::isLetter) ? Optional.of(zone.name().toUpperCase(Locale.ROOT))
                    : Optional.empty();
        }
        long seconds = Math.floorDiv(utcMicros, Calendar.MICROS_PER_SECOND) + Calendar.UNIX_SECONDS;
        boolean daylight = zone.rules().isDaylightSavings(Instant.ofEpochSecond(seconds));
        String name = java.util.TimeZone.getTimeZone(zone.name())
                .getDisplayName(daylight, java.util.TimeZone.SHORT, Locale.ENGLISH);
        return name.chars().allMatch(c -> c >= 'A' && c <= 'Z') ? Optional.of(name) : Optional.empty();
    }
}
