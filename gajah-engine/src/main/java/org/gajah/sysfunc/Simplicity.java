package org.gajah.sysfunc;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Expr.CallForm;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;

/** Which expressions need no parentheses inside which others, in the pretty style. */
final class Simplicity {
    private Simplicity() {
    }

    static boolean isSimple(Expr node, Expr parent, Catalog catalog) {
        return switch (node) {
            case Expr.Var _, Expr.Const _, Expr.Param _, Expr.DomainValue _, Expr.SetToDefault _, Expr.CurrentOf _,
                 Expr.Subscript _, Expr.ArrayLiteral _, Expr.RowLiteral _, Expr.Coalesce _, Expr.MinMax _,
                 Expr.SqlValueFunction _, Expr.NextValue _, Expr.NullIf _, Expr.AggregateCall _, Expr.GroupingCall _,
                 Expr.WindowCall _, Expr.FunctionCall _, Expr.Case _ -> true;
            case Expr.FieldSelect _, Expr.FieldStore _ -> !(parent instanceof Expr.FieldSelect);
            case Expr.CoerceToDomain c -> isSimple(c.arg(), node, catalog);
            case Expr.Relabel r -> isSimple(r.arg(), node, catalog);
            case Expr.CoerceViaIo c -> isSimple(c.arg(), node, catalog);
            case Expr.ArrayCoerce c -> isSimple(c.arg(), node, catalog);
            case Expr.ConvertRowtype c -> isSimple(c.arg(), node, catalog);
            case Expr.OperatorCall o when parent instanceof Expr.OperatorCall p -> bindsTighter(o, p, catalog);
            case Expr.OperatorCall _, Expr.SubLink _, Expr.NullTest _, Expr.BooleanTest _, Expr.DistinctFrom _ ->
                    parent instanceof Expr.BoolExpr || hasOwnParentheses(parent);
            case Expr.BoolExpr b -> parent instanceof Expr.BoolExpr p ? nests(b, p) : hasOwnParentheses(parent);
            case Expr.ArrayComparison _, Expr.Collate _, Expr.RowComparison _, Expr.SubLinkColumn _,
                 Expr.MultiAssignColumn _, Expr.CaseTest _, Expr.InputColumn _, Expr.ExecParam _, Expr.SubPlanCall _ ->
                    false;
        };
    }

    private static boolean hasOwnParentheses(Expr parent) {
        return switch (parent) {
            case Expr.FunctionCall f -> f.form() == CallForm.EXPLICIT_CALL;
            case Expr.Subscript _, Expr.ArrayLiteral _, Expr.RowLiteral _, Expr.Coalesce _, Expr.MinMax _,
                 Expr.NullIf _, Expr.AggregateCall _, Expr.GroupingCall _, Expr.WindowCall _, Expr.Case _ -> true;
            default -> false;
        };
    }

    private static boolean nests(Expr.BoolExpr node, Expr.BoolExpr parent) {
        return switch (node.op()) {
            case NOT, AND -> parent.op() != Expr.BoolExpr.Op.NOT;
            case OR -> parent.op() == Expr.BoolExpr.Op.OR;
        };
    }

    /** Only the five arithmetic operators are known well enough. */
    private static boolean bindsTighter(Expr.OperatorCall node, Expr.OperatorCall parent, Catalog catalog) {
        int inner = priority(node, catalog);
        int outer = priority(parent, catalog);
        if (inner == 0 || outer == 0) {
            return false;
        }
        return inner > outer || inner == outer && node == parent.args().getFirst();
    }

    private static int priority(Expr.OperatorCall o, Catalog catalog) {
        if (o.args().size() != 2) {
            return 0;
        }
        return switch (catalog.operator(o.operator()).map(OperatorRow::name).orElse("")) {
            case "+", "-" -> 1;
            case "*", "/", "%" -> 2;
            default -> 0;
        };
    }
}
