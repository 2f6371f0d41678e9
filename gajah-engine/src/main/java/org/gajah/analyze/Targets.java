package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AIndirection;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.Indirection;
import org.gajah.ast.ResTarget;
import org.gajah.type.Oids;

/** Lists of output columns. */
final class Targets {
    private final Analysis a;

    Targets(Analysis analysis) {
        a = analysis;
    }

    /** The list with {@code *} expanded; positions from 1. The list that comes back may be added to. */
    List<TargetEntry> list(Scope scope, List<ResTarget> written, ExprKind kind) {
        List<TargetEntry> made = new ArrayList<>();
        ExprKind outer = scope.kind;
        scope.kind = kind;
        for (ResTarget target : written) {
            switch (target.value()) {
                case ColumnRef c when c.star() -> made.addAll(c.fields().isEmpty() ? a.columnRefs.star(scope, c.location())
                        : a.columnRefs.qualifiedStar(scope, c));
                case AIndirection i when i.indirection().getLast() instanceof Indirection.Star -> made.addAll(expandRow(scope, i));
                default -> {
                    Expr e = a.expressions.analyze(scope, target.value());
                    made.add(TargetEntry.of(e, target.name().orElseGet(() -> name(target.value(), e)), 0));
                }
            }
        }
        scope.kind = outer;
        for (int i = 0; i < made.size(); i++) {
            TargetEntry t = made.get(i);
            made.set(i, origin(scope, new TargetEntry(t.expr(), t.name(), i + 1, 0, false, 0, 0)));
        }
        return made;
    }

    /** A scalar subquery of {@code SELECT *} is called after the column that the star turned out to be. */
    private static String name(Expression written, Expr e) {
        if (e instanceof Expr.SubLink s && s.kind() == Expr.SubLink.Kind.SCALAR) {
            return s.query().targets().getFirst().name();
        }
        return ColumnNames.of(written);
    }

    /** {@code (row).*}: one column for each field. */
    private List<TargetEntry> expandRow(Scope scope, AIndirection i) {
        List<Indirection> rest = i.indirection().subList(0, i.indirection().size() - 1);
        Expression inner = rest.isEmpty() ? i.argument() : new AIndirection(i.argument(), rest);
        Expr row = a.expressions.analyze(scope, inner);
        if (row instanceof Expr.Var v && v.attribute() == 0) {
            for (NamespaceItem item : scope.up(v.levelsUp()).namespace) {
                if (item.rangeIndex == v.rangeIndex()) {
                    return a.columnRefs.columnsOf(scope, new ColumnRefs.Item(item, v.levelsUp()), i.location());
                }
            }
        }
        return a.columnRefs.fieldsOf(scope, row, i.location());
    }

    /** Notes which table's column an output column plainly is. */
    TargetEntry origin(Scope scope, TargetEntry t) {
        if (!(t.expr() instanceof Expr.Var v) || v.attribute() <= 0 && !isSystem(v)) {
            return t;
        }
        return origin(scope.up(v.levelsUp()), v, t);
    }

    private static boolean isSystem(Expr.Var v) {
        return v.attribute() < 0;
    }

    private TargetEntry origin(Scope scope, Expr.Var v, TargetEntry t) {
        return switch (scope.rangeTable.get(v.rangeIndex())) {
            case RangeEntry.Relation r -> t.from(r.oid(), v.attribute());
            case RangeEntry.Returned r -> t.from(r.relation(), v.attribute());
            case RangeEntry.Subquery s -> origin(s.query().targets(), v, t);
            case RangeEntry.Join j -> v.attribute() > 0 && j.columns().get(v.attribute() - 1) instanceof Expr.Var inner
                    ? origin(scope, inner, t) : t;
            case RangeEntry.Functions ignored -> t;
            case RangeEntry.Values ignored -> t;
            case RangeEntry.CteReference r -> scope.up(r.levelsUp()).ctes.stream().filter(c -> c.name.equals(r.cte()) && !r.self())
                    .flatMap(c -> c.query.stream()).findFirst()
                    .map(q -> origin(q.command() == Query.Command.SELECT ? q.targets() : q.returning(), v, t)).orElse(t);
            case RangeEntry.NamedStore ignored -> t;
        };
    }

    private static TargetEntry origin(List<TargetEntry> inner, Expr.Var v, TargetEntry t) {
        return inner.stream().filter(i -> !i.junk() && i.attribute() == v.attribute()).findFirst()
                .map(i -> t.from(i.sourceTable(), i.sourceColumn())).orElse(t);
    }

    /** Output columns that are still unknown become text. */
    void resolveUnknowns(List<TargetEntry> targets) {
        for (int i = 0; i < targets.size(); i++) {
            TargetEntry t = targets.get(i);
            if (t.expr().type() == Oids.UNKNOWN) {
                targets.set(i, t.with(a.coercer.coerceImplicitly(t.expr(), Oids.TEXT)));
            }
        }
    }
}
