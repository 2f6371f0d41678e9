package org.gajah.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;

/**
 * One query level while it is planned: its query, the level around it, and its WITH queries.
 *
 * <p>An expression of an outer level that a subquery uses travels through a slot. Whoever plans a subquery of this level opens a
 * collection first and finds in it afterwards which of this level's expressions the subquery reads, each with its slot.
 */
final class Scope {
    private final Query query;
    private final Optional<Scope> outer;
    private final StatementPlan statement;
    private final Map<String, Cte> ctes = new HashMap<>();
    private final Deque<Map<Expr, Integer>> collections = new ArrayDeque<>();

    /** What a WITH query has become: a plan of its own, or nothing yet if it is planned where it is used. */
    record Cte(Query.CommonTable table, Optional<Integer> subplan, Optional<Integer> workTable) {
    }

    Scope(Query query, Optional<Scope> outer, StatementPlan statement) {
        this.query = query;
        this.outer = outer;
        this.statement = statement;
    }

    /** Levels around this one. */
    int depth() {
        return outer.map(o -> o.depth() + 1).orElse(0);
    }

    boolean isOutermost() {
        return outer.isEmpty();
    }

    Query query() {
        return query;
    }

    StatementPlan statement() {
        return statement;
    }

    void defineCte(String name, Cte cte) {
        ctes.put(name, cte);
    }

    Cte cte(String name, int levelsUp) {
        return up(levelsUp).ctes.get(name);
    }

    Scope up(int levels) {
        Scope scope = this;
        for (int i = 0; i < levels; i++) {
            scope = scope.outer.orElseThrow();
        }
        return scope;
    }

    /** From here on, uses of this level's expressions by inner queries are collected. */
    void openCollection() {
        collections.push(new LinkedHashMap<>());
    }

    /** The slots filled from this level's expressions since {@link #openCollection}. */
    List<Plan.Binding> closeCollection() {
        List<Plan.Binding> bindings = new ArrayList<>();
        collections.pop().forEach((expr, slot) -> bindings.add(new Plan.Binding(slot, expr)));
        return bindings;
    }

    private int slot(Expr ownExpr) {
        if (collections.isEmpty()) {
            throw new IllegalStateException("reference to an outer query outside of a subquery: " + ownExpr);
        }
        return collections.peek().computeIfAbsent(ownExpr, e -> statement.newSlot());
    }

    /** The expression with everything that belongs to an outer level replaced by a slot. */
    Expr bindOuter(Expr expr) {
        int up = switch (expr) {
            case Expr.Var v -> v.levelsUp();
            case Expr.AggregateCall a -> a.levelsUp();
            case Expr.GroupingCall g -> g.levelsUp();
            default -> 0;
        };
        if (up > 0) {
            Scope owner = up(up);
            statement.noteOuterUse(owner.depth());
            int slot = owner.slot(owner.lowered(expr, up));
            return new Expr.ExecParam(slot, expr.type(), expr.typmod(), expr.collation());
        }
        return Exprs.mapChildren(expr, this::bindOuter);
    }

    /** An expression of this level as an inner level, {@code up} further in, wrote it. */
    private Expr lowered(Expr expr, int up) {
        return switch (expr) {
            case Expr.Var v -> new Expr.Var(v.rangeIndex(), v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp() - up,
                    v.location());
            case Expr.AggregateCall a -> {
                Expr.AggregateCall below = (Expr.AggregateCall) Exprs.mapChildren(a, child -> lowered(child, up));
                yield new Expr.AggregateCall(below.function(), below.type(), below.collation(), below.inputCollation(),
                        below.directArgs(), below.args(), below.order(), below.distinct(), below.filter(), below.star(),
                        below.variadic(), below.kind(), 0, 0);
            }
            case Expr.GroupingCall g -> new Expr.GroupingCall(g.args().stream().map(a -> lowered(a, up)).toList(), g.references(), 0, 0);
            default -> Exprs.mapChildren(expr, child -> lowered(child, up));
        };
    }
}
