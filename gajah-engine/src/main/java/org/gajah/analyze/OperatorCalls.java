package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.OperatorRow;
import org.gajah.type.Oids;

/** Makes operator calls of analyzed operands, with the operands coerced to what the operator takes. */
final class OperatorCalls {
    private final Analysis a;

    OperatorCalls(Analysis analysis) {
        a = analysis;
    }

    /** {@code left name right}. */
    Expr.OperatorCall infix(List<String> name, Expr left, Expr right, int location) {
        OperatorRow operator = a.operators.binary(name, left.type(), right.type(), location);
        return call(operator, List.of(left, right), List.of(operator.left(), operator.right()), location);
    }

    /** {@code name operand}. */
    Expr.OperatorCall prefix(List<String> name, Expr operand, int location) {
        OperatorRow operator = a.operators.prefix(name, operand.type(), location);
        return call(operator, List.of(operand), List.of(operator.right()), location);
    }

    private Expr.OperatorCall call(OperatorRow operator, List<Expr> operands, List<Integer> declared, int location) {
        if (operator.function() == 0) {
            throw new SqlError(SqlState.UNDEFINED_FUNCTION, "operator is only a shell: " + operator.name()).at(location);
        }
        Polymorphism.Resolved resolved = a.polymorphism.enforce(typesOf(operands), declared, operator.result(), false);
        boolean set = a.catalog.function(operator.function()).map(f -> f.returnsSet()).orElse(false);
        return new Expr.OperatorCall(operator.oid(), operator.function(), resolved.result(), set, 0, 0,
                arguments(operands, resolved.parameters()), location);
    }

    static List<Integer> typesOf(List<Expr> values) {
        return values.stream().map(Expr::type).toList();
    }

    /** The operands as the parameters want them. */
    List<Expr> arguments(List<Expr> values, List<Integer> parameters) {
        List<Expr> made = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Expr value = values.get(i);
            made.add(value.type() == parameters.get(i) ? value : a.coercer.coerceImplicitly(value, parameters.get(i)));
        }
        return made;
    }

    /** {@code scalar name ANY|ALL (array)}. */
    Expr arrayComparison(List<String> name, boolean any, Expr scalar, Expr array, int location) {
        int arrayType = array.type();
        int elementType = Oids.UNKNOWN;
        if (arrayType != Oids.UNKNOWN) {
            elementType = a.types.baseElement(arrayType);
            if (elementType == 0) {
                throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires array on right side").at(location);
            }
        }
        OperatorRow operator = a.operators.binary(name, scalar.type(), elementType, location);
        Polymorphism.Resolved resolved = a.polymorphism.enforce(List.of(scalar.type(), elementType),
                List.of(operator.left(), operator.right()), operator.result(), false);
        if (resolved.result() != Oids.BOOL) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires operator to yield boolean").at(location);
        }
        int right = resolved.parameters().get(1);
        int wanted = Types.isPolymorphic(right) ? arrayType : a.types.arrayOf(right);
        if (wanted == 0) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "could not find array type for data type " + a.types.name(right)).at(location);
        }
        List<Expr> made = arguments(List.of(scalar, array), List.of(resolved.parameters().getFirst(), wanted));
        return new Expr.ArrayComparison(operator.oid(), operator.function(), any, 0, made.getFirst(), made.get(1), location);
    }

    /** IS DISTINCT FROM over two scalars. */
    Expr distinct(List<String> name, Expr left, Expr right, int location) {
        Expr.OperatorCall equal = infix(name, left, right, location);
        requireBoolean(equal, "IS DISTINCT FROM", location);
        return new Expr.DistinctFrom(equal.operator(), equal.function(), 0, equal.args(), location);
    }

    private static void requireBoolean(Expr.OperatorCall equal, String construct, int location) {
        if (equal.type() != Oids.BOOL) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, construct + " requires = operator to yield boolean").at(location);
        }
    }

    /** NULLIF: the result is the first operand as the operator sees it. */
    Expr nullIf(List<String> name, Expr left, Expr right, int location) {
        Expr.OperatorCall equal = infix(name, left, right, location);
        requireBoolean(equal, "NULLIF", location);
        Expr first = equal.args().getFirst();
        return new Expr.NullIf(equal.operator(), equal.function(), first.type(), first.typmod(), 0, 0, equal.args(), location);
    }
}
