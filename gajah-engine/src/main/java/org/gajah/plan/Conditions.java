package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;

/** Conjunctions: taken apart, put together, and what they refer to. */
final class Conditions {
    private Conditions() {
    }

    /** The parts that must all be true. */
    static List<Expr> conjuncts(Expr condition) {
        List<Expr> parts = new ArrayList<>();
        split(condition, parts);
        return parts;
    }

    private static void split(Expr condition, List<Expr> parts) {
        if (condition instanceof Expr.BoolExpr b && b.op() == Expr.BoolExpr.Op.AND) {
            b.args().forEach(arg -> split(arg, parts));
        } else if (!(condition instanceof Expr.Const c && Boolean.TRUE.equals(c.value()))) {
            parts.add(condition);
        }
    }

    /** All of them, or empty if there are none. */
    static Optional<Expr> and(List<Expr> parts) {
        return switch (parts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(parts.getFirst());
            default -> Optional.of(new Expr.BoolExpr(Expr.BoolExpr.Op.AND, List.copyOf(parts), 0));
        };
    }

    /** The range table entries of this level that an expression reads. */
    static BitSet ranges(Expr expr) {
        BitSet ranges = new BitSet();
        collect(expr, ranges);
        return ranges;
    }

    private static void collect(Expr expr, BitSet ranges) {
        if (expr instanceof Expr.Var v && v.levelsUp() == 0) {
            ranges.set(v.rangeIndex());
        } else if (expr instanceof Expr.CurrentOf c) {
            ranges.set(c.rangeIndex());
        }
        Exprs.forEachChild(expr, child -> collect(child, ranges));
    }

    static boolean isWithin(BitSet inner, BitSet outer) {
        BitSet rest = (BitSet) inner.clone();
        rest.andNot(outer);
        return rest.isEmpty();
    }

    /** Takes the conditions that need no more than {@code ranges} out of the list. */
    static List<Expr> take(List<Expr> conditions, BitSet ranges) {
        List<Expr> taken = new ArrayList<>();
        conditions.removeIf(c -> {
            boolean fits = isWithin(ranges(c), ranges);
            if (fits) {
                taken.add(c);
            }
            return fits;
        });
        return taken;
    }
}
