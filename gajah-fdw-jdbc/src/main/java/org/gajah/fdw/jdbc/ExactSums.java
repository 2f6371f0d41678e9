package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Set;

import org.gajah.api.foreign.ForeignExpr;

/**
 * Sums that a database gives as PostgreSQL does, with the same digits behind the point: of integers, where they stay in the type, and, if it
 * keeps all digits, of decimals and what is added, subtracted and multiplied of them.
 */
record ExactSums(Dialect dialect, JdbcConditions conditions) {
    private static final Set<String> SMALL = Set.of("int2", "int4");
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*");

    boolean computes(ForeignExpr.Aggregate a) {
        if (!a.name().equals("sum") || a.distinct() || a.filter().isPresent()) {
            return false;
        }
        ForeignExpr argument = JdbcConditions.plain(a.arguments().getFirst());
        return switch (argument.type().name()) {
            case "int2", "int4" -> dialect.widensSums() && isSmall(argument);
            case "int8" -> dialect.exactDecimals() && isColumn(argument);
            case "numeric" -> dialect.exactDecimals() && isDecimal(argument);
            default -> false;
        };
    }

    private boolean isColumn(ForeignExpr e) {
        return e instanceof ForeignExpr.Column c && conditions.isExact(c);
    }

    /** An integer that needs no computing. */
    private boolean isSmall(ForeignExpr e) {
        return switch (JdbcConditions.plain(e)) {
            case ForeignExpr.Column c -> isColumn(c);
            case ForeignExpr.Constant c -> SMALL.contains(c.type().name());
            case ForeignExpr.Case c -> c.conditions().stream().allMatch(conditions::isExact) && c.results().stream().allMatch(this::isSmall)
                    && isSmall(c.otherwise());
            default -> false;
        };
    }

    private boolean isDecimal(ForeignExpr e) {
        return switch (JdbcConditions.plain(e)) {
            case ForeignExpr.Column c -> isColumn(c);
            case ForeignExpr.Constant c -> c.text().map(t -> t.chars().allMatch(d -> d >= '0' && d <= '9' || d == '.' || d == '-')).orElse(false);
            case ForeignExpr.Operator o -> ARITHMETIC.contains(o.name()) && all(o.arguments());
            default -> false;
        };
    }

    private boolean all(List<ForeignExpr> arguments) {
        return arguments.size() == 2 && arguments.stream().allMatch(a -> a.type().name().equals("numeric") && isDecimal(a));
    }
}
