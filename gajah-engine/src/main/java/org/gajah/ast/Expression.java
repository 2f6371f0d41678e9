package org.gajah.ast;

/** A value expression as written. */
public sealed interface Expression
        permits AArrayExpr, AConst, AExpr, AIndirection, Between, BoolExpr, BooleanTest, CaseExpr, CoalesceExpr,
                CollateClause, ColumnRef, CurrentOf, FuncCall, GroupingFunc, InList, JsonPredicate, MinMaxExpr,
                NamedArg, NullTest, ParamRef, RowExpr, SetToDefault, SqlValueFunction, SubLink, TypeCast,
                UnsupportedExpr {
    /** The place that errors about the expression point at (for an operator: the operator), as PostgreSQL has it. */
    int location();
}
