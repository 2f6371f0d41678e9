package org.gajah.plan;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.type.Ordered;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/** Whether conditions imply an index's predicate. Says no when in doubt. */
final class Implication {
    private static final int BTREE = 403;
    private static final int EQUAL = 3;

    private Implication() {
    }

    static boolean holds(List<Expr> predicate, List<Expr> conditions, Catalog catalog) {
        for (Expr p : predicate) {
            boolean implied = false;
            for (Expr c : conditions) {
                implied |= implies(c, p, catalog);
            }
            if (!implied) {
                return false;
            }
        }
        return true;
    }

    private static boolean implies(Expr condition, Expr predicate, Catalog catalog) {
        if (condition.equals(predicate)) {
            return true;
        }
        if (condition instanceof Expr.BoolExpr b && b.op() == Expr.BoolExpr.Op.OR) {
            return b.args().stream().allMatch(a -> implies(a, predicate, catalog));
        }
        if (condition instanceof Expr.BoolExpr b && b.op() == Expr.BoolExpr.Op.AND) {
            return b.args().stream().anyMatch(a -> implies(a, predicate, catalog));
        }
        return switch (predicate) {
            case Expr.BoolExpr b when b.op() == Expr.BoolExpr.Op.OR -> b.args().stream().anyMatch(a -> implies(condition, a, catalog));
            case Expr.BoolExpr b when b.op() == Expr.BoolExpr.Op.AND -> b.args().stream().allMatch(a -> implies(condition, a, catalog));
            case Expr.NullTest n -> !n.isNull() && !n.rowArg() && rejectsNull(condition, n.arg(), catalog);
            case Expr.OperatorCall o -> condition instanceof Expr.OperatorCall c && comparisonImplies(c, o, catalog);
            default -> false;
        };
    }

    /** Whether the condition is never true when the expression is null. */
    private static boolean rejectsNull(Expr condition, Expr e, Catalog catalog) {
        return switch (condition) {
            case Expr.OperatorCall o -> catalog.function(o.function()).map(f -> f.strict()).orElse(false)
                    && o.args().stream().anyMatch(a -> IndexMatcher.isSame(e, a));
            case Expr.ArrayComparison a -> a.any() && IndexMatcher.isSame(e, a.scalar());
            default -> false;
        };
    }

    /** {@code x > 10} implies {@code x > 5}: both compare the same thing with constants of one type. */
    private static boolean comparisonImplies(Expr.OperatorCall condition, Expr.OperatorCall predicate, Catalog catalog) {
        if (condition.args().size() != 2 || predicate.args().size() != 2 || !condition.args().get(0).equals(predicate.args().get(0))
                || !(condition.args().get(1) instanceof Expr.Const c) || !(predicate.args().get(1) instanceof Expr.Const p)
                || c.value() == null || p.value() == null || c.type() != p.type() || !(catalog.codec(c.type()) instanceof Ordered order)) {
            return false;
        }
        Optional<Catalog.FamilyMember> have = member(condition.operator(), catalog);
        Optional<Catalog.FamilyMember> want = member(predicate.operator(), catalog);
        boolean unequal = want.isEmpty() && Integer.compareUnsigned(predicate.operator(), Bootstrap.FIRST_USER_OID) < 0
                && catalog.operator(predicate.operator()).map(OperatorRow::name).orElse("").equals("<>");
        if (have.isEmpty() || want.isEmpty() && !unequal) {
            return false;
        }
        int compared = compare(c, p, order, catalog.codec(c.type()));
        int strategy = have.get().strategy();
        if (unequal) {
            return strategy == EQUAL && compared != 0;
        }
        return have.get().family() == want.get().family() && switch (want.get().strategy()) {
            case 1 -> strategy == 1 && compared <= 0 || (strategy == 2 || strategy == EQUAL) && compared < 0;
            case 2 -> strategy <= EQUAL && compared <= 0;
            case EQUAL -> strategy == EQUAL && compared == 0;
            case 4 -> strategy >= EQUAL && compared >= 0;
            case 5 -> strategy == 5 && compared >= 0 || (strategy == 4 || strategy == EQUAL) && compared > 0;
            default -> false;
        };
    }

    private static Optional<Catalog.FamilyMember> member(int operator, Catalog catalog) {
        return catalog.operatorFamilies(operator).stream().filter(m -> m.method() == BTREE).findFirst();
    }

    private static int compare(Expr.Const a, Expr.Const b, Ordered order, TypeCodec codec) {
        Vector values = Vector.of(codec.carrier(), 2);
        values.set(0, a.value());
        values.set(1, b.value());
        return order.compare(values, 0, values, 1);
    }
}
