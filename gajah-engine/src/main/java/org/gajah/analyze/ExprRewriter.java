package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The one traversal of expressions and queries. A subclass overrides {@link #rewrite(Expr)} and calls {@link #rewriteChildren}
 * to go deeper; what comes back unchanged is the same object, so nothing is copied in vain. Subqueries are passed to
 * {@link #rewrite(Query)}, which by default goes into them: a subclass that counts query levels overrides it.
 */
public abstract class ExprRewriter {
    /** What the expression becomes. */
    public Expr rewrite(Expr e) {
        return rewriteChildren(e);
    }

    /** What a subquery becomes: of SubLinks, subquery entries and common tables. */
    public Query rewrite(Query query) {
        return rewriteChildren(query);
    }

    /** The expression with its children rewritten. */
    public final Expr rewriteChildren(Expr e) {
        return switch (e) {
            case Expr.Const c -> c;
            case Expr.Param p -> p;
            case Expr.Var v -> v;
            case Expr.SubLinkColumn c -> c;
            case Expr.MultiAssignColumn c -> c;
            case Expr.CaseTest c -> c;
            case Expr.SqlValueFunction f -> f;
            case Expr.DomainValue v -> v;
            case Expr.SetToDefault d -> d;
            case Expr.NextValue v -> v;
            case Expr.CurrentOf c -> c;
            case Expr.InputColumn c -> c;
            case Expr.ExecParam p -> p;
            case Expr.AggregateCall c -> aggregate(c);
            case Expr.GroupingCall c -> grouping(c);
            case Expr.WindowCall c -> window(c);
            case Expr.FunctionCall c -> function(c);
            case Expr.OperatorCall c -> operator(c);
            case Expr.DistinctFrom c -> distinctFrom(c);
            case Expr.NullIf c -> nullIf(c);
            case Expr.ArrayComparison c -> arrayComparison(c);
            case Expr.BoolExpr b -> bool(b);
            case Expr.SubLink s -> subLink(s);
            case Expr.Subscript s -> subscript(s);
            case Expr.FieldSelect f -> fieldSelect(f);
            case Expr.FieldStore f -> fieldStore(f);
            case Expr.Relabel r -> relabel(r);
            case Expr.CoerceViaIo c -> viaIo(c);
            case Expr.ArrayCoerce c -> arrayCoerce(c);
            case Expr.ConvertRowtype c -> convertRowtype(c);
            case Expr.Collate c -> collate(c);
            case Expr.Case c -> caseOf(c);
            case Expr.ArrayLiteral a -> arrayLiteral(a);
            case Expr.RowLiteral r -> rowLiteral(r);
            case Expr.RowComparison r -> rowComparison(r);
            case Expr.Coalesce c -> coalesce(c);
            case Expr.MinMax m -> minMax(m);
            case Expr.NullTest t -> nullTest(t);
            case Expr.BooleanTest t -> booleanTest(t);
            case Expr.CoerceToDomain c -> toDomain(c);
            case Expr.SubPlanCall s -> subPlan(s);
        };
    }

    /** Rewrites each; the same list if none changed. */
    public final List<Expr> rewriteAll(List<Expr> list) {
        return each(list, this::rewrite);
    }

    /** Rewrites what is there. */
    public final Optional<Expr> rewrite(Optional<Expr> e) {
        if (e.isEmpty()) {
            return e;
        }
        Expr made = rewrite(e.get());
        return made == e.get() ? e : Optional.of(made);
    }

    /** Rewrites the expressions of target entries. */
    public final List<TargetEntry> rewriteTargets(List<TargetEntry> list) {
        return each(list, t -> {
            Expr made = rewrite(t.expr());
            return made == t.expr() ? t : t.with(made);
        });
    }

    static <T> List<T> each(List<T> list, UnaryOperator<T> change) {
        List<T> changed = null;
        for (int i = 0; i < list.size(); i++) {
            T before = list.get(i);
            T after = change.apply(before);
            if (after != before && changed == null) {
                changed = new ArrayList<>(list);
            }
            if (changed != null) {
                changed.set(i, after);
            }
        }
        return changed == null ? list : changed;
    }

    private Expr aggregate(Expr.AggregateCall c) {
        List<Expr> direct = rewriteAll(c.directArgs());
        List<TargetEntry> args = rewriteTargets(c.args());
        Optional<Expr> filter = rewrite(c.filter());
        return direct == c.directArgs() && args == c.args() && filter == c.filter() ? c
                : new Expr.AggregateCall(c.function(), c.type(), c.collation(), c.inputCollation(), direct, args, c.order(),
                        c.distinct(), filter, c.star(), c.variadic(), c.kind(), c.levelsUp(), c.location());
    }

    private Expr grouping(Expr.GroupingCall c) {
        List<Expr> args = rewriteAll(c.args());
        return args == c.args() ? c : new Expr.GroupingCall(args, c.references(), c.levelsUp(), c.location());
    }

    private Expr window(Expr.WindowCall c) {
        List<Expr> args = rewriteAll(c.args());
        Optional<Expr> filter = rewrite(c.filter());
        return args == c.args() && filter == c.filter() ? c : new Expr.WindowCall(c.function(), c.type(), c.collation(),
                c.inputCollation(), args, filter, c.window(), c.star(), c.aggregate(), c.location());
    }

    private Expr function(Expr.FunctionCall c) {
        List<Expr> args = rewriteAll(c.args());
        return args == c.args() ? c : new Expr.FunctionCall(c.function(), c.type(), c.typmod(), c.returnsSet(), c.variadic(), c.form(),
                c.collation(), c.inputCollation(), args, c.location());
    }

    private Expr operator(Expr.OperatorCall c) {
        List<Expr> args = rewriteAll(c.args());
        return args == c.args() ? c : new Expr.OperatorCall(c.operator(), c.function(), c.type(), c.returnsSet(), c.collation(),
                c.inputCollation(), args, c.location());
    }

    private Expr distinctFrom(Expr.DistinctFrom c) {
        List<Expr> args = rewriteAll(c.args());
        return args == c.args() ? c
                : new Expr.DistinctFrom(c.operator(), c.function(), c.inputCollation(), args, c.location());
    }

    private Expr nullIf(Expr.NullIf c) {
        List<Expr> args = rewriteAll(c.args());
        return args == c.args() ? c : new Expr.NullIf(c.operator(), c.function(), c.type(), c.typmod(), c.collation(),
                c.inputCollation(), args, c.location());
    }

    private Expr arrayComparison(Expr.ArrayComparison c) {
        Expr scalar = rewrite(c.scalar());
        Expr array = rewrite(c.array());
        return scalar == c.scalar() && array == c.array() ? c : new Expr.ArrayComparison(c.operator(), c.function(), c.any(),
                c.inputCollation(), scalar, array, c.location());
    }

    private Expr bool(Expr.BoolExpr b) {
        List<Expr> args = rewriteAll(b.args());
        return args == b.args() ? b : new Expr.BoolExpr(b.op(), args, b.location());
    }

    private Expr subLink(Expr.SubLink s) {
        Optional<Expr> test = rewrite(s.test());
        Query query = rewrite(s.query());
        return test == s.test() && query == s.query() ? s
                : new Expr.SubLink(s.kind(), test, query, s.type(), s.typmod(), s.collation(), s.operatorName(), s.location());
    }

    private Expr subscript(Expr.Subscript s) {
        Expr container = rewrite(s.container());
        List<Optional<Expr>> upper = each(s.upper(), this::rewrite);
        Optional<List<Optional<Expr>>> lower = s.lower().isEmpty() ? s.lower() : bounds(s.lower());
        Optional<Expr> assigned = rewrite(s.assigned());
        return container == s.container() && upper == s.upper() && lower == s.lower() && assigned == s.assigned() ? s
                : new Expr.Subscript(container, upper, lower, s.elementType(), s.type(), s.typmod(), s.collation(), assigned,
                        s.location());
    }

    private Optional<List<Optional<Expr>>> bounds(Optional<List<Optional<Expr>>> lower) {
        List<Optional<Expr>> made = each(lower.get(), this::rewrite);
        return made == lower.get() ? lower : Optional.of(made);
    }

    private Expr fieldSelect(Expr.FieldSelect f) {
        Expr arg = rewrite(f.arg());
        return arg == f.arg() ? f : new Expr.FieldSelect(arg, f.field(), f.type(), f.typmod(), f.collation());
    }

    private Expr fieldStore(Expr.FieldStore f) {
        Expr arg = rewrite(f.arg());
        List<Expr> values = rewriteAll(f.values());
        return arg == f.arg() && values == f.values() ? f : new Expr.FieldStore(arg, values, f.fields(), f.type());
    }

    private Expr relabel(Expr.Relabel r) {
        Expr arg = rewrite(r.arg());
        return arg == r.arg() ? r : new Expr.Relabel(arg, r.type(), r.typmod(), r.collation(), r.form(), r.location());
    }

    private Expr viaIo(Expr.CoerceViaIo c) {
        Expr arg = rewrite(c.arg());
        return arg == c.arg() ? c : new Expr.CoerceViaIo(arg, c.type(), c.collation(), c.form(), c.location());
    }

    private Expr arrayCoerce(Expr.ArrayCoerce c) {
        Expr arg = rewrite(c.arg());
        Expr element = rewrite(c.element());
        return arg == c.arg() && element == c.element() ? c : new Expr.ArrayCoerce(arg, element, c.type(), c.typmod(), c.collation(),
                c.form(), c.location());
    }

    private Expr convertRowtype(Expr.ConvertRowtype c) {
        Expr arg = rewrite(c.arg());
        return arg == c.arg() ? c : new Expr.ConvertRowtype(arg, c.type(), c.form(), c.location());
    }

    private Expr collate(Expr.Collate c) {
        Expr arg = rewrite(c.arg());
        return arg == c.arg() ? c : new Expr.Collate(arg, c.collation(), c.location());
    }

    private Expr caseOf(Expr.Case c) {
        Optional<Expr> arg = rewrite(c.arg());
        List<Expr.When> whens = each(c.whens(), w -> {
            Expr condition = rewrite(w.condition());
            Expr result = rewrite(w.result());
            return condition == w.condition() && result == w.result() ? w : new Expr.When(condition, result, w.location());
        });
        Expr otherwise = rewrite(c.otherwise());
        return arg == c.arg() && whens == c.whens() && otherwise == c.otherwise() ? c
                : new Expr.Case(c.type(), c.collation(), arg, whens, otherwise, c.location());
    }

    private Expr arrayLiteral(Expr.ArrayLiteral a) {
        List<Expr> elements = rewriteAll(a.elements());
        return elements == a.elements() ? a
                : new Expr.ArrayLiteral(a.type(), a.collation(), a.elementType(), elements, a.nested(), a.location());
    }

    private Expr rowLiteral(Expr.RowLiteral r) {
        List<Expr> args = rewriteAll(r.args());
        return args == r.args() ? r : new Expr.RowLiteral(args, r.type(), r.names(), r.form(), r.location());
    }

    private Expr rowComparison(Expr.RowComparison r) {
        List<Expr> left = rewriteAll(r.left());
        List<Expr> right = rewriteAll(r.right());
        return left == r.left() && right == r.right() ? r
                : new Expr.RowComparison(r.strategy(), r.operators(), r.functions(), r.inputCollations(), left, right);
    }

    private Expr coalesce(Expr.Coalesce c) {
        List<Expr> args = rewriteAll(c.args());
        return args == c.args() ? c : new Expr.Coalesce(c.type(), c.collation(), args, c.location());
    }

    private Expr minMax(Expr.MinMax m) {
        List<Expr> args = rewriteAll(m.args());
        return args == m.args() ? m
                : new Expr.MinMax(m.greatest(), m.type(), m.collation(), m.inputCollation(), args, m.location());
    }

    private Expr nullTest(Expr.NullTest t) {
        Expr arg = rewrite(t.arg());
        return arg == t.arg() ? t : new Expr.NullTest(arg, t.isNull(), t.rowArg(), t.location());
    }

    private Expr booleanTest(Expr.BooleanTest t) {
        Expr arg = rewrite(t.arg());
        return arg == t.arg() ? t : new Expr.BooleanTest(arg, t.kind(), t.location());
    }

    private Expr toDomain(Expr.CoerceToDomain c) {
        Expr arg = rewrite(c.arg());
        return arg == c.arg() ? c
                : new Expr.CoerceToDomain(arg, c.type(), c.typmod(), c.collation(), c.form(), c.location());
    }

    private Expr subPlan(Expr.SubPlanCall s) {
        List<Expr> values = rewriteAll(s.values());
        Optional<Expr> test = rewrite(s.test());
        List<Expr> left = rewriteAll(s.left());
        return values == s.values() && test == s.test() && left == s.left() ? s
                : new Expr.SubPlanCall(s.kind(), s.plan(), s.slots(), values, test, s.hashed(), left, s.type(), s.typmod(),
                        s.collation());
    }

    /** The query with all its expressions and subqueries rewritten. */
    public final Query rewriteChildren(Query query) {
        return QueryParts.rewrite(query, this);
    }
}
