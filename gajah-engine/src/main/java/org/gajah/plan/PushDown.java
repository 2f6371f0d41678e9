package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Leakproof;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.SortGroupClause;
import org.gajah.analyze.TargetEntry;
import org.gajah.catalog.Catalog;

/**
 * Moves conditions about a subquery's columns into the subquery: below set operations, below GROUP BY if they are about keys, below
 * window functions if they are about what every window partitions by.
 *
 * <p>Invariant: a condition goes only where it cannot change what a row that passes looks like; LIMIT stops all.
 */
final class PushDown {
    private final Catalog catalog;
    private final int range;
    private final boolean view;

    private PushDown(Catalog catalog, int range, boolean view) {
        this.catalog = catalog;
        this.range = range;
        this.view = view;
    }

    /** The subquery with all conditions that may go into it; these are taken out of the list, which may be immutable if empty. */
    static Query into(RangeEntry.Subquery subquery, int range, List<Expr> conditions, Catalog catalog) {
        PushDown p = new PushDown(catalog, range, subquery.view() != 0);
        Query made = subquery.query();
        for (Expr condition : List.copyOf(conditions)) {
            if (p.isAbout(condition) && p.accepts(made, condition)) {
                made = p.add(made, condition, 1);
                conditions.remove(condition);
            }
        }
        return made;
    }

    /** Whether a condition reads the subquery's columns and nothing else of this level. */
    private boolean isAbout(Expr condition) {
        boolean[] reads = new boolean[1];
        boolean other = Exprs.any(condition, e -> {
            if (e instanceof Expr.Var v && v.levelsUp() == 0) {
                reads[0] = true;
                return v.rangeIndex() != range || v.attribute() <= 0;
            }
            return e instanceof Expr.SubLink || e instanceof Expr.CurrentOf || IndexMatch.isVolatile(e, catalog);
        });
        return reads[0] && !other;
    }

    /** Whether a condition may go behind the barrier of a view WITH (security_barrier), which is planned as OFFSET 0. */
    private boolean passes(Query q, Expr condition) {
        boolean barrier = view && q.offset().get() instanceof Expr.Const c && Long.valueOf(0).equals(c.value());
        return barrier && Leakproof.is(condition, catalog) && read(q, condition).stream().allMatch(t -> Leakproof.is(t.expr(), catalog));
    }

    private boolean accepts(Query q, Expr condition) {
        if (q.command() != Query.Command.SELECT || q.limit().isPresent() || q.offset().isPresent() && !passes(q, condition) || !q.rowMarks().isEmpty()
                || q.hasTargetSets() || !q.groupingSets().isEmpty()) {
            return false;
        }
        if (q.setOperation().isPresent()) {
            return acceptsAll(q, q.setOperation().get(), condition);
        }
        List<TargetEntry> read = read(q, condition);
        for (TargetEntry t : read) {
            boolean stable = !Exprs.any(t.expr(), e -> e instanceof Expr.SubLink || e instanceof Expr.WindowCall || IndexMatch.isVolatile(e, catalog));
            boolean distinct = !q.distinctOn() || contains(q.distinct(), t);
            boolean windowed = q.windows().stream().allMatch(w -> contains(w.partitionBy(), t));
            if (!stable || !distinct || !windowed) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(List<SortGroupClause> clauses, TargetEntry t) {
        return t.reference() != 0 && clauses.stream().anyMatch(c -> c.reference() == t.reference());
    }

    private boolean acceptsAll(Query q, Query.SetOperation operation, Expr condition) {
        return switch (operation) {
            case Query.SetOperation.Leaf leaf -> accepts(((RangeEntry.Subquery) q.rangeTable().get(leaf.rangeIndex())).query(), condition);
            case Query.SetOperation.Node node -> sameTypes(q, node, node.types(), node.collations()) && acceptsAll(q, node.left(), condition)
                    && acceptsAll(q, node.right(), condition);
        };
    }

    private static boolean sameTypes(Query q, Query.SetOperation operation, List<Integer> types, List<Integer> collations) {
        return switch (operation) {
            case Query.SetOperation.Leaf leaf -> {
                List<TargetEntry> targets = columns(((RangeEntry.Subquery) q.rangeTable().get(leaf.rangeIndex())).query());
                boolean same = true;
                for (int i = 0; i < types.size(); i++) {
                    same &= targets.get(i).expr().type() == types.get(i) && targets.get(i).expr().collation() == collations.get(i);
                }
                yield same;
            }
            case Query.SetOperation.Node node -> sameTypes(q, node.left(), types, collations) && sameTypes(q, node.right(), types, collations);
        };
    }

    private static List<TargetEntry> columns(Query q) {
        return q.targets().stream().filter(t -> !t.junk()).toList();
    }

    private List<TargetEntry> read(Query q, Expr condition) {
        List<TargetEntry> columns = columns(q);
        List<TargetEntry> read = new ArrayList<>();
        Exprs.any(condition, e -> {
            if (e instanceof Expr.Var v && v.levelsUp() == 0) {
                read.add(columns.get(v.attribute() - 1));
            }
            return false;
        });
        return read;
    }

    /** Adds the condition, written {@code depth} levels further out. */
    private Query add(Query q, Expr condition, int depth) {
        QueryBuilder builder = new QueryBuilder(q);
        if (q.setOperation().isPresent()) {
            builder.rangeTable = new ArrayList<>(q.rangeTable());
            addAll(builder.rangeTable, q.setOperation().get(), condition, depth + 1);
            return builder.build();
        }
        Map<Integer, List<Expr>> columns = new HashMap<>();
        columns.put(range, columns(q).stream().map(TargetEntry::expr).toList());
        Expr inner = LevelRewrites.substitution(columns, depth).rewrite(LevelRewrites.inward(condition, depth));
        boolean aggregates = Exprs.any(inner, e -> e instanceof Expr.AggregateCall a && a.levelsUp() == 0 || e instanceof Expr.GroupingCall);
        boolean grouped = q.hasAggregates() || !q.groupBy().isEmpty() || q.having().isPresent();
        if (grouped && (aggregates || q.groupBy().isEmpty())) {
            builder.having = and(q.having(), inner);
        } else {
            builder.from = new RangeEntry.FromExpr(q.from().items(), and(q.from().where(), inner));
        }
        return builder.build();
    }

    private void addAll(List<RangeEntry> entries, Query.SetOperation operation, Expr condition, int depth) {
        switch (operation) {
            case Query.SetOperation.Leaf leaf -> {
                RangeEntry.Subquery s = (RangeEntry.Subquery) entries.get(leaf.rangeIndex());
                entries.set(leaf.rangeIndex(), new RangeEntry.Subquery(add(s.query(), condition, depth), s.view(), s.alias(),
                        s.columnNames(), s.lateral()));
            }
            case Query.SetOperation.Node node -> {
                addAll(entries, node.left(), condition, depth);
                addAll(entries, node.right(), condition, depth);
            }
        }
    }

    private static Optional<Expr> and(Optional<Expr> a, Expr b) {
        return Optional.of(a.isEmpty() ? b : new Expr.BoolExpr(Expr.BoolExpr.Op.AND, List.of(a.get(), b), 0));
    }
}
