package org.gajah.plan;

import java.util.List;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;

/** The share of rows that conditions let through, by PostgreSQL's defaults for columns without statistics. */
final class Selectivity {
    private static final double EQUAL = 0.005;
    private static final double INEQUALITY = 1.0 / 3;
    private static final double UNKNOWN = 0.25;

    private Selectivity() {
    }

    static double of(List<Expr> conditions, Catalog catalog) {
        double share = 1;
        for (Expr condition : conditions) {
            share *= of(condition, catalog);
        }
        return share;
    }

    static double of(Expr condition, Catalog catalog) {
        return switch (condition) {
            case Expr.Const c -> Boolean.TRUE.equals(c.value()) ? 1 : 0;
            case Expr.OperatorCall o -> operator(o.operator(), catalog);
            case Expr.ArrayComparison a -> a.any() ? Math.min(1, operator(a.operator(), catalog) * 10) : UNKNOWN;
            case Expr.NullTest n -> n.isNull() ? EQUAL : 1 - EQUAL;
            case Expr.BoolExpr b -> switch (b.op()) {
                case AND -> of(b.args(), catalog);
                case OR -> 1 - b.args().stream().mapToDouble(a -> 1 - of(a, catalog)).reduce(1, (x, y) -> x * y);
                case NOT -> 1 - of(b.args().getFirst(), catalog);
            };
            case Expr.Var v -> 0.5;
            default -> UNKNOWN;
        };
    }

    private static double operator(int operator, Catalog catalog) {
        String name = catalog.operator(operator).map(OperatorRow::name).orElse("");
        return switch (name) {
            case "=" -> EQUAL;
            case "<>" -> 1 - EQUAL;
            case "<", "<=", ">", ">=" -> INEQUALITY;
            case "~~", "~", "~~*", "~*" -> 0.02;
            default -> UNKNOWN;
        };
    }
}
