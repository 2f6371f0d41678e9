package org.gajah.fdw.jdbc;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.gajah.api.foreign.ForeignExpr;

/**
 * {@code concat(...) = text} with values that are no strings. One value between constant strings is what the rest of the text says, in any
 * of the styles that a session may have; of several at least one is not null.
 */
final class Concatenated {
    private static final List<DateTimeFormatter> DATES = styles("uuuu-MM-dd", "MM/dd/uuuu", "dd/MM/uuuu", "dd.MM.uuuu", "MM-dd-uuuu", "dd-MM-uuuu");
    private static final List<DateTimeFormatter> MOMENTS = Stream.of("uuuu-MM-dd HH:mm:ss", "MM/dd/uuuu HH:mm:ss", "dd/MM/uuuu HH:mm:ss", "dd.MM.uuuu HH:mm:ss",
            "EEE MMM dd HH:mm:ss uuuu", "EEE dd MMM HH:mm:ss uuuu").flatMap(p -> fractions(p).stream()).toList();
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final int MICROS = 6;
    /** Types whose values are never an empty text. */
    private static final Set<String> NEVER_EMPTY = Set.of("numeric", "float4", "float8", "bool", "date", "timestamp", "timestamptz", "interval");

    private Concatenated() {
    }

    private static List<DateTimeFormatter> styles(String... patterns) {
        return Stream.of(patterns).map(p -> DateTimeFormatter.ofPattern(p, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT)).toList();
    }

    private static List<DateTimeFormatter> fractions(String pattern) {
        List<DateTimeFormatter> all = new ArrayList<>(styles(pattern));
        for (int digits = 1; digits <= MICROS; digits++) {
            all.addAll(styles(pattern.replace("ss", "ss." + "S".repeat(digits))));
        }
        return all;
    }

    /** What the values must be. */
    static Optional<ForeignExpr> parts(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant value) {
        List<ForeignExpr> parts = new ArrayList<>();
        flatten(call, parts);
        List<ForeignExpr> open = parts.stream().filter(p -> !(p instanceof ForeignExpr.Constant)).toList();
        boolean strings = open.stream().allMatch(p -> JdbcConditions.STRINGS.contains(p.type().name()) || p.type().name().startsWith("int"));
        boolean readable = parts.stream().allMatch(p -> !(p instanceof ForeignExpr.Constant c) || c.text().isEmpty() || isString(c));
        if (!o.name().equals("=") || strings || !readable) {
            return Optional.empty();
        }
        String text = value.text().orElseThrow();
        if (open.size() > 1) {
            boolean said = text.isEmpty() || parts.stream().anyMatch(p -> p instanceof ForeignExpr.Constant c && !c.text().orElse("").isEmpty());
            return said ? Optional.empty() : Optional.of(Implied.any(o, open.stream().map(p -> (ForeignExpr) new ForeignExpr.NullTest(p, false, o.type())).toList()));
        }
        int at = parts.indexOf(open.getFirst());
        String before = together(parts.subList(0, at));
        String behind = together(parts.subList(at + 1, parts.size()));
        boolean fits = text.length() >= before.length() + behind.length() && text.startsWith(before) && text.endsWith(behind);
        return fits ? one(o, open.getFirst(), text.substring(before.length(), text.length() - behind.length())) : Optional.empty();
    }

    private static void flatten(ForeignExpr.Call call, List<ForeignExpr> parts) {
        for (ForeignExpr argument : call.arguments()) {
            switch (JdbcConditions.plain(argument)) {
                case ForeignExpr.Call inner when inner.function() == call.function() && !inner.variadic() -> flatten(inner, parts);
                case ForeignExpr part -> parts.add(part);
            }
        }
    }

    private static boolean isString(ForeignExpr.Constant c) {
        return JdbcConditions.STRINGS.contains(c.type().name()) || c.type().name().equals("unknown");
    }

    private static String together(List<ForeignExpr> constants) {
        return String.join("", constants.stream().map(c -> Implied.text(c).orElse("")).toList());
    }

    private static Optional<ForeignExpr> one(ForeignExpr.Operator o, ForeignExpr part, String text) {
        if (text.isEmpty()) {
            return NEVER_EMPTY.contains(part.type().name()) ? Optional.of(new ForeignExpr.NullTest(part, true, o.type())) : Optional.empty();
        }
        List<ForeignExpr> values = switch (part.type().name()) {
            case "numeric" -> text.matches("-?[0-9]+(\\.[0-9]+)?") ? List.of(Implied.compare(o, part, "=", Implied.constant(text, "numeric"))) : List.of();
            case "date" -> DATES.stream().flatMap(f -> parse(text, f, LocalDate::parse).map(LocalDate::toString).stream()).distinct()
                    .map(d -> Implied.compare(o, part, "=", Implied.constant(d, "date"))).toList();
            case "timestamp" -> MOMENTS.stream().flatMap(f -> parse(text, f, LocalDateTime::parse).map(ISO::format).stream()).distinct()
                    .map(d -> Implied.compare(o, part, "=", Implied.constant(d, "timestamp"))).toList();
            default -> List.of();
        };
        return Optional.of(values.isEmpty() ? new ForeignExpr.NullTest(part, false, o.type()) : Implied.any(o, values));
    }

    private static <T> Optional<T> parse(String text, DateTimeFormatter style, java.util.function.BiFunction<String, DateTimeFormatter, T> parse) {
        try {
            return Optional.of(parse.apply(text, style));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
