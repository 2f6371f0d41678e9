package org.gajah.exec;

import java.util.List;
import java.util.stream.Collectors;

import org.gajah.analyze.Expr;
import org.gajah.base.ByteSink;
import org.gajah.catalog.Catalog;
import org.gajah.sysfunc.Identifiers;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;

/** Expressions of plans as EXPLAIN shows them; columns are named by whoever knows the node's inputs. */
final class ExplainExpressions {
    private final Catalog catalog;
    private final TypeContext types;

    /** As an input, stands for the slots. */
    static final int SLOT = -1;

    /** Names the columns of a node's inputs. */
    @FunctionalInterface
    interface Columns {
        String name(int input, int column);
    }

    ExplainExpressions(Catalog catalog, TypeContext types) {
        this.catalog = catalog;
        this.types = types;
    }

    String text(Expr expr, Columns columns) {
        return switch (expr) {
            case Expr.InputColumn e -> columns.name(e.input(), e.column());
            case Expr.Const e -> constant(e);
            case Expr.Param e -> "$" + e.number();
            case Expr.ExecParam e -> columns.name(SLOT, e.slot());
            case Expr.OperatorCall e -> operator(e, columns);
            case Expr.FunctionCall e -> function(e, columns);
            case Expr.AggregateCall e -> functionName(e.function()) + "(" + (e.star() ? "*" : (e.distinct().isEmpty() ? "" : "DISTINCT ")
                    + list(e.args().stream().map(t -> t.expr()).toList(), columns)) + ")";
            case Expr.BoolExpr e -> bool(e, columns);
            case Expr.NullTest e -> "(" + text(e.arg(), columns) + (e.isNull() ? " IS NULL)" : " IS NOT NULL)");
            case Expr.BooleanTest e -> "(" + text(e.arg(), columns) + " " + e.kind().name().replace('_', ' ') + ")";
            case Expr.DistinctFrom e -> "(" + text(e.args().get(0), columns) + " IS DISTINCT FROM " + text(e.args().get(1), columns) + ")";
            case Expr.ArrayComparison e -> "(" + text(e.scalar(), columns) + " " + operatorName(e.operator()) + (e.any() ? " ANY (" : " ALL (")
                    + text(e.array(), columns) + "))";
            case Expr.Relabel e -> e.form() == Expr.CallForm.IMPLICIT_CAST ? text(e.arg(), columns) : cast(e.arg(), e.type(), e.typmod(), columns);
            case Expr.CoerceViaIo e -> cast(e.arg(), e.type(), -1, columns);
            case Expr.ArrayCoerce e -> cast(e.arg(), e.type(), e.typmod(), columns);
            case Expr.CoerceToDomain e -> text(e.arg(), columns);
            case Expr.Collate e -> text(e.arg(), columns);
            case Expr.Coalesce e -> "COALESCE(" + list(e.args(), columns) + ")";
            case Expr.NullIf e -> "NULLIF(" + list(e.args(), columns) + ")";
            case Expr.MinMax e -> (e.greatest() ? "GREATEST(" : "LEAST(") + list(e.args(), columns) + ")";
            case Expr.ArrayLiteral e -> "ARRAY[" + list(e.elements(), columns) + "]";
            case Expr.RowLiteral e -> "ROW(" + list(e.args(), columns) + ")";
            case Expr.RowComparison e -> "(ROW(" + list(e.left(), columns) + ") " + operatorName(e.operators().getLast()) + " ROW(" + list(e.right(), columns)
                    + "))";
            case Expr.Case e -> caseText(e, columns);
            case Expr.SubPlanCall e -> subPlan(e);
            case Expr.SqlValueFunction e -> e.kind().name().replace("_N", "");
            case Expr.FieldSelect e -> "(" + text(e.arg(), columns) + ").f" + e.field();
            case Expr.Subscript e when e.assigned().isEmpty() -> subscript(e, columns);
            case Expr.NextValue e -> "nextval('" + types.names().name(REGCLASS, e.sequence()) + "'::regclass)";
            default -> expr.getClass().getSimpleName();
        };
    }

    private static final int REGCLASS = 2205;

    private String subscript(Expr.Subscript e, Columns columns) {
        boolean plain = e.container() instanceof Expr.InputColumn || e.container() instanceof Expr.Var;
        StringBuilder made = new StringBuilder(plain ? text(e.container(), columns) : "(" + text(e.container(), columns) + ")");
        for (int i = 0; i < e.upper().size(); i++) {
            int at = i;
            made.append('[');
            e.lower().ifPresent(lower -> made.append(lower.get(at).map(bound -> text(bound, columns)).orElse("")).append(':'));
            made.append(e.upper().get(i).map(bound -> text(bound, columns)).orElse("")).append(']');
        }
        return made.toString();
    }

    String list(List<Expr> exprs, Columns columns) {
        return exprs.stream().map(e -> text(e, columns)).collect(Collectors.joining(", "));
    }

    private String constant(Expr.Const e) {
        String type = types.names().typeName(e.type(), e.typmod());
        if (e.value() == null) {
            return "NULL::" + type;
        }
        Vector one = Vector.of(catalog.codec(e.type()).carrier(), 1);
        one.set(0, e.value());
        ByteSink out = new ByteSink();
        catalog.codec(e.type()).format(one, 0, types, out);
        String text = out.view().toString();
        return switch (e.type()) {
            case BOOL -> text.equals("t") ? "true" : "false";
            case INT4 -> text.startsWith("-") ? "'" + text + "'::integer" : text;
            case NUMERIC -> Character.isDigit(text.charAt(0)) && text.indexOf('.') > 0 ? text : "'" + text + "'::" + type;
            default -> "'" + text.replace("'", "''") + "'::" + type;
        };
    }

    private static final int BOOL = 16;
    private static final int INT4 = 23;
    private static final int NUMERIC = 1700;

    private String operatorName(int operator) {
        return catalog.operator(operator).map(row -> row.name()).orElse("?");
    }

    private String operator(Expr.OperatorCall e, Columns columns) {
        String name = operatorName(e.operator());
        return e.args().size() == 1 ? "(" + name + " " + text(e.args().getFirst(), columns) + ")"
                : "(" + text(e.args().get(0), columns) + " " + name + " " + text(e.args().get(1), columns) + ")";
    }

    private String function(Expr.FunctionCall e, Columns columns) {
        if (e.form() == Expr.CallForm.IMPLICIT_CAST) {
            return text(e.args().getFirst(), columns);
        }
        if (e.form() == Expr.CallForm.EXPLICIT_CAST) {
            return cast(e.args().getFirst(), e.type(), e.typmod(), columns);
        }
        return functionName(e.function()) + "(" + (e.variadic() ? "VARIADIC " : "") + list(e.args(), columns) + ")";
    }

    String functionName(int function) {
        return catalog.function(function).map(row -> Identifiers.quote(row.name())).orElse("?");
    }

    private String cast(Expr arg, int type, int typmod, Columns columns) {
        String inner = text(arg, columns);
        return (inner.startsWith("(") ? inner : "(" + inner + ")") + "::" + types.names().typeName(type, typmod);
    }

    private String bool(Expr.BoolExpr e, Columns columns) {
        return switch (e.op()) {
            case NOT -> "(NOT " + text(e.args().getFirst(), columns) + ")";
            case AND, OR -> e.args().stream().map(arg -> text(arg, columns)).collect(Collectors.joining(" " + e.op() + " ", "(", ")"));
        };
    }

    private String caseText(Expr.Case e, Columns columns) {
        StringBuilder out = new StringBuilder("CASE");
        e.arg().ifPresent(arg -> out.append(' ').append(text(arg, columns)));
        for (Expr.When when : e.whens()) {
            out.append(" WHEN ").append(text(when.condition(), columns)).append(" THEN ").append(text(when.result(), columns));
        }
        return out.append(" ELSE ").append(text(e.otherwise(), columns)).append(" END").toString();
    }

    /** Whether a subplan does not depend on the row that it is asked for, so that it runs once. */
    static boolean isInitPlan(Expr.SubPlanCall e) {
        return e.values().isEmpty() && switch (e.kind()) {
            case EXISTS, SCALAR, ARRAY, MULTI_ASSIGN -> true;
            case ANY, ALL, ROW_COMPARE -> false;
        };
    }

    private static String subPlan(Expr.SubPlanCall e) {
        String name = (isInitPlan(e) ? "InitPlan " : "SubPlan ") + (e.plan() + 1);
        return switch (e.kind()) {
            case EXISTS -> isInitPlan(e) ? "(" + name + ").col1" : "EXISTS(" + name + ")";
            case ARRAY -> isInitPlan(e) ? "(" + name + ").col1" : "ARRAY(" + name + ")";
            case ANY -> "(ANY (" + (e.hashed() ? "hashed " : "") + name + ").col1)";
            case ALL -> "(ALL (" + name + ").col1)";
            case SCALAR -> isInitPlan(e) ? "(" + name + ").col1" : "(" + name + ")";
            case ROW_COMPARE, MULTI_ASSIGN -> "(" + name + ")";
        };
    }
}
