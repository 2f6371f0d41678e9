package org.gajah.plan;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Volatility;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;
import org.gajah.type.Oids;

/**
 * Puts what a function in SQL computes in the place of its call: {@code f(x)} becomes {@code x + 1}. The rules are those of PostgreSQL: the body is
 * one expression, no more volatile than the function says and strict if the function is; an argument that is used twice is cheap and always the
 * same. What does not follow them is called.
 */
final class FunctionInlining {
    private static final int FIRST_MADE = 16_384;
    private static final int SQL = 14;
    private static final double CHEAP = 10;

    private final Catalog catalog;
    private final TableSizes session;

    FunctionInlining(Catalog catalog, TableSizes session) {
        this.catalog = catalog;
        this.session = session;
    }

    /** Whether it is worth looking at, cheaply: the system's own functions are not in SQL. */
    static boolean mayBe(int function) {
        return Integer.compareUnsigned(function, FIRST_MADE) >= 0;
    }

    /** The expression for a call with these arguments, if there is one. */
    Optional<Expr> of(Expr call, int function, int inputCollation, List<Expr> args) {
        Optional<ProcRow> found = catalog.function(function).filter(p -> isSimple(p) && p.argTypes().size() == args.size());
        boolean plainCollation = inputCollation == 0 || inputCollation == 100;
        if (found.isEmpty() || !plainCollation || args.stream().anyMatch(FunctionInlining::dependsOnContext)) {
            return Optional.empty();
        }
        ProcRow proc = found.get();
        return session.body(proc, args.stream().map(Expr::type).toList(), call.type()).filter(body -> isAllowed(proc, body, args))
                .map(body -> collated(substituted(body, args), call));
    }

    private static boolean isSimple(ProcRow p) {
        return p.language() == SQL && p.kind() == 'f' && !p.returnsSet() && !p.securityDefiner() && p.config().isEmpty()
                && p.returnType() != Oids.RECORD && p.returnType() != Oids.VOID;
    }

    private static boolean dependsOnContext(Expr arg) {
        return Exprs.any(arg, e -> e instanceof Expr.CaseTest);
    }

    private boolean isAllowed(ProcRow proc, Expr body, List<Expr> args) {
        boolean keepsPromise = switch (proc.volatility()) {
            case 'i' -> Volatility.isImmutable(body, catalog);
            case 's' -> !Volatility.isVolatile(body, catalog);
            default -> true;
        };
        return keepsPromise && !(proc.strict() && hasNonStrict(body)) && argumentsAllow(proc, body, args);
    }

    private boolean argumentsAllow(ProcRow proc, Expr body, List<Expr> args) {
        for (int i = 0; i < args.size(); i++) {
            int uses = uses(body, i + 1);
            Expr arg = args.get(i);
            boolean unusedMatters = uses == 0 && proc.strict();
            boolean repeatedMatters = uses > 1 && (Volatility.isVolatile(arg, catalog) || cost(arg) > CHEAP || hasSubquery(arg));
            if (unusedMatters || repeatedMatters) {
                return false;
            }
        }
        return true;
    }

    private static int uses(Expr body, int parameter) {
        AtomicInteger uses = new AtomicInteger();
        Exprs.any(body, e -> {
            if (e instanceof Expr.Param p && p.number() == parameter) {
                uses.incrementAndGet();
            }
            return false;
        });
        return uses.get();
    }

    private static boolean hasSubquery(Expr arg) {
        return Exprs.any(arg, e -> e instanceof Expr.SubLink || e instanceof Expr.SubPlanCall);
    }

    /** Roughly, in calls of plain operators. */
    private static double cost(Expr arg) {
        double[] cost = new double[1];
        Exprs.any(arg, e -> {
            cost[0] += switch (e) {
                case Expr.FunctionCall f -> costOf(f.function());
                case Expr.OperatorCall o -> costOf(o.function());
                default -> 0;
            };
            return false;
        });
        return cost[0];
    }

    /** What users write costs as much as CREATE FUNCTION says if it says nothing. */
    private static double costOf(int function) {
        return mayBe(function) ? 100 : 1;
    }

    /** Whether some part may give a value although what it is made of is null. */
    private boolean hasNonStrict(Expr body) {
        return Exprs.any(body, e -> switch (e) {
            case Expr.FunctionCall f -> !isStrict(f.function());
            case Expr.OperatorCall o -> !isStrict(o.function());
            case Expr.Const ignored -> false;
            case Expr.Param ignored -> false;
            case Expr.Relabel ignored -> false;
            case Expr.Collate ignored -> false;
            case Expr.CoerceViaIo ignored -> false;
            case Expr.ArrayCoerce ignored -> false;
            case Expr.FieldSelect ignored -> false;
            case Expr.SqlValueFunction ignored -> false;
            case Expr.BoolExpr b -> b.op() != Expr.BoolExpr.Op.NOT;
            default -> true;
        });
    }

    private boolean isStrict(int function) {
        return catalog.function(function).map(ProcRow::strict).orElse(false);
    }

    private static Expr substituted(Expr body, List<Expr> args) {
        return body instanceof Expr.Param p ? args.get(p.number() - 1) : Exprs.mapChildren(body, child -> substituted(child, args));
    }

    /** The result has the call's collation, whatever the parts have. */
    private static Expr collated(Expr result, Expr call) {
        boolean differs = call.collation() != 0 && result.collation() != 0 && call.collation() != result.collation();
        return differs ? new Expr.Collate(result, call.collation(), 0) : result;
    }
}
