package org.gajah.fdw.jdbc;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;

/**
 * {@code to_char(timestamp, picture) = text}, with a picture whose parts have each one length, whatever the moment: where the parts stand in
 * the text is known then, and so is the range of moments, or the month, day and time of day. Years before the first have the digits of
 * those behind it; a year of five digits makes the text longer.
 */
final class MomentPictures {
    /** A part of pictures, how long it is in a text, and what it tells in digits, or by a name if it is longer than two. */
    private record Part(String word, int length, Optional<ChronoField> field) {
        Part(String word, int length, ChronoField field) {
            this(word, length, Optional.of(field));
        }

        Part(String word, int length) {
            this(word, length, Optional.empty());
        }

        boolean begins(String picture, int at) {
            String there = picture.substring(at, Math.min(picture.length(), at + word.length()));
            String small = word.toLowerCase(Locale.ROOT);
            boolean name = word.startsWith("MON") || word.equals("DAY") || word.equals("DY");
            return there.equals(word) || there.equals(small) || name && there.equals(word.charAt(0) + small.substring(1));
        }
    }

    /** In the order in which PostgreSQL looks for them. */
    private static final List<Part> PARTS = List.of(new Part("YYYY", 4, ChronoField.YEAR), new Part("MONTH", 9, ChronoField.MONTH_OF_YEAR),
            new Part("MON", 3, ChronoField.MONTH_OF_YEAR), new Part("MM", 2, ChronoField.MONTH_OF_YEAR), new Part("MI", 2, ChronoField.MINUTE_OF_HOUR), new Part("MS", 3),
            new Part("DAY", 9), new Part("DDD", 3), new Part("DD", 2, ChronoField.DAY_OF_MONTH), new Part("DY", 3), new Part("HH24", 2, ChronoField.HOUR_OF_DAY),
            new Part("HH12", 2), new Part("HH", 2), new Part("SS", 2, ChronoField.SECOND_OF_MINUTE), new Part("US", 6), new Part("AM", 2), new Part("PM", 2),
            new Part("Q", 1), new Part("WW", 2), new Part("IW", 2));
    private static final String SECONDS_OF_DAY = "SSS";
    private static final String BETWEEN = "-/.,:; ";
    private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final int DIGITS = 2;
    private static final int NAME = 3;
    private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    /** What is told beside the year, the greatest first, and its picture. */
    private static final Map<ChronoField, String> FIELDS = new EnumMap<>(Map.of(ChronoField.MONTH_OF_YEAR, "MM", ChronoField.DAY_OF_MONTH, "DD", ChronoField.HOUR_OF_DAY, "HH24",
            ChronoField.MINUTE_OF_HOUR, "MI", ChronoField.SECOND_OF_MINUTE, "SS"));
    private static final List<ChronoField> ORDER = List.of(ChronoField.MONTH_OF_YEAR, ChronoField.DAY_OF_MONTH, ChronoField.HOUR_OF_DAY, ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE);
    private static final List<ChronoUnit> UNITS = List.of(ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS);

    private MomentPictures() {
    }

    /** The range of moments, or what must be told of them in a picture that is the same there. */
    static Optional<ForeignExpr> moments(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant value) {
        ForeignExpr moment = JdbcConditions.plain(call.arguments().getFirst());
        Optional<String> picture = Implied.text(call.arguments().getLast());
        if (!o.name().equals("=") || !moment.type().name().equals("timestamp") || picture.isEmpty() || picture.get().toUpperCase(Locale.ROOT).contains(SECONDS_OF_DAY)) {
            return Optional.empty();
        }
        Map<ChronoField, Integer> told = told(picture.get(), value.text().orElseThrow());
        return told.containsKey(ChronoField.YEAR) ? range(o, moment, told) : same(o, call, picture.get(), told);
    }

    private static Map<ChronoField, Integer> told(String picture, String text) {
        Map<ChronoField, Integer> told = new EnumMap<>(ChronoField.class);
        int at = 0;
        int p = 0;
        while (p < picture.length()) {
            int here = p;
            Optional<Part> part = PARTS.stream().filter(known -> known.begins(picture, here)).findFirst();
            int length = part.map(Part::length).orElse(1);
            if (at + length > text.length() || part.isEmpty() && (BETWEEN.indexOf(picture.charAt(p)) < 0 || picture.charAt(p) != text.charAt(at))) {
                return Map.of();
            }
            Optional<ChronoField> field = part.flatMap(Part::field);
            if (field.isPresent()) {
                Optional<Integer> number = number(text.substring(at, at + length), part.get());
                if (number.isEmpty()) {
                    return Map.of();
                }
                told.put(field.get(), number.get());
            }
            at += length;
            p += part.map(known -> known.word().length()).orElse(1);
        }
        return at == text.length() ? told : Map.of();
    }

    private static Optional<Integer> number(String text, Part part) {
        if (part.length() == DIGITS || part.word().equals("YYYY")) {
            return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        }
        int month = MONTHS.indexOf(text.substring(0, NAME).toUpperCase(Locale.ROOT));
        return month < 0 ? Optional.empty() : Optional.of(month + 1);
    }

    private static Optional<ForeignExpr> range(ForeignExpr.Operator o, ForeignExpr moment, Map<ChronoField, Integer> told) {
        try {
            LocalDateTime from = FIRST.with(ChronoField.YEAR, told.get(ChronoField.YEAR));
            int known = 0;
            while (known < ORDER.size() && told.containsKey(ORDER.get(known))) {
                from = from.with(ORDER.get(known), told.get(ORDER.get(known)));
                known++;
            }
            ForeignExpr range = Implied.all(o, List.of(Implied.compare(o, moment, ">=", at(from)), Implied.compare(o, moment, "<", at(from.plus(1, UNITS.get(known))))));
            return Optional.of(Implied.any(o, List.of(range, Implied.compare(o, moment, "<", at(FIRST)))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ForeignExpr at(LocalDateTime moment) {
        return Implied.constant(ISO.format(moment), "timestamp");
    }

    private static Optional<ForeignExpr> same(ForeignExpr.Operator o, ForeignExpr.Call call, String picture, Map<ChronoField, Integer> told) {
        List<String> pictures = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        ORDER.stream().filter(told::containsKey).forEach(field -> {
            pictures.add(FIELDS.get(field));
            texts.add("%02d".formatted(told.get(field)));
        });
        String known = String.join("-", pictures);
        if (told.isEmpty() || known.equals(picture)) {
            return Optional.empty();
        }
        ForeignExpr same = new ForeignExpr.Call(call.name(), call.function(), call.immutable(), List.of(call.arguments().getFirst(), Implied.constant(known, "text")), false,
                call.collation(), false, call.type());
        return Optional.of(Implied.compare(o, same, "=", Implied.constant(String.join("-", texts), "text")));
    }
}
