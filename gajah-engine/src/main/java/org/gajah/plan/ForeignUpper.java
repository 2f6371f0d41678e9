package org.gajah.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.SortGroupClause;
import org.gajah.analyze.TargetEntry;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.catalog.Catalog;
import org.gajah.foreign.ForeignCatalog;

/**
 * What stands above FROM and WHERE, handed to the foreign server if all of these come from it and nothing is left to check here: groups
 * and aggregates, DISTINCT, then the order, then the limit. Output expressions are computed here, of DISTINCT there.
 */
final class ForeignUpper {
    private final Query query;
    private List<Expr> targets;
    private Optional<String> reason = Optional.empty();
    private final StatementPlan statement;
    private final Catalog catalog;
    private final Selectivity selectivity;
    private final Function<Rel, Optional<Rel>> unit;

    /** {@code unit} gives a subquery that a server does whole, and that is all there is in FROM, as a scan of this level. */
    ForeignUpper(Query query, List<Expr> targets, StatementPlan statement, Selectivity selectivity, Function<Rel, Optional<Rel>> unit) {
        this.unit = unit;
        this.statement = statement;
        this.query = query;
        this.targets = targets;
        this.catalog = statement.catalog();
        this.selectivity = selectivity;
    }

    /** A scan with a note, for EXPLAIN VERBOSE, of why the last thing that was asked for is done here; the rel itself if there is nothing to say. */
    Rel told(Rel rel) {
        Optional<String> why = reason;
        reason = Optional.empty();
        return why.isPresent() && rel.plan() instanceof Plan.ForeignScan s ? rel.withPlan(s.withNote("local: " + why.get())) : rel;
    }

    /** The rel, of whose rows a part is taken here, told why. */
    Rel limitedHere(Rel rel, boolean inOrder) {
        if (rel.plan() instanceof Plan.ForeignScan scan) {
            boolean able = statement.foreignPlanner(ForeignCatalog.server(catalog, scan.server())).limits();
            reason = Optional.of(!inOrder ? "LIMIT waits for the order, which is made here" : scan.filter().isPresent() ? "LIMIT waits for conditions that are checked here"
                    : !able ? "the server has no LIMIT" : query.withTies() ? "WITH TIES is done here" : "LIMIT waits for what is made here of the rows");
        }
        return told(rel);
    }

    /** What stops a whole part of the query, of which the server knows how to do such. */
    private void explain(String part, Rel rel, Predicate<ForeignPlanner> able) {
        if (rel.plan() instanceof Plan.ForeignScan scan && able.test(statement.foreignPlanner(ForeignCatalog.server(catalog, scan.server())))) {
            reason = Optional.of(part + (scan.filter().isPresent() ? " waits for conditions that are checked here" : " may differ there"));
        }
    }

    /** A scan that is all there is, with nothing left to check. */
    private record Whole(Rel rel, Plan.ForeignScan scan, ForeignPlanner planner, ForeignExprs exprs) {
    }

    private Optional<Whole> whole(Rel rel) {
        Optional<Rel> at = rel.plan() instanceof Plan.ForeignScan ? Optional.of(rel) : unit.apply(rel);
        if (at.isEmpty() || !(at.get().plan() instanceof Plan.ForeignScan scan) || scan.filter().isPresent()) {
            return Optional.empty();
        }
        ForeignServer server = ForeignCatalog.server(catalog, scan.server());
        return Optional.of(new Whole(at.get(), scan, statement.foreignPlanner(server), ForeignExprs.of(scan, statement)));
    }

    /** The output expressions, over what {@link #grouped} gives. */
    List<Expr> targets() {
        return targets;
    }

    /** The groups of the rows, with the group keys and aggregates as columns; averages may have become quotients. */
    Optional<Rel> grouped(Rel rel, Optional<Expr> having) {
        explain("what is made of groups", rel, ForeignPlanner::groups);
        Optional<Whole> found = whole(rel).filter(w -> w.planner.groups() && w.scan.query().lock().isEmpty() && query.groupingSets().isEmpty());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Rel> asWritten = grouped(rel, found.get(), having);
        if (asWritten.isPresent()) {
            return asWritten;
        }
        List<Expr> written = targets;
        ForeignAverages averages = new ForeignAverages(catalog);
        targets = written.stream().map(averages::replaced).toList();
        Optional<Rel> divided = whole(rel).flatMap(w -> grouped(rel, w, having.map(averages::replaced)));
        targets = divided.isPresent() ? targets : written;
        return divided;
    }

    private Optional<Rel> grouped(Rel rel, Whole w, Optional<Expr> having) {
        List<Expr> outputs = new ArrayList<>(query.groupBy().stream()
                .map(g -> targets.get(QueryPlanner.indexOf(query.targets(), g.reference()))).toList());
        int keys = outputs.size();
        Set<Expr> calls = new LinkedHashSet<>();
        Set<Expr> dependent = new LinkedHashSet<>();
        List<Expr> above = new ArrayList<>(targets);
        having.ifPresent(above::add);
        above.forEach(e -> GroupPlanner.collect(e, outputs, calls, dependent));
        if (!dependent.isEmpty()) {
            return Optional.empty();
        }
        boolean grouping = outputs.stream().allMatch(key -> !Conditions.ranges(key).isEmpty() && w.exprs.translate(key).filter(w.planner::groupsBy).isPresent());
        if (!grouping) {
            return Optional.empty();
        }
        outputs.addAll(calls);
        Optional<List<ForeignExpr>> columns = computed(outputs, w);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        ForeignPaths.Judged judged = ForeignPaths.judge(having.map(Conditions::conjuncts).orElse(List.of()), w.exprs, w.planner);
        double rows = keys == 0 ? 1 : selectivity.groups(outputs.subList(0, keys), rel.rows());
        ForeignQuery q = w.scan.query();
        ForeignQuery asked = new ForeignQuery(q.from(), q.where(), true, columns.get().subList(0, keys), judged.remote(), false, columns.get(),
                List.of(), Optional.empty(), Optional.empty(), Optional.empty());
        Plan plan = new Plan.ForeignScan(Rel.columnsOf(outputs), ForeignPaths.estimate(w.planner, rows, rows, outputs.size() * 8), w.scan.server(),
                w.scan.bases(), outputs, asked, w.planner.query(asked), List.copyOf(w.exprs.parameters()),
                Conditions.and(ForeignPaths.place(outputs, judged.local())), judged.notes());
        return Optional.of(new Rel(plan, outputs, rel.ranges(), rel.needs()));
    }

    private static Optional<List<ForeignExpr>> computed(List<Expr> exprs, Whole w) {
        List<ForeignExpr> all = new ArrayList<>();
        for (Expr e : exprs) {
            Optional<ForeignExpr> translated = w.exprs.translate(e).filter(w.planner::computes);
            if (translated.isEmpty()) {
                return Optional.empty();
            }
            all.add(translated.get());
        }
        return Optional.of(all);
    }

    /** Each row of the output once, with the output expressions as columns. */
    Optional<Rel> distinct(Rel rel) {
        if (query.distinctOn() && !query.distinct().isEmpty()) {
            return distinctOn(rel);
        }
        boolean plain = !query.distinct().isEmpty() && query.targets().stream().noneMatch(TargetEntry::junk) && !query.hasTargetSets() && !query.hasWindows();
        reason = Optional.empty();
        if (!query.distinct().isEmpty()) {
            explain("DISTINCT", rel, ForeignPlanner::groups);
        }
        Optional<Whole> found = plain ? whole(rel).filter(w -> w.planner.groups() && w.scan.query().lock().isEmpty()) : Optional.empty();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Whole w = found.get();
        List<Expr> outputs = List.copyOf(new LinkedHashSet<>(targets));
        Optional<List<ForeignExpr>> columns = computed(outputs, w).filter(all -> all.stream().allMatch(e -> e instanceof ForeignExpr.Constant || w.planner.groupsBy(e)));
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        ForeignQuery asked = w.scan.query().withDistinct(columns.get());
        double rows = selectivity.groups(outputs, rel.rows());
        Plan plan = new Plan.ForeignScan(Rel.columnsOf(outputs), ForeignPaths.estimate(w.planner, rows, rows, outputs.size() * 8), w.scan.server(),
                w.scan.bases(), outputs, asked, w.planner.query(asked), List.copyOf(w.exprs.parameters()), Optional.empty(), w.scan.notes());
        return Optional.of(new Rel(plan, outputs, rel.ranges(), rel.needs()));
    }

    /** Of rows that agree in some expressions the first in the query's order, which the server must know whole. */
    private Optional<Rel> distinctOn(Rel rel) {
        explain("DISTINCT ON", rel, ForeignPlanner::distinctOn);
        boolean plain = !query.hasTargetSets() && !query.hasWindows();
        Optional<Whole> found = plain ? whole(rel).filter(w -> w.planner.distinctOn() && w.scan.query().lock().isEmpty()) : Optional.empty();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Whole w = found.get();
        List<Expr> outputs = List.copyOf(new LinkedHashSet<>(targets));
        Optional<List<ForeignExpr>> columns = computed(outputs, w);
        Optional<List<ForeignQuery.SortKey>> keys = keys(query.distinct(), w).filter(all -> all.stream().allMatch(k -> w.planner.groupsBy(k.key())));
        Optional<List<ForeignQuery.SortKey>> order = keys(query.orderBy(), w);
        if (columns.isEmpty() || keys.isEmpty() || order.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> groups = query.distinct().stream().map(d -> targets.get(QueryPlanner.indexOf(query.targets(), d.reference()))).toList();
        ForeignQuery asked = w.scan.query().withDistinctOn(keys.get(), order.get(), columns.get());
        double rows = selectivity.groups(groups, rel.rows());
        Plan plan = new Plan.ForeignScan(Rel.columnsOf(outputs), ForeignPaths.estimate(w.planner, rows, rows, outputs.size() * 8), w.scan.server(),
                w.scan.bases(), outputs, asked, w.planner.query(asked), List.copyOf(w.exprs.parameters()), Optional.empty(), w.scan.notes());
        return Optional.of(new Rel(plan, outputs, rel.ranges(), rel.needs()));
    }

    /** Keys by which the server sorts as it is done here; nothing if it does not by one of them. */
    private Optional<List<ForeignQuery.SortKey>> keys(List<SortGroupClause> clauses, Whole w) {
        List<ForeignQuery.SortKey> keys = new ArrayList<>();
        for (SortGroupClause s : clauses) {
            Expr e = targets.get(QueryPlanner.indexOf(query.targets(), s.reference()));
            Optional<ForeignQuery.SortKey> key = w.exprs.translate(e).map(k -> new ForeignQuery.SortKey(k, s.descending(), s.nullsFirst(),
                    ForeignExprs.sortCollation(catalog, e))).filter(w.planner::sorts);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        return Optional.of(keys);
    }

    /** The rows in the query's order. Strings sort by expressions that DISTINCT does not give. */
    Optional<Rel> sorted(Rel rel) {
        boolean plain = !query.orderBy().isEmpty() && (query.distinct().isEmpty() || isDistinct(rel)) && !query.hasTargetSets() && !query.hasWindows();
        reason = Optional.empty();
        if (query.distinctOn() && isDistinct(rel)) {
            return Optional.of(rel);
        }
        if (!query.orderBy().isEmpty()) {
            explain("ORDER BY", rel, ForeignPlanner::limits);
        }
        Optional<Whole> found = plain ? whole(rel) : Optional.empty();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Whole w = found.get();
        Optional<List<ForeignQuery.SortKey>> keys = keys(query.orderBy(), w)
                .filter(all -> !w.scan.query().distinct() || all.stream().allMatch(k -> k.collation().isEmpty()));
        return keys.map(all -> with(w, w.scan.query().withOrder(all), w.scan.estimate()));
    }

    private static boolean isDistinct(Rel rel) {
        return rel.plan() instanceof Plan.ForeignScan s && s.query().distinct();
    }

    /** The first of the rows only, which are in the query's order already if it has one. */
    Optional<Rel> limited(Rel rel, Optional<Expr> count, Optional<Expr> offset, Estimate estimate) {
        boolean plain = (query.distinct().isEmpty() || isDistinct(rel)) && !query.hasTargetSets() && !query.hasWindows() && !query.withTies()
                && Stream.of(count, offset).noneMatch(c -> c.filter(ForeignUpper::isNegative).isPresent());
        Optional<Whole> found = plain ? whole(rel).filter(w -> w.planner.limits() && (w.planner.keepsOrder() || !hasInnerOrder(w.scan.query()))) : Optional.empty();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Whole w = found.get();
        Optional<ForeignExpr> most = count.flatMap(w.exprs::translate);
        Optional<ForeignExpr> skipped = offset.flatMap(w.exprs::translate);
        if (most.isPresent() != count.isPresent() || skipped.isPresent() != offset.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(with(w, w.scan.query().withLimit(most, skipped), estimate));
    }

    /** Which is an error when it runs. */
    private static boolean isNegative(Expr count) {
        return count instanceof Expr.Const c && c.value() instanceof Number n && n.longValue() < 0;
    }

    /** Whether rows come in the order of a subquery and no other. */
    private static boolean hasInnerOrder(ForeignQuery q) {
        return q.order().isEmpty() && !q.grouped() && q.from() instanceof ForeignQuery.From.Derived d && d.parts().size() == 1 && !d.parts().getFirst().order().isEmpty();
    }

    private static Rel with(Whole w, ForeignQuery q, Estimate estimate) {
        return w.rel.withPlan(new Plan.ForeignScan(w.scan.columns(), estimate, w.scan.server(), w.scan.bases(), w.scan.outputs(), q,
                w.planner.query(q), List.copyOf(w.exprs.parameters()), w.scan.filter(), w.scan.notes()));
    }
}
