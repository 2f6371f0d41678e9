package org.gajah.analyze;

import java.util.List;

import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;

/**
 * Whether evaluating an expression can tell somebody of the row it is evaluated for, by an error, a notice or a side effect. Only expressions
 * that cannot may be evaluated for rows that are yet to be hidden. PostgreSQL manual, "Rules and Privileges".
 */
public final class Leakproof {
    private Leakproof() {
    }

    /** Whether it cannot. */
    public static boolean is(Expr e, Catalog catalog) {
        boolean quiet = switch (e) {
            case Expr.Var v -> true;
            case Expr.Const c -> true;
            case Expr.Param p -> true;
            case Expr.ExecParam p -> true;
            case Expr.InputColumn c -> true;
            case Expr.CurrentOf c -> true;
            case Expr.CaseTest c -> true;
            case Expr.SqlValueFunction f -> true;
            case Expr.NextValue v -> true;
            case Expr.BoolExpr b -> true;
            case Expr.Relabel r -> true;
            case Expr.Collate c -> true;
            case Expr.Case c -> true;
            case Expr.RowLiteral r -> true;
            case Expr.ArrayLiteral a -> true;
            case Expr.FieldSelect f -> true;
            case Expr.NullTest n -> true;
            case Expr.BooleanTest b -> true;
            case Expr.Coalesce c -> true;
            case Expr.FunctionCall f -> calls(List.of(f.function()), e, catalog);
            case Expr.OperatorCall o -> calls(List.of(o.function()), e, catalog);
            case Expr.DistinctFrom d -> calls(List.of(d.function()), e, catalog);
            case Expr.NullIf n -> calls(List.of(n.function()), e, catalog);
            case Expr.ArrayComparison c -> calls(List.of(c.function()), e, catalog);
            case Expr.RowComparison r -> calls(r.functions(), e, catalog);
            default -> false;
        };
        if (!quiet) {
            return false;
        }
        boolean[] all = {true};
        Exprs.forEachChild(e, child -> all[0] &= is(child, catalog));
        return all[0];
    }

    /** Functions that see no column of the row have nothing to tell. */
    private static boolean calls(List<Integer> functions, Expr call, Catalog catalog) {
        return functions.stream().allMatch(f -> catalog.function(f).map(ProcRow::leakproof).orElse(false))
                || !Exprs.any(call, x -> x instanceof Expr.Var || x instanceof Expr.SubLink || x instanceof Expr.SubPlanCall);
    }
}
