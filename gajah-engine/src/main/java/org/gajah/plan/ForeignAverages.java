package org.gajah.plan;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.ProcRow;
import org.gajah.type.Oids;

/** Averages of integers and numerics as what they are, the sum divided by the count, for servers that divide otherwise but add alike. */
final class ForeignAverages {
    private static final int PG_CATALOG = 11;
    private static final int ANY = 2276;

    private final Catalog catalog;

    ForeignAverages(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The expression with each {@code avg} as a quotient. */
    Expr replaced(Expr e) {
        return e instanceof Expr.AggregateCall a && a.levelsUp() == 0 ? quotient(a).orElse(a) : Exprs.mapChildren(e, this::replaced);
    }

    private Optional<Expr> quotient(Expr.AggregateCall a) {
        boolean average = a.type() == Oids.NUMERIC && catalog.function(a.function()).filter(f -> f.name().equals("avg") && f.namespace() == PG_CATALOG).isPresent();
        if (!average) {
            return Optional.empty();
        }
        int argument = catalog.function(a.function()).orElseThrow().argTypes().getFirst();
        OperatorRow divide = catalog.operators("/").stream().filter(o -> o.namespace() == PG_CATALOG && o.left() == Oids.NUMERIC && o.right() == Oids.NUMERIC)
                .findFirst().orElseThrow();
        ProcRow sum = function("sum", argument);
        Expr total = numeric(as(a, sum.oid(), sum.returnType()));
        Expr count = numeric(as(a, function("count", ANY).oid(), Oids.INT8));
        return Optional.of(new Expr.OperatorCall(divide.oid(), divide.function(), Oids.NUMERIC, false, 0, 0, List.of(total, count), a.location()));
    }

    private ProcRow function(String name, int argument) {
        return catalog.functions(name).stream().filter(f -> f.namespace() == PG_CATALOG && f.argTypes().equals(List.of(argument))).findFirst().orElseThrow();
    }

    private static Expr as(Expr.AggregateCall a, int function, int type) {
        return new Expr.AggregateCall(function, type, 0, a.inputCollation(), a.directArgs(), a.args(), a.order(), a.distinct(), a.filter(), a.star(),
                a.variadic(), a.kind(), a.levelsUp(), a.location());
    }

    private Expr numeric(Expr e) {
        return e.type() == Oids.NUMERIC ? e : new Expr.FunctionCall(function("numeric", e.type()).oid(), Oids.NUMERIC, -1, false, false,
                Expr.CallForm.IMPLICIT_CAST, 0, 0, List.of(e), 0);
    }
}
