package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.ast.CaseExpr;
import org.gajah.ast.CoalesceExpr;
import org.gajah.ast.MinMaxExpr;
import org.gajah.type.Oids;

/** CASE, COALESCE, GREATEST and LEAST: forms that choose among values of one common type. */
final class Conditionals {
    private final Analysis a;

    Conditionals(Analysis analysis) {
        a = analysis;
    }

    Expr caseOf(Scope scope, CaseExpr c) {
        Optional<Scope.SetCall> before = scope.lastSet;
        Optional<Expr> arg = c.argument().map(e -> {
            Expr made = a.expressions.analyze(scope, e);
            made = made.type() == Oids.UNKNOWN ? a.common.coerce(made, Oids.TEXT, "CASE") : made;
            return a.collations.assign(made);
        });
        Optional<Expr> test = arg.map(e -> new Expr.CaseTest(e.type(), e.typmod(), a.collations.common(List.of(e), true)));
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        for (CaseExpr.CaseWhen when : c.whens()) {
            Expr condition = a.expressions.analyze(scope, when.condition());
            if (test.isPresent()) {
                condition = a.operatorCalls.infix(List.of("="), test.get(), condition, when.location());
            }
            conditions.add(a.coercer.coerceToBoolean(condition, "CASE/WHEN"));
            results.add(a.expressions.analyze(scope, when.result()));
        }
        Expr otherwise = c.otherwise().map(e -> a.expressions.analyze(scope, e)).orElse(new Expr.Const(Oids.UNKNOWN, -1, 0, null, 0));
        List<Expr> all = new ArrayList<>();
        all.add(otherwise);
        all.addAll(results);
        int type = a.common.select(all, "CASE");
        List<Expr.When> whens = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            whens.add(new Expr.When(conditions.get(i), a.common.coerce(results.get(i), type, "CASE/WHEN"), c.whens().get(i).location()));
        }
        Expr made = new Expr.Case(type, 0, arg, whens, a.common.coerce(otherwise, type, "CASE/ELSE"), c.location());
        refuseSets(scope, before, "CASE");
        return made;
    }

    Expr coalesce(Scope scope, CoalesceExpr c) {
        Optional<Scope.SetCall> before = scope.lastSet;
        List<Expr> args = a.expressions.analyzeEach(scope, c.arguments());
        int type = a.common.select(args, "COALESCE");
        List<Expr> coerced = a.common.coerceAll(args, type, "COALESCE");
        refuseSets(scope, before, "COALESCE");
        return new Expr.Coalesce(type, 0, coerced, c.location());
    }

    Expr minMax(Scope scope, MinMaxExpr m) {
        String name = m.greatest() ? "GREATEST" : "LEAST";
        List<Expr> args = a.expressions.analyzeEach(scope, m.arguments());
        int type = a.common.select(args, name);
        return new Expr.MinMax(m.greatest(), type, 0, 0, a.common.coerceAll(args, type, name), m.location());
    }

    private static void refuseSets(Scope scope, Optional<Scope.SetCall> before, String construct) {
        if (!before.equals(scope.lastSet)) {
            throw SqlError.notSupported("set-returning functions are not allowed in " + construct)
                    .hint("You might be able to move the set-returning function into a LATERAL FROM item.")
                    .at(Locations.of(scope.lastSet.orElseThrow().call()));
        }
    }
}
