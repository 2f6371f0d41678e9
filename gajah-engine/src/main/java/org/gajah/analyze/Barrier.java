package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.type.Oids;

/**
 * The conditions of a statement that changes a view WITH (security_barrier): those that could tell of a hidden row, by an error or
 * otherwise, are evaluated for the view's rows only. PostgreSQL manual, "Rules and Privileges".
 */
final class Barrier {
    private final Analysis a;

    Barrier(Analysis analysis) {
        a = analysis;
    }

    /** Both conditions; the outer one never sees a row for which the view's does not hold. */
    Optional<Expr> inside(Optional<Expr> view, Optional<Expr> outer) {
        if (view.isEmpty() || outer.isEmpty()) {
            return view.isPresent() ? view : outer;
        }
        List<Expr> free = new ArrayList<>();
        List<Expr> fenced = new ArrayList<>();
        for (Expr e : outer.get() instanceof Expr.BoolExpr b && b.op() == Expr.BoolExpr.Op.AND ? b.args() : List.of(outer.get())) {
            (Leakproof.is(e, a.catalog) ? free : fenced).add(e);
        }
        free.add(view.get());
        if (!fenced.isEmpty()) {
            Expr no = new Expr.Const(Oids.BOOL, -1, 0, false, 0);
            free.removeLast();
            free.add(new Expr.Case(Oids.BOOL, 0, Optional.empty(), List.of(new Expr.When(view.get(), and(fenced), 0)), no, 0));
        }
        return Optional.of(and(free));
    }

    private static Expr and(List<Expr> all) {
        return all.size() == 1 ? all.getFirst() : new Expr.BoolExpr(Expr.BoolExpr.Op.AND, all, 0);
    }
}
