package org.gajah.plan;

import java.util.BitSet;
import java.util.List;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;

/** Which conditions cannot be true for a row of nulls. */
final class Strictness {
    private Strictness() {
    }

    /** Whether one of the conditions drops every row in which all columns of {@code ranges} are null. */
    static boolean rejectsNulls(List<Expr> conditions, BitSet ranges, Catalog catalog) {
        return conditions.stream().anyMatch(c -> rejects(c, ranges, catalog));
    }

    private static boolean rejects(Expr condition, BitSet ranges, Catalog catalog) {
        return switch (condition) {
            case Expr.BoolExpr b -> switch (b.op()) {
                case AND -> b.args().stream().anyMatch(a -> rejects(a, ranges, catalog));
                case OR -> b.args().stream().allMatch(a -> rejects(a, ranges, catalog));
                case NOT -> isNullIfNull(b.args().getFirst(), ranges, catalog);
            };
            case Expr.NullTest n -> !n.isNull() && !n.rowArg() && isNullIfNull(n.arg(), ranges, catalog);
            default -> isNullIfNull(condition, ranges, catalog);
        };
    }

    /** Whether the expression is null when the columns are. */
    private static boolean isNullIfNull(Expr e, BitSet ranges, Catalog catalog) {
        return switch (e) {
            case Expr.Var v -> ranges.get(v.rangeIndex());
            case Expr.OperatorCall o -> isStrict(o.function(), catalog) && anyNull(o.args(), ranges, catalog);
            case Expr.FunctionCall f -> isStrict(f.function(), catalog) && anyNull(f.args(), ranges, catalog);
            case Expr.ArrayComparison a -> isStrict(a.function(), catalog) && isNullIfNull(a.scalar(), ranges, catalog) && a.any();
            case Expr.Relabel r -> isNullIfNull(r.arg(), ranges, catalog);
            case Expr.CoerceViaIo c -> isNullIfNull(c.arg(), ranges, catalog);
            default -> false;
        };
    }

    private static boolean anyNull(List<Expr> args, BitSet ranges, Catalog catalog) {
        return args.stream().anyMatch(a -> isNullIfNull(a, ranges, catalog));
    }

    private static boolean isStrict(int function, Catalog catalog) {
        return catalog.function(function).map(ProcRow::strict).orElse(false);
    }
}
