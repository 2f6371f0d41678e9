package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Catalog;
import org.gajah.type.Oids;

/** Comparisons of rows, column by column. */
final class RowComparisons {
    private static final int BTREE = 403;
    private static final int EQUAL = 3;
    private static final int NOT_EQUAL = 6;

    private final Analysis a;

    RowComparisons(Analysis analysis) {
        a = analysis;
    }

    Expr compare(Scope scope, List<String> name, List<Expr> left, List<Expr> right, int location) {
        if (left.size() != right.size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "unequal number of entries in row expressions").at(location);
        }
        if (left.isEmpty()) {
            throw SqlError.notSupported("cannot compare rows of zero length").at(location);
        }
        List<Expr.OperatorCall> calls = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Expr.OperatorCall call = a.operatorCalls.infix(name, left.get(i), right.get(i), location);
            if (call.type() != Oids.BOOL) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "row comparison operator must yield type boolean, not type "
                        + a.types.name(call.type())).at(location);
            }
            if (ExprFacts.returnsSet(call)) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "row comparison operator must not return a set").at(location);
            }
            calls.add(call);
        }
        if (calls.size() == 1) {
            return calls.getFirst();
        }
        int strategy = strategy(calls, name, location);
        List<Expr> asExprs = List.copyOf(calls);
        if (strategy == EQUAL) {
            return new Expr.BoolExpr(Expr.BoolExpr.Op.AND, asExprs, location);
        }
        if (strategy == NOT_EQUAL) {
            return new Expr.BoolExpr(Expr.BoolExpr.Op.OR, asExprs, location);
        }
        return new Expr.RowComparison(strategy, calls.stream().map(Expr.OperatorCall::operator).toList(),
                calls.stream().map(Expr.OperatorCall::function).toList(), calls.stream().map(c -> 0).toList(),
                calls.stream().map(c -> c.args().getFirst()).toList(), calls.stream().map(c -> c.args().get(1)).toList());
    }

    /** What the operators mean in the B-tree families that they all stand in. */
    private int strategy(List<Expr.OperatorCall> calls, List<String> name, int location) {
        Set<Integer> common = null;
        for (Expr.OperatorCall call : calls) {
            Set<Integer> its = new HashSet<>();
            for (Catalog.FamilyMember member : a.catalog.operatorFamilies(call.operator())) {
                if (member.method() == BTREE) {
                    its.add(member.strategy());
                }
            }
            int negator = a.catalog.operator(call.operator()).map(o -> o.negator()).orElse(0);
            if (its.isEmpty() && negator != 0 && a.catalog.operatorFamilies(negator).stream()
                    .anyMatch(m -> m.method() == BTREE && m.strategy() == EQUAL)) {
                its.add(NOT_EQUAL);
            }
            if (common == null) {
                common = its;
            } else {
                common.retainAll(its);
            }
        }
        if (common == null || common.isEmpty()) {
            throw SqlError.notSupported("could not determine interpretation of row comparison operator " + name.getLast())
                    .hint("Row comparison operators must be associated with btree operator families.").at(location);
        }
        return common.stream().min(Integer::compare).orElseThrow();
    }

    Expr distinct(Scope scope, List<String> name, List<Expr> left, List<Expr> right, int location) {
        if (left.size() != right.size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "unequal number of entries in row expressions").at(location);
        }
        Optional<Expr> made = Optional.empty();
        for (int i = 0; i < left.size(); i++) {
            Expr one = a.operatorCalls.distinct(name, left.get(i), right.get(i), location);
            made = Optional.of(made.isEmpty() ? one : new Expr.BoolExpr(Expr.BoolExpr.Op.OR, List.of(made.get(), one), location));
        }
        return made.orElse(Literals.bool(false));
    }
}
