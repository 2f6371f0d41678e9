package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

/**
 * A typed scalar expression. Types, functions, operators and collations are oids; collation 0 is none; typmod -1 is none;
 * {@code location} is the place in the statement in characters from 1, or 0 where unknown.
 *
 * <p>The last group of records exists only behind the planner; the analyzer never makes them.
 */
public sealed interface Expr {
    /** The type oid of the result. */
    int type();

    /** The result's type modifier. */
    default int typmod() {
        return -1;
    }

    /** The result's collation. */
    default int collation() {
        return 0;
    }

    /** Place in the statement, from 1; 0 is unknown. */
    default int location() {
        return 0;
    }

    /** The modifier that all values share, if all have the type; else -1. */
    private static int sharedTypmod(int type, List<Expr> values) {
        int typmod = values.isEmpty() ? -1 : values.getFirst().typmod();
        for (Expr value : values) {
            if (value.type() != type || value.typmod() != typmod) {
                return -1;
            }
        }
        return typmod;
    }

    /** How a call or cast was written; EXPLAIN and view definitions print it so. */
    enum CallForm { EXPLICIT_CALL, EXPLICIT_CAST, IMPLICIT_CAST, SQL_SYNTAX }

    /** A literal; {@code value} is boxed, null is SQL NULL. */
    record Const(int type, int typmod, int collation, Object value, int location) implements Expr {
    }

    /** $n of a prepared statement, from 1. */
    record Param(int number, int type, int typmod, int collation, int location) implements Expr {
    }

    /**
     * A column of a range table entry, {@code levelsUp} queries out.
     *
     * @param rangeIndex index into that query's range table, from 0
     * @param attribute  column number from 1; 0 is the whole row; negative are system columns
     */
    record Var(int rangeIndex, int attribute, int type, int typmod, int collation, int levelsUp, int location)
            implements Expr {
    }

    /** An aggregate call. {@code order} and {@code distinct} refer to {@code args} by their sort-group reference. */
    record AggregateCall(int function, int type, int collation, int inputCollation, List<Expr> directArgs,
            List<TargetEntry> args, List<SortGroupClause> order, List<SortGroupClause> distinct, Optional<Expr> filter,
            boolean star, boolean variadic, char kind, int levelsUp, int location) implements Expr {
    }

    /** GROUPING(...): {@code references} are the sort-group references of the arguments. */
    record GroupingCall(List<Expr> args, List<Integer> references, int levelsUp, int location) implements Expr {
        @Override
        public int type() {
            return 23;
        }
    }

    /** A window function, or an aggregate used as one; {@code window} is an index into the query's windows. */
    record WindowCall(int function, int type, int collation, int inputCollation, List<Expr> args, Optional<Expr> filter,
            int window, boolean star, boolean aggregate, int location) implements Expr {
    }

    /** A function call; casts through functions too. */
    record FunctionCall(int function, int type, int typmod, boolean returnsSet, boolean variadic, CallForm form, int collation,
            int inputCollation, List<Expr> args, int location) implements Expr {
    }

    /** An operator call of one or two arguments. */
    record OperatorCall(int operator, int function, int type, boolean returnsSet, int collation, int inputCollation,
            List<Expr> args, int location) implements Expr {
    }

    /** IS DISTINCT FROM; the operator is equality. */
    record DistinctFrom(int operator, int function, int inputCollation, List<Expr> args, int location) implements Expr {
        @Override
        public int type() {
            return 16;
        }
    }

    /** NULLIF(a, b); the operator is equality. */
    record NullIf(int operator, int function, int type, int typmod, int collation, int inputCollation, List<Expr> args,
            int location) implements Expr {
    }

    /** {@code scalar op ANY (array)}, or ALL if not {@code any}. */
    record ArrayComparison(int operator, int function, boolean any, int inputCollation, Expr scalar, Expr array, int location)
            implements Expr {
        @Override
        public int type() {
            return 16;
        }
    }

    /** AND, OR, NOT. */
    record BoolExpr(Op op, List<Expr> args, int location) implements Expr {
        /** The connective. */
        public enum Op { AND, OR, NOT }

        @Override
        public int type() {
            return 16;
        }
    }

    /**
     * A subquery in an expression. For ANY, ALL and ROW_COMPARE {@code test} compares: in it, the subquery's column n (from 1)
     * stands as {@link SubLinkColumn}.
     */
    record SubLink(Kind kind, Optional<Expr> test, Query query, int type, int typmod, int collation, String operatorName, int location)
            implements Expr {
        /** What the subquery is for. */
        public enum Kind { EXISTS, ANY, ALL, ROW_COMPARE, SCALAR, MULTI_ASSIGN, ARRAY }
    }

    /** A column of the subquery of the SubLink around it, from 1. */
    record SubLinkColumn(int column, int type, int typmod, int collation) implements Expr {
    }

    /** One value of a multiple assignment {@code (a, b) = (SELECT ...)}; {@code link} counts such sublinks in the query from 0. */
    record MultiAssignColumn(int link, int column, int type, int typmod, int collation) implements Expr {
    }

    /** {@code container[...]}: a slice if {@code lower} is present. Bounds may be absent in slices. */
    record Subscript(Expr container, List<Optional<Expr>> upper, Optional<List<Optional<Expr>>> lower, int elementType, int type, int typmod,
            int collation, Optional<Expr> assigned, int location) implements Expr {
    }

    /** A field of a composite value; numbered from 1. */
    record FieldSelect(Expr arg, int field, int type, int typmod, int collation) implements Expr {
    }

    /** A composite value with some fields replaced: assignments to columns' fields. */
    record FieldStore(Expr arg, List<Expr> values, List<Integer> fields, int type) implements Expr {
    }

    /** Same bytes, other type. */
    record Relabel(Expr arg, int type, int typmod, int collation, CallForm form, int location) implements Expr {
    }

    /** A cast by way of the text form. */
    record CoerceViaIo(Expr arg, int type, int collation, CallForm form, int location) implements Expr {
    }

    /** A cast of each element; {@code element} casts a {@link CaseTest}. */
    record ArrayCoerce(Expr arg, Expr element, int type, int typmod, int collation, CallForm form, int location)
            implements Expr {
    }

    /** A row of one composite type made into another whose columns have the same names. */
    record ConvertRowtype(Expr arg, int type, CallForm form, int location) implements Expr {
    }

    /** COLLATE. */
    record Collate(Expr arg, int collation, int location) implements Expr {
        @Override
        public int type() {
            return arg.type();
        }

        @Override
        public int typmod() {
            return arg.typmod();
        }
    }

    /** CASE; with an {@code arg} the conditions compare a {@link CaseTest}. */
    record Case(int type, int collation, Optional<Expr> arg, List<When> whens, Expr otherwise, int location)
            implements Expr {
        @Override
        public int typmod() {
            java.util.ArrayList<Expr> results = new java.util.ArrayList<>(List.of(otherwise));
            whens.forEach(w -> results.add(w.result()));
            return Expr.sharedTypmod(type, results);
        }
    }

    /** One WHEN. */
    record When(Expr condition, Expr result, int location) {
    }

    /** The value that the CASE or ArrayCoerce around it works on. */
    record CaseTest(int type, int typmod, int collation) implements Expr {
    }

    /** ARRAY[...]; {@code nested} if the elements are arrays that become rows of one of more dimensions. */
    record ArrayLiteral(int type, int collation, int elementType, List<Expr> elements, boolean nested, int location)
            implements Expr {
        @Override
        public int typmod() {
            return Expr.sharedTypmod(nested ? type : elementType, elements);
        }
    }

    /** ROW(...). */
    record RowLiteral(List<Expr> args, int type, List<String> names, CallForm form, int location) implements Expr {
    }

    /** {@code (a, b) < (c, d)}; op is the B-tree strategy 1..5, or 6 for not equal. */
    record RowComparison(int strategy, List<Integer> operators, List<Integer> functions, List<Integer> inputCollations, List<Expr> left,
            List<Expr> right) implements Expr {
        @Override
        public int type() {
            return 16;
        }
    }

    /** COALESCE. */
    record Coalesce(int type, int collation, List<Expr> args, int location) implements Expr {
        @Override
        public int typmod() {
            return Expr.sharedTypmod(type, args);
        }
    }

    /** GREATEST, or LEAST. */
    record MinMax(boolean greatest, int type, int collation, int inputCollation, List<Expr> args, int location)
            implements Expr {
        @Override
        public int typmod() {
            return Expr.sharedTypmod(type, args);
        }
    }

    /** CURRENT_DATE and its kin. */
    record SqlValueFunction(Kind kind, int type, int typmod, int collation, int location) implements Expr {
        /** As in PostgreSQL's grammar; the _N forms have a precision as typmod. */
        public enum Kind {
            CURRENT_DATE, CURRENT_TIME, CURRENT_TIME_N, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP_N, LOCALTIME, LOCALTIME_N,
            LOCALTIMESTAMP, LOCALTIMESTAMP_N, CURRENT_ROLE, CURRENT_USER, USER, SESSION_USER, CURRENT_CATALOG, CURRENT_SCHEMA
        }
    }

    /** IS [NOT] NULL; {@code rowArg} if a composite's fields decide. */
    record NullTest(Expr arg, boolean isNull, boolean rowArg, int location) implements Expr {
        @Override
        public int type() {
            return 16;
        }
    }

    /** IS [NOT] TRUE, FALSE, UNKNOWN. */
    record BooleanTest(Expr arg, Kind kind, int location) implements Expr {
        /** The six tests. */
        public enum Kind { IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN, IS_NOT_UNKNOWN }

        @Override
        public int type() {
            return 16;
        }
    }

    /** A check of a domain's constraints. */
    record CoerceToDomain(Expr arg, int type, int typmod, int collation, CallForm form, int location) implements Expr {
    }

    /** VALUE in a domain's check. */
    record DomainValue(int type, int typmod, int collation, int location) implements Expr {
    }

    /** DEFAULT in an INSERT or UPDATE; replaced by the column's default before planning. */
    record SetToDefault(int type, int typmod, int collation, int location) implements Expr {
    }

    /** The next value of an identity column's sequence. */
    record NextValue(int sequence, int type) implements Expr {
    }

    /** WHERE CURRENT OF cursor; a {@code parameter} other than 0 has the cursor's name instead. */
    record CurrentOf(int rangeIndex, String cursor, int parameter) implements Expr {
        @Override
        public int type() {
            return 16;
        }
    }

    // ---- behind the planner only ----

    /** A column of an operator's input: {@code input} 0 is the (outer) child, 1 the inner child of a join. */
    record InputColumn(int input, int column, int type, int typmod, int collation) implements Expr {
    }

    /** A slot of the execution's parameters, set by an outer operator or an init plan. */
    record ExecParam(int slot, int type, int typmod, int collation) implements Expr {
    }

    /**
     * A subplan. {@code slots} are set from {@code values} before each run (a correlated subquery); {@code test} is as in
     * SubLink. A hashed ANY subplan compares {@code left} with the subquery's columns by hash.
     */
    record SubPlanCall(SubLink.Kind kind, int plan, List<Integer> slots, List<Expr> values, Optional<Expr> test, boolean hashed,
            List<Expr> left, int type, int typmod, int collation) implements Expr {
    }
}
