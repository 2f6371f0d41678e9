package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Volatility;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;
import org.gajah.type.Oids;

/**
 * Computes at planning what no row can change: calls of immutable functions with constants, conditions that are decided, the
 * branches of CASE and arguments of COALESCE that can never be reached. Works from left to right as PostgreSQL does, since what
 * fails in a part that is reached fails the statement, whether or not a row ever comes.
 */
final class ConstantFolding {
    private final Catalog catalog;
    private final TableSizes session;
    private final boolean outermost;
    private final Set<Integer> inside;

    /** @param outermost whether an error fails the statement, run or not: what is inside subqueries may never be reached */
    ConstantFolding(Catalog catalog, TableSizes session, boolean outermost) {
        this(catalog, session, outermost, Set.of());
    }

    /** {@code inside}: the functions whose expression this is, which are not put in again. */
    private ConstantFolding(Catalog catalog, TableSizes session, boolean outermost, Set<Integer> inside) {
        this.catalog = catalog;
        this.session = session;
        this.outermost = outermost;
        this.inside = inside;
    }

    Expr fold(Expr e) {
        return Exprs.any(e, ConstantFolding::mayMatter) ? folded(e) : e;
    }

    /** What there is to fold in, cheaply: most expressions have nothing of the kind. */
    private static boolean mayMatter(Expr e) {
        return switch (e) {
            case Expr.Case c -> true;
            case Expr.Coalesce c -> true;
            case Expr.BoolExpr b -> b.args().stream().anyMatch(ConstantFolding::isConst);
            case Expr.FunctionCall f -> FunctionInlining.mayBe(f.function()) || hasConst(f.args());
            case Expr.OperatorCall o -> FunctionInlining.mayBe(o.function()) || hasConst(o.args());
            case Expr.CoerceViaIo c -> isConst(c.arg());
            case Expr.NullTest t -> isConst(t.arg());
            case Expr.BooleanTest t -> isConst(t.arg());
            default -> false;
        };
    }

    /** All constant, or one that is NULL. */
    private static boolean hasConst(List<Expr> args) {
        boolean all = true;
        for (Expr arg : args) {
            if (isNull(arg)) {
                return true;
            }
            all &= isConst(arg);
        }
        return all;
    }

    private static boolean isConst(Expr e) {
        return e instanceof Expr.Const || e instanceof Expr.Relabel r && isConst(r.arg()) || e instanceof Expr.Collate c && isConst(c.arg());
    }

    private static boolean isNull(Expr e) {
        return e instanceof Expr.Const c && c.value() == null || e instanceof Expr.Relabel r && isNull(r.arg());
    }

    private Expr folded(Expr e) {
        return switch (e) {
            case Expr.Const c -> c;
            case Expr.Case c -> caseOf(c);
            case Expr.Coalesce c -> coalesce(c);
            case Expr.BoolExpr b -> bool(b);
            case Expr.SubPlanCall s -> s;
            default -> opened(call(Exprs.mapChildren(e, this::folded)));
        };
    }

    private Expr call(Expr e) {
        return switch (e) {
            case Expr.FunctionCall f when !f.returnsSet() && isStrict(f.function()) && f.args().stream().anyMatch(ConstantFolding::isNull) -> nothing(f);
            case Expr.OperatorCall o when !o.returnsSet() && isStrict(o.function()) && o.args().stream().anyMatch(ConstantFolding::isNull) -> nothing(o);
            case Expr.FunctionCall f when !f.returnsSet() && f.args().stream().allMatch(ConstantFolding::isConst) -> value(f);
            case Expr.OperatorCall o when !o.returnsSet() && o.args().stream().allMatch(ConstantFolding::isConst) -> value(o);
            case Expr.CoerceViaIo c when isConst(c.arg()) -> value(c);
            case Expr.NullTest t when isConst(t.arg()) && !t.rowArg() -> value(t);
            case Expr.BooleanTest t when isConst(t.arg()) -> value(t);
            default -> e;
        };
    }

    /** The expression that a function in SQL stands for, in the place of its call. */
    private Expr opened(Expr e) {
        return switch (e) {
            case Expr.FunctionCall f when !f.returnsSet() && FunctionInlining.mayBe(f.function()) ->
                opened(f, f.function(), f.inputCollation(), f.args());
            case Expr.OperatorCall o when !o.returnsSet() && FunctionInlining.mayBe(o.function()) ->
                opened(o, o.function(), o.inputCollation(), o.args());
            default -> e;
        };
    }

    private Expr opened(Expr call, int function, int inputCollation, List<Expr> args) {
        if (inside.contains(function)) {
            return call;
        }
        Optional<Expr> body = new FunctionInlining(catalog, session).of(call, function, inputCollation, args);
        if (body.isEmpty()) {
            return call;
        }
        Set<Integer> within = new HashSet<>(inside);
        within.add(function);
        return new ConstantFolding(catalog, session, outermost, within).folded(body.get());
    }

    private boolean isStrict(int function) {
        return catalog.function(function).map(ProcRow::strict).orElse(false);
    }

    private static Expr.Const nothing(Expr e) {
        return new Expr.Const(e.type(), e.typmod(), e.collation(), null, 0);
    }

    private Expr value(Expr e) {
        if (e.type() == Oids.RECORD || !Volatility.isImmutable(e, catalog)) {
            return e;
        }
        try {
            return session.evaluate(e).map(values -> (Expr) new Expr.Const(e.type(), e.typmod(), e.collation(), values[0], 0)).orElse(e);
        } catch (SqlError error) {
            if (error.state() == SqlState.QUERY_CANCELED || error.state().code().startsWith("57P")) {
                throw error;
            }
            boolean known = error.state() != SqlState.FEATURE_NOT_SUPPORTED && error.state() != SqlState.INTERNAL_ERROR;
            if (outermost && known) {
                session.fails(placed(error));
            }
            return e;
        }
    }

    private SqlError placed(SqlError error) {
        SqlError placed = error;
        for (int function : inside) {
            placed = placed.context("SQL function \"" + catalog.function(function).orElseThrow().name() + "\" during inlining");
        }
        return placed;
    }

    private static Expr bool(Boolean value) {
        return new Expr.Const(Oids.BOOL, -1, 0, value, 0);
    }

    private static boolean is(Expr e, boolean value) {
        return e instanceof Expr.Const c && Boolean.valueOf(value).equals(c.value());
    }

    private Expr bool(Expr.BoolExpr b) {
        if (b.op() == Expr.BoolExpr.Op.NOT) {
            Expr arg = folded(b.args().getFirst());
            return arg instanceof Expr.Const c ? bool(c.value() == null ? null : !(Boolean) c.value())
                    : new Expr.BoolExpr(b.op(), List.of(arg), b.location());
        }
        boolean decides = b.op() == Expr.BoolExpr.Op.OR;
        List<Expr> rest = new ArrayList<>();
        boolean unknown = false;
        for (Expr each : b.args()) {
            Expr arg = folded(each);
            if (is(arg, decides)) {
                return bool(decides);
            } else if (isNull(arg)) {
                unknown = true;
            } else if (!is(arg, !decides)) {
                rest.add(arg);
            }
        }
        if (unknown) {
            rest.add(bool((Boolean) null));
        }
        return switch (rest.size()) {
            case 0 -> bool(!decides);
            case 1 -> rest.getFirst();
            default -> new Expr.BoolExpr(b.op(), List.copyOf(rest), b.location());
        };
    }

    private Expr caseOf(Expr.Case c) {
        Optional<Expr> arg = c.arg().map(this::folded);
        List<Expr.When> whens = new ArrayList<>();
        for (Expr.When when : c.whens()) {
            Expr test = arg.isPresent() && arg.get() instanceof Expr.Const known ? withTested(when.condition(), known) : when.condition();
            Expr condition = folded(test);
            if (is(condition, true)) {
                return otherwise(c, arg, whens, folded(when.result()));
            } else if (!is(condition, false) && !isNull(condition)) {
                whens.add(new Expr.When(condition, folded(when.result()), when.location()));
            }
        }
        return otherwise(c, arg, whens, folded(c.otherwise()));
    }

    private static Expr otherwise(Expr.Case c, Optional<Expr> arg, List<Expr.When> whens, Expr otherwise) {
        return whens.isEmpty() ? otherwise : new Expr.Case(c.type(), c.collation(), arg, List.copyOf(whens), otherwise, c.location());
    }

    /** The condition with the value that CASE tests in it; nested ones keep what they test. */
    private static Expr withTested(Expr condition, Expr.Const tested) {
        return switch (condition) {
            case Expr.CaseTest t -> tested;
            case Expr.Case nested -> nested;
            case Expr.ArrayCoerce nested -> nested;
            default -> Exprs.mapChildren(condition, child -> withTested(child, tested));
        };
    }

    private Expr coalesce(Expr.Coalesce c) {
        List<Expr> args = new ArrayList<>();
        for (Expr each : c.args()) {
            Expr arg = folded(each);
            if (isNull(arg)) {
                continue;
            }
            args.add(arg);
            if (isConst(arg)) {
                break;
            }
        }
        if (args.isEmpty()) {
            return nothing(c);
        }
        return isConst(args.getFirst()) ? args.getFirst() : new Expr.Coalesce(c.type(), c.collation(), List.copyOf(args), c.location());
    }
}
