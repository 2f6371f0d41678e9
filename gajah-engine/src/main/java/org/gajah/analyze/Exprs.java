package org.gajah.analyze;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.gajah.analyze.Expr.*;

/**
 * The one traversal of expression trees. A subquery inside a SubLink is not entered: whoever needs that does so on the SubLink.
 */
public final class Exprs {
    private Exprs() {
    }

    /** The same expression with every child replaced by {@code f} of it; the very same object if no child changed. */
    public static Expr mapChildren(Expr e, UnaryOperator<Expr> f) {
        boolean[] changed = new boolean[1];
        Expr mapped = rebuild(e, child -> {
            Expr result = f.apply(child);
            changed[0] |= result != child;
            return result;
        }, location -> location);
        return changed[0] ? mapped : e;
    }

    /** Calls {@code visit} for every child. */
    public static void forEachChild(Expr e, Consumer<Expr> visit) {
        rebuild(e, child -> {
            visit.accept(child);
            return child;
        }, location -> location);
    }

    /** Whether the predicate holds for the expression or anything below it. */
    public static boolean any(Expr e, Predicate<Expr> predicate) {
        if (predicate.test(e)) {
            return true;
        }
        boolean[] found = new boolean[1];
        forEachChild(e, child -> found[0] |= any(child, predicate));
        return found[0];
    }

    /** The same expression without places in the statement, so that equal expressions are equal records. */
    public static Expr unlocated(Expr e) {
        return rebuild(e, Exprs::unlocated, location -> 0);
    }

    private static List<Expr> all(List<Expr> list, UnaryOperator<Expr> f) {
        return list.stream().map(f).toList();
    }

    private static Expr rebuild(Expr e, UnaryOperator<Expr> f, IntUnaryOperator at) {
        int location = at.applyAsInt(e.location());
        return switch (e) {
            case Const c -> new Const(c.type(), c.typmod(), c.collation(), c.value(), location);
            case Param p -> new Param(p.number(), p.type(), p.typmod(), p.collation(), location);
            case Var v -> new Var(v.rangeIndex(), v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp(), location);
            case AggregateCall a -> new AggregateCall(a.function(), a.type(), a.collation(), a.inputCollation(),
                    all(a.directArgs(), f), targets(a.args(), f), a.order(), a.distinct(), a.filter().map(f), a.star(), a.variadic(),
                    a.kind(), a.levelsUp(), location);
            case GroupingCall g -> new GroupingCall(all(g.args(), f), g.references(), g.levelsUp(), location);
            case WindowCall w -> new WindowCall(w.function(), w.type(), w.collation(), w.inputCollation(), all(w.args(), f),
                    w.filter().map(f), w.window(), w.star(), w.aggregate(), location);
            case FunctionCall c -> new FunctionCall(c.function(), c.type(), c.typmod(), c.returnsSet(), c.variadic(), c.form(),
                    c.collation(), c.inputCollation(), all(c.args(), f), location);
            case OperatorCall o -> new OperatorCall(o.operator(), o.function(), o.type(), o.returnsSet(), o.collation(),
                    o.inputCollation(), all(o.args(), f), location);
            case DistinctFrom d -> new DistinctFrom(d.operator(), d.function(), d.inputCollation(), all(d.args(), f), location);
            case NullIf n -> new NullIf(n.operator(), n.function(), n.type(), n.typmod(), n.collation(), n.inputCollation(),
                    all(n.args(), f), location);
            case ArrayComparison a -> new ArrayComparison(a.operator(), a.function(), a.any(), a.inputCollation(),
                    f.apply(a.scalar()), f.apply(a.array()), location);
            case BoolExpr b -> new BoolExpr(b.op(), all(b.args(), f), location);
            case SubLink s -> new SubLink(s.kind(), s.test().map(f), s.query(), s.type(), s.typmod(), s.collation(),
                    s.operatorName(), location);
            default -> rebuildRest(e, f, location);
        };
    }

    private static List<TargetEntry> targets(List<TargetEntry> targets, UnaryOperator<Expr> f) {
        return targets.stream().map(t -> new TargetEntry(f.apply(t.expr()), t.name(), t.attribute(), t.reference(), t.junk(),
                t.sourceTable(), t.sourceColumn())).toList();
    }

    private static Expr rebuildRest(Expr e, UnaryOperator<Expr> f, int location) {
        return switch (e) {
            case Subscript s -> new Subscript(f.apply(s.container()), bounds(s.upper(), f), s.lower().map(l -> bounds(l, f)),
                    s.elementType(), s.type(), s.typmod(), s.collation(), s.assigned().map(f), location);
            case FieldSelect s -> new FieldSelect(f.apply(s.arg()), s.field(), s.type(), s.typmod(), s.collation());
            case FieldStore s -> new FieldStore(f.apply(s.arg()), all(s.values(), f), s.fields(), s.type());
            case Relabel r -> new Relabel(f.apply(r.arg()), r.type(), r.typmod(), r.collation(), r.form(), location);
            case CoerceViaIo c -> new CoerceViaIo(f.apply(c.arg()), c.type(), c.collation(), c.form(), location);
            case ArrayCoerce a -> new ArrayCoerce(f.apply(a.arg()), f.apply(a.element()), a.type(), a.typmod(), a.collation(),
                    a.form(), location);
            case ConvertRowtype c -> new ConvertRowtype(f.apply(c.arg()), c.type(), c.form(), location);
            case Collate c -> new Collate(f.apply(c.arg()), c.collation(), location);
            case Case c -> new Case(c.type(), c.collation(), c.arg().map(f), c.whens().stream()
                    .map(w -> new When(f.apply(w.condition()), f.apply(w.result()), location)).toList(), f.apply(c.otherwise()), location);
            case ArrayLiteral a -> new ArrayLiteral(a.type(), a.collation(), a.elementType(), all(a.elements(), f), a.nested(), location);
            case RowLiteral r -> new RowLiteral(all(r.args(), f), r.type(), r.names(), r.form(), location);
            case RowComparison r -> new RowComparison(r.strategy(), r.operators(), r.functions(), r.inputCollations(),
                    all(r.left(), f), all(r.right(), f));
            case Coalesce c -> new Coalesce(c.type(), c.collation(), all(c.args(), f), location);
            case MinMax m -> new MinMax(m.greatest(), m.type(), m.collation(), m.inputCollation(), all(m.args(), f), location);
            case SqlValueFunction v -> new SqlValueFunction(v.kind(), v.type(), v.typmod(), v.collation(), location);
            case NullTest n -> new NullTest(f.apply(n.arg()), n.isNull(), n.rowArg(), location);
            case BooleanTest b -> new BooleanTest(f.apply(b.arg()), b.kind(), location);
            case CoerceToDomain c -> new CoerceToDomain(f.apply(c.arg()), c.type(), c.typmod(), c.collation(), c.form(), location);
            case SubPlanCall s -> new SubPlanCall(s.kind(), s.plan(), s.slots(), all(s.values(), f), s.test().map(f), s.hashed(),
                    all(s.left(), f), s.type(), s.typmod(), s.collation());
            default -> e;
        };
    }

    private static List<Optional<Expr>> bounds(List<Optional<Expr>> bounds, UnaryOperator<Expr> f) {
        return bounds.stream().map(b -> b.map(f)).toList();
    }
}
