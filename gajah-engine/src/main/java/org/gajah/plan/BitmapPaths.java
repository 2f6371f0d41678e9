package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Relation;

/** Ways to read a table by several index scans together: each arm of an OR by one, or two conditions by one each. */
final class BitmapPaths {
    private final AccessPaths paths;
    private final StatementPlan statement;
    private final PlanSettings settings;
    private final Selectivity selectivity;

    BitmapPaths(AccessPaths paths, StatementPlan statement, Selectivity selectivity) {
        this.paths = paths;
        this.statement = statement;
        this.settings = statement.settings();
        this.selectivity = selectivity;
    }

    /** The cheapest combination; {@code matches} are what single indexes can do. */
    Optional<Rel> best(BaseTable table, List<Expr> conditions, List<IndexMatch> matches) {
        Rel best = null;
        if (!table.relation().indexes().isEmpty()) {
            for (Expr condition : conditions) {
                if (condition instanceof Expr.BoolExpr or && or.op() == Expr.BoolExpr.Op.OR) {
                    best = cheaper(best, either(table, conditions, or));
                }
            }
        }
        for (int i = 0; i < matches.size(); i++) {
            for (int j = i + 1; j < matches.size(); j++) {
                best = cheaper(best, both(table, conditions, matches.get(i), matches.get(j)));
            }
        }
        return Optional.ofNullable(best);
    }

    private static Rel cheaper(Rel best, Optional<Rel> other) {
        return other.isEmpty() || best != null && !other.get().plan().estimate().isCheaperThan(best.plan().estimate()) ? best : other.get();
    }

    /** Each arm of an OR by an index. */
    private Optional<Rel> either(BaseTable table, List<Expr> conditions, Expr.BoolExpr or) {
        List<Plan.BitmapSource> arms = new ArrayList<>();
        double entries = 0;
        double cost = 0;
        for (Expr arm : or.args()) {
            Optional<Plan.BitmapSource> source = arm(table, Conditions.conjuncts(arm));
            if (source.isEmpty()) {
                return Optional.empty();
            }
            arms.add(source.get());
            entries += source.get().estimate().rows();
            cost += source.get().estimate().total();
        }
        List<Expr> rest = new ArrayList<>(conditions);
        rest.remove(or);
        double fetched = Math.min(entries, statement.rowEstimate(table.relation()));
        return Optional.of(scan(table, new Plan.BitmapSource.Or(new Estimate(0, cost, entries, 0), arms), List.of(or), rest, fetched, conditions));
    }

    private Optional<Plan.BitmapSource> arm(BaseTable table, List<Expr> conditions) {
        IndexMatch best = null;
        for (Relation.Index index : table.relation().indexes()) {
            Optional<IndexMatch> match = AccessPaths.isUsable(index) ? paths.match(index, table, conditions) : Optional.empty();
            if (match.isPresent() && (!match.get().keys().isEmpty() || match.get().range().isPresent())
                    && (best == null || paths.rows(table, match.get()) < paths.rows(table, best))) {
                best = match.get();
            }
        }
        return Optional.ofNullable(best).map(m -> entries(table, m));
    }

    private Plan.BitmapSource entries(BaseTable table, IndexMatch match) {
        double rows = paths.rows(table, match);
        double descent = Math.log(statement.rowEstimate(table.relation()) + 2) * settings.operator() * 4 + 0.05;
        return new Plan.BitmapSource.Entries(new Estimate(0, descent + rows * (settings.indexTuple() + settings.operator()), rows, 0),
                match.index().oid(), match.keys(), match.range(), AccessPaths.placed(table, match.shown(), statement.catalog()));
    }

    /** The rows that two indexes agree on. */
    private Optional<Rel> both(BaseTable table, List<Expr> conditions, IndexMatch a, IndexMatch b) {
        boolean keyed = (!a.keys().isEmpty() || a.range().isPresent()) && (!b.keys().isEmpty() || b.range().isPresent());
        if (!keyed || a.isUniqueLookup() || b.isUniqueLookup() || a.selecting().containsAll(b.selecting()) || b.selecting().containsAll(a.selecting())) {
            return Optional.empty();
        }
        List<Expr> selecting = new ArrayList<>(a.selecting());
        b.selecting().stream().filter(c -> !selecting.contains(c)).forEach(selecting::add);
        double fetched = Costs.atLeastOne(statement.rowEstimate(table.relation()) * selectivity.of(selecting));
        Plan.BitmapSource first = entries(table, a);
        Plan.BitmapSource second = entries(table, b);
        List<Expr> checked = conditions.stream().filter(c -> a.used().contains(c) || b.used().contains(c)).toList();
        List<Expr> rest = conditions.stream().filter(c -> !checked.contains(c)).toList();
        Estimate estimate = new Estimate(0, first.estimate().total() + second.estimate().total(), fetched, 0);
        return Optional.of(scan(table, new Plan.BitmapSource.And(estimate, List.of(first, second)), checked, rest, fetched, conditions));
    }

    private Rel scan(BaseTable table, Plan.BitmapSource source, List<Expr> recheck, List<Expr> rest, double fetched, List<Expr> all) {
        double rows = Costs.atLeastOne(statement.rowEstimate(table.relation()) * selectivity.of(all));
        double start = source.estimate().total() + source.estimate().rows() * settings.operator();
        double total = start + fetched * (paths.fetchCost() + all.size() * settings.operator());
        return AccessPaths.rel(table, new Plan.BitmapScan(AccessPaths.columns(table), new Estimate(start, total, Math.min(rows, fetched),
                paths.width(table), settings.bitmapScan() ? 0 : 1), table.relation().oid(), table.alias(), table.attributes(), source,
                AccessPaths.placed(table, recheck, statement.catalog()), AccessPaths.placed(table, rest, statement.catalog())));
    }
}
