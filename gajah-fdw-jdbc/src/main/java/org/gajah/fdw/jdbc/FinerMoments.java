package org.gajah.fdw.jdbc;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;

/**
 * Comparisons of dates and timestamps with columns that hold finer ones, which are cut off when they are fetched: a date that has a time
 * there, a timestamp with more than six digits.
 */
final class FinerMoments {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private FinerMoments() {
    }

    /** What to ask for, and whether it keeps the very rows. */
    record Asked(ForeignExpr condition, boolean exact) {
    }

    /** The comparison with its sides exchanged. */
    static ForeignExpr.Operator turned(ForeignExpr.Operator o) {
        String name = switch (o.name()) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> o.name();
        };
        return new ForeignExpr.Operator(name, List.of(o.arguments().get(1), o.arguments().get(0)), o.collation(), o.type());
    }

    /** The comparison of a column with a value; nothing if no condition there can stand for it. */
    static Optional<Asked> part(ForeignExpr.Operator o, ForeignExpr column, ForeignExpr value) {
        Optional<ForeignExpr> next = value instanceof ForeignExpr.Constant c ? next(c) : Optional.empty();
        boolean known = next.isPresent() || value instanceof ForeignExpr.Parameter;
        if (!known) {
            return Optional.empty();
        }
        ForeignExpr from = compare(o, ">=", column, value);
        return switch (o.name()) {
            case ">=", "<" -> Optional.of(new Asked(compare(o, o.name(), column, value), true));
            case "<=" -> next.map(n -> new Asked(compare(o, "<", column, n), true));
            case ">" -> Optional.of(next.map(n -> new Asked(compare(o, ">=", column, n), true)).orElse(new Asked(compare(o, ">", column, value), false)));
            case "=" -> Optional.of(next.map(n -> new Asked(new ForeignExpr.Logic(ForeignExpr.Connective.AND, List.of(from, compare(o, "<", column, n)),
                    o.type()), true)).orElse(new Asked(from, false)));
            case "<>" -> next.map(n -> new Asked(new ForeignExpr.Logic(ForeignExpr.Connective.OR, List.of(compare(o, "<", column, value),
                    compare(o, ">=", column, n)), o.type()), true));
            default -> Optional.empty();
        };
    }

    private static ForeignExpr compare(ForeignExpr.Operator o, String name, ForeignExpr left, ForeignExpr right) {
        return new ForeignExpr.Operator(name, List.of(left, right), Optional.empty(), o.type());
    }

    /** The first value that is not cut to this one any more. */
    private static Optional<ForeignExpr> next(ForeignExpr.Constant c) {
        try {
            String text = c.text().orElse("");
            String next = c.type().name().equals("date") ? LocalDate.parse(text).plusDays(1).toString()
                    : TIMESTAMP.format(LocalDateTime.parse(text.replace(' ', 'T')).plus(1, ChronoUnit.MICROS));
            return Optional.of(next).filter(n -> Writable.is(c.type().name(), n)).map(n -> new ForeignExpr.Constant(Optional.of(n), c.type()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
