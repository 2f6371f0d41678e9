package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AArrayExpr;
import org.gajah.ast.AIndirection;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.Indirection;
import org.gajah.type.Oids;

/** ARRAY[...], subscripts and field selections. */
final class Subscripts {
    private static final int MAX_DIMENSIONS = 6;

    private final Analysis a;

    Subscripts(Analysis analysis) {
        a = analysis;
    }

    /** ARRAY[...]; {@code arrayType} and {@code elementType} are those of a cast around it, or 0. */
    Expr array(Scope scope, AArrayExpr x, int arrayType, int elementType, int typmod) {
        List<Expr> elements = new ArrayList<>();
        boolean nested = false;
        for (Expression e : x.elements()) {
            Expr element;
            if (e instanceof AArrayExpr inner) {
                element = array(scope, inner, arrayType, elementType, typmod);
                nested = true;
            } else {
                element = a.expressions.analyze(scope, e);
                nested |= element.type() == Oids.INT2VECTOR || element.type() == Oids.OIDVECTOR || a.types.element(element.type()) != 0;
            }
            elements.add(element);
        }
        if (arrayType == 0 && elements.isEmpty()) {
            throw new SqlError(SqlState.INDETERMINATE_DATATYPE, "cannot determine type of empty array")
                    .hint("Explicitly cast to the desired type, for example ARRAY[]::integer[].").at(x.location());
        }
        int common = arrayType == 0 ? a.common.select(elements, "ARRAY") : nested ? arrayType : elementType;
        int resultElement;
        int result;
        if (arrayType != 0) {
            resultElement = elementType;
            result = arrayType;
        } else if (nested) {
            result = common;
            resultElement = a.types.element(common);
            if (resultElement == 0) {
                throw noArrayType(common, x.location());
            }
        } else {
            resultElement = common;
            result = a.types.arrayOf(common);
            if (result == 0) {
                throw noArrayType(common, x.location());
            }
        }
        List<Expr> coerced = new ArrayList<>();
        for (Expr element : elements) {
            coerced.add(arrayType == 0 ? a.common.coerce(element, common, "ARRAY") : explicitly(element, common, typmod));
        }
        return new Expr.ArrayLiteral(result, 0, resultElement, coerced, nested, x.location());
    }

    private Expr explicitly(Expr element, int type, int typmod) {
        return a.coercer.coerceToTarget(element, type, typmod, CoercionContext.EXPLICIT, Expr.CallForm.EXPLICIT_CAST, 0)
                .orElseThrow(() -> a.coercer.cannotCast(element.type(), type, Locations.of(element)));
    }

    private SqlError noArrayType(int type, int location) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, "could not find array type for data type " + a.types.name(type)).at(location);
    }

    Expr indirection(Scope scope, AIndirection x) {
        Expr made = a.expressions.analyze(scope, x.argument());
        List<Indirection> pending = new ArrayList<>();
        for (Indirection step : x.indirection()) {
            switch (step) {
                case Indirection.Index i -> pending.add(i);
                case Indirection.Range r -> pending.add(r);
                case Indirection.Star s -> throw SqlError.notSupported("row expansion via \"*\" is not supported here").at(s.location());
                case Indirection.Field f -> {
                    if (!pending.isEmpty()) {
                        made = subscript(scope, made, pending, Optional.empty());
                        pending.clear();
                    }
                    Expr arg = made;
                    made = a.functionCalls.asColumn(scope, f.name(), arg, Locations.of(arg))
                            .orElseThrow(() -> unknownField(x.argument(), f.name(), arg, Locations.of(arg)));
                }
            }
        }
        return pending.isEmpty() ? made : subscript(scope, made, pending, Optional.empty());
    }

    private SqlError unknownField(Expression written, String field, Expr arg, int location) {
        if (arg instanceof Expr.Var v && v.attribute() == 0 && written instanceof ColumnRef c) {
            return new SqlError(SqlState.UNDEFINED_COLUMN, "column " + c.fields().getLast() + "." + field + " does not exist").at(location);
        }
        if (a.types.isComplex(arg.type())) {
            return new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + field + "\" not found in data type " + a.types.name(arg.type()))
                    .at(location);
        }
        if (arg.type() == Oids.RECORD) {
            return new SqlError(SqlState.UNDEFINED_COLUMN, "could not identify column \"" + field + "\" in record data type").at(location);
        }
        return new SqlError(SqlState.WRONG_OBJECT_TYPE, "column notation ." + field + " applied to type " + a.types.name(arg.type())
                + ", which is not a composite type").at(location);
    }

    /** {@code container[...]}; with {@code assigned} the container with that part replaced. */
    Expr subscript(Scope scope, Expr container, List<Indirection> steps, Optional<Expr> assigned) {
        Types.Typed base = a.types.base(container.type(), container.typmod());
        Expr bare = container;
        if (base.type() != container.type()) {
            bare = new Expr.Relabel(container, base.type(), base.typmod(), 0, Expr.CallForm.IMPLICIT_CAST, 0);
        }
        if (base.type() == Oids.JSONB) {
            return jsonb(scope, bare, steps, assigned);
        }
        int element = a.types.row(base.type()).element();
        if (element == 0) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot subscript type " + a.types.name(base.type())
                    + " because it does not support subscripting").at(Locations.of(container));
        }
        boolean slice = steps.stream().anyMatch(Indirection.Range.class::isInstance);
        List<Optional<Expr>> upper = new ArrayList<>();
        List<Optional<Expr>> lower = new ArrayList<>();
        for (Indirection step : steps) {
            switch (step) {
                case Indirection.Index i -> {
                    upper.add(Optional.of(bound(scope, i.index())));
                    lower.add(Optional.of(Literals.int4(1)));
                }
                case Indirection.Range r -> {
                    upper.add(r.upper().map(e -> bound(scope, e)));
                    lower.add(r.lower().map(e -> bound(scope, e)));
                }
                case Indirection.Field f -> throw new IllegalStateException("field among subscripts");
                case Indirection.Star s -> throw new IllegalStateException("star among subscripts");
            }
        }
        if (upper.size() > MAX_DIMENSIONS) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "number of array dimensions (" + upper.size()
                    + ") exceeds the maximum allowed (" + MAX_DIMENSIONS + ")");
        }
        int result = slice ? sliceType(base.type()) : element;
        int typmod = a.types.element(base.type()) != 0 ? base.typmod() : -1;
        if (assigned.isPresent()) {
            result = base.type();
        }
        return new Expr.Subscript(bare, upper, slice ? Optional.of(lower) : Optional.empty(), element, result, typmod, 0, assigned, 0);
    }

    private static int sliceType(int type) {
        return switch (type) {
            case Oids.INT2VECTOR -> Oids.INT2_ARRAY;
            case Oids.OIDVECTOR -> Oids.OID_ARRAY;
            default -> type;
        };
    }

    private Expr bound(Scope scope, Expression e) {
        Expr made = a.expressions.analyze(scope, e);
        return a.coercer.coerceToTarget(made, Oids.INT4, -1, CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST, 0)
                .orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH, "array subscript must have type integer")
                        .at(Locations.of(made)));
    }

    private Expr jsonb(Scope scope, Expr container, List<Indirection> steps, Optional<Expr> assigned) {
        List<Optional<Expr>> keys = new ArrayList<>();
        for (Indirection step : steps) {
            if (step instanceof Indirection.Range r) {
                int at = r.upper().or(r::lower).map(bound -> Locations.of(a.expressions.analyze(scope, bound))).orElse(0);
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "jsonb subscript does not support slices").at(at);
            }
            if (!(step instanceof Indirection.Index i)) {
                throw new IllegalStateException(step.toString());
            }
            Expr key = a.expressions.analyze(scope, i.index());
            int type = key.type() == Oids.UNKNOWN ? Oids.TEXT
                    : a.coercer.canCoerce(key.type(), Oids.INT4, CoercionContext.IMPLICIT) ? Oids.INT4 : Oids.TEXT;
            keys.add(Optional.of(a.coercer.coerceToTarget(key, type, -1, CoercionContext.IMPLICIT, Expr.CallForm.IMPLICIT_CAST, 0)
                    .orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH, "subscript type " + a.types.name(key.type())
                            + " is not supported").hint("jsonb subscript must be coercible to either integer or text.")
                            .at(Locations.of(key)))));
        }
        return new Expr.Subscript(container, keys, Optional.empty(), Oids.JSONB, Oids.JSONB, -1, 0, assigned, 0);
    }
}
