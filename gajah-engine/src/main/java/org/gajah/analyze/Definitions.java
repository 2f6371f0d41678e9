package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Alias;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.Indirection;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;

/**
 * Analyzes the expressions that definitions contain: defaults, checks, index keys. Those about a table have its columns as Vars of
 * range table entry 0.
 */
public final class Definitions {
    private Definitions() {
    }

    /** An expression without columns, made to fit a column by assignment: DEFAULT. */
    public static Expr columnDefault(Expression value, String column, int type, int typmod, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Expr analyzed = a.expressions.analyze(new Scope(a), value, ExprKind.COLUMN_DEFAULT);
        return a.collations.assign(fit(a, analyzed, column, type, typmod, "default expression"));
    }

    /** The default of a function's parameter. */
    public static Expr functionDefault(Expression value, int type, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Expr analyzed = a.expressions.analyze(new Scope(a), value, ExprKind.FUNCTION_DEFAULT);
        if (Exprs.any(analyzed, e -> e instanceof Expr.Var)) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "cannot use table references in parameter default value").at(value.location());
        }
        return a.collations.assign(a.coercer.coerceTo(analyzed, type, "DEFAULT"));
    }

    /** A function with polymorphic parameters that go out as it is for arguments of these types. */
    public static ProcRow resolved(ProcRow proc, List<Integer> actual, AnalyzeContext context) {
        if (proc.allTypes().stream().noneMatch(Types::isPolymorphic)) {
            return proc;
        }
        Analysis a = new Analysis(context);
        List<Integer> declared = proc.argTypes().subList(0, Math.min(proc.argTypes().size(), actual.size()));
        List<Integer> given = actual.subList(0, declared.size());
        if (given.stream().anyMatch(Types::isPolymorphic)) {
            return proc;
        }
        return proc.withTypes(proc.allTypes().stream().map(t -> Types.isPolymorphic(t) ? a.polymorphism.enforce(given, declared, t, false).result() : t)
                .toList());
    }

    /** The procedure that CALL means, with arguments for all its parameters. */
    public static Expr.FunctionCall call(FuncCall call, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Scope scope = new Scope(a);
        scope.kind = ExprKind.CALL_ARGUMENT;
        Expr analyzed = a.functionCalls.analyze(scope, call, true);
        return (Expr.FunctionCall) a.collations.assign(analyzed);
    }

    private static Expr fit(Analysis a, Expr value, String column, int type, int typmod, String what) {
        Optional<Expr> fitted = a.coercer.coerceToTarget(value, type, typmod, CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST,
                value.location());
        return fitted.orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH, "column \"" + column + "\" is of type "
                + a.types.name(type, typmod) + " but " + what + " is of type " + a.types.name(value.type()))
                .hint("You will need to rewrite or cast the expression."));
    }

    /** An analyzed expression made to fit a column by assignment. */
    public static Expr fit(Expr value, String column, int type, int typmod, AnalyzeContext context) {
        return fit(new Analysis(context), value, column, type, typmod, "default expression");
    }

    /** An expression by itself, of its own type. */
    public static Expr value(Expression value, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Scope scope = new Scope(a);
        return a.collations.assign(a.expressions.analyze(scope, value, ExprKind.SELECT_TARGET));
    }

    /** A value as PL/pgSQL assigns it: by an assignment cast, or else by way of its text. */
    public static Expr converted(Expr value, int type, int typmod, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Expr made = a.coercer.coerceToTarget(value, type, typmod, CoercionContext.PLPGSQL, Expr.CallForm.IMPLICIT_CAST, 0)
                .orElseGet(() -> new Expr.CoerceViaIo(value, type, a.types.collation(type), Expr.CallForm.IMPLICIT_CAST, 0));
        return a.collations.assign(made);
    }

    /** A variable's value with another value put at a place in it; what is wrong with the place is at the text's beginning. */
    public static Expr place(Expr base, String name, List<Indirection> steps, Expression value, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Scope scope = new Scope(a);
        Expr analyzed = a.expressions.analyze(scope, value, ExprKind.SELECT_TARGET);
        return a.collations.assign(new Assignments(a, CoercionContext.PLPGSQL).into(scope, base, name, steps, 0, analyzed, 1));
    }

    /** A value made to fit a type by assignment; empty if there is no such cast. */
    public static Optional<Expr> assigned(Expr value, int type, int typmod, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        return a.coercer.coerceToTarget(value, type, typmod, CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST, value.location())
                .map(a.collations::assign);
    }

    /** What a column's values become when its type changes: assignment of the column itself, or of USING's expression. */
    public static Expr columnConversion(Expression value, Relation table, String column, int type, int typmod, boolean using,
            AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Expr analyzed = a.expressions.analyze(over(a, table), value, ExprKind.ALTER_TRANSFORM);
        Optional<Expr> fitted = a.coercer.coerceToTarget(analyzed, type, typmod, CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST,
                value.location());
        return a.collations.assign(fitted.orElseThrow(() -> using
                ? new SqlError(SqlState.DATATYPE_MISMATCH, "result of USING clause for column \"" + column + "\" cannot be cast automatically to type "
                        + a.types.name(type)).hint("You might need to add an explicit cast.")
                : new SqlError(SqlState.DATATYPE_MISMATCH, "column \"" + column + "\" cannot be cast automatically to type " + a.types.name(type))
                        .hint("You might need to specify \"USING " + column + "::" + a.types.name(type, typmod) + "\".")));
    }

    /** GENERATED ALWAYS AS: over the table's other columns. */
    public static Expr generated(Expression value, Relation table, String column, int type, int typmod, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Expr analyzed = a.expressions.analyze(over(a, table), value, ExprKind.GENERATED);
        refuseGenerated(analyzed, table);
        Expr made = a.collations.assign(fit(a, analyzed, column, type, typmod, "default expression"));
        if (!Volatility.isImmutable(made, context.catalog())) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "generation expression is not immutable");
        }
        return made;
    }

    private static void refuseGenerated(Expr analyzed, Relation table) {
        Exprs.any(analyzed, e -> {
            if (e instanceof Expr.Var v && v.attribute() == 0) {
                throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot use whole-row variable in column generation expression")
                        .detail("This would cause the generated column to depend on its own value.").at(v.location());
            }
            if (e instanceof Expr.Var v && v.attribute() > 0 && table.column(v.attribute()).generated() != 0) {
                throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot use generated column \"" + table.column(v.attribute()).name()
                        + "\" in column generation expression").detail("A generated column cannot reference another generated column.")
                        .at(v.location());
            }
            return false;
        });
    }

    /** A boolean over VALUE, which is of the domain's base type: a domain's CHECK. */
    public static Expr domainCheck(Expression value, int type, int typmod, int collation, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Scope scope = new Scope(a);
        scope.domainValue = Optional.of(new Expr.DomainValue(type, typmod, collation, 0));
        return a.collations.assign(a.coercer.coerceToBoolean(a.expressions.analyze(scope, value, ExprKind.DOMAIN_CHECK), "CHECK"));
    }

    /** What a column of a domain gets if it has no default itself: the domain's, or a null that the domain has checked. */
    public static Optional<Expr> typeDefault(Relation.Column column, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        return a.types.isDomain(column.type()) ? Optional.of(new TypeDefaults(a).of(column.type(), column.typmod(), column.collation()))
                : Optional.empty();
    }

    /** A boolean over a table's rows: CHECK. */
    public static Expr check(Expression value, Relation table, AnalyzeContext context) {
        return condition(value, table, ExprKind.CHECK, "CHECK", context);
    }

    /** A boolean over a table's rows: a partial index's WHERE. */
    public static Expr indexPredicate(Expression value, Relation table, AnalyzeContext context) {
        return condition(value, table, ExprKind.INDEX_PREDICATE, "WHERE", context);
    }

    /** A boolean over a table's rows: COPY FROM ... WHERE. */
    public static Expr copyWhere(Expression value, Relation table, AnalyzeContext context) {
        Expr where = condition(value, table, ExprKind.COPY_WHERE, "WHERE", context);
        Exprs.any(where, e -> {
            if (e instanceof Expr.Var v && v.attribute() > 0 && table.column(v.attribute()).generated() != 0) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "generated columns are not supported in COPY FROM WHERE conditions")
                        .detail("Column \"" + table.column(v.attribute()).name() + "\" is a generated column.");
            }
            return false;
        });
        return where;
    }

    /** A boolean over a table's rows, which may look into others: a policy's USING or WITH CHECK. */
    public static Expr policy(Expression value, Relation table, AnalyzeContext context) {
        return condition(value, table, ExprKind.POLICY, "POLICY", context);
    }

    /** WHEN of a trigger: a boolean over the old row, range table entry 0, and the new one, entry 1. */
    public static Expr triggerWhen(Expression value, Relation table, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Scope scope = new Scope(a);
        for (String name : List.of("old", "new")) {
            scope.namespace.add(a.rangeItems.relation(scope, table, Optional.of(new Alias(name, List.of())), false));
        }
        Expr analyzed = a.expressions.analyze(scope, value, ExprKind.TRIGGER_WHEN);
        return a.collations.assign(a.coercer.coerceToBoolean(analyzed, "WHEN"));
    }

    private static Expr condition(Expression value, Relation table, ExprKind kind, String construct, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Expr analyzed = a.expressions.analyze(over(a, table), value, kind);
        return a.collations.assign(a.coercer.coerceToBoolean(analyzed, construct));
    }

    /** A key of an index over a table's rows. */
    public static Expr indexExpression(Expression value, Relation table, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        return a.collations.assign(a.expressions.analyze(over(a, table), value, ExprKind.INDEX_EXPRESSION));
    }

    /** A key of a partitioned table. */
    public static Expr partitionExpression(Expression value, Relation table, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        return a.collations.assign(a.expressions.analyze(over(a, table), value, ExprKind.PARTITION_EXPRESSION));
    }

    /** A value of a partition's bound. */
    public static Expr partitionBound(Expression value, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        return a.collations.assign(a.expressions.analyze(new Scope(a), value, ExprKind.PARTITION_BOUND));
    }

    /** An argument of EXECUTE, made to fit the parameter. */
    public static Expr executeArgument(Expression value, int type, int number, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Expr analyzed = a.expressions.analyze(new Scope(a), value, ExprKind.EXECUTE_PARAMETER);
        Optional<Expr> fitted = a.coercer.coerceToTarget(analyzed, type, -1, CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST,
                value.location());
        return a.collations.assign(fitted.orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH, "parameter $" + number + " of type "
                + a.types.name(analyzed.type()) + " cannot be coerced to the expected type " + a.types.name(type))
                .hint("You will need to rewrite or cast the expression.").at(value.location())));
    }

    private static Scope over(Analysis a, Relation table) {
        Scope scope = new Scope(a);
        scope.namespace.add(a.rangeItems.relation(scope, table, Optional.empty(), false));
        return scope;
    }
}
