package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.Judgement;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.type.Oids;

/** The one way to read a foreign table: what its wrapper takes of the conditions is asked there, the rest is checked here. */
final class ForeignPaths {
    private static final double UNKNOWN_ROWS = 100_000;
    private static final int BOOL = 16;

    private final StatementPlan statement;
    private final Selectivity selectivity;
    private final ForeignNeeds needs;
    private final Predicate<Expr> usedElsewhere;

    /**
     * {@code usedElsewhere} says which columns are read by conditions that no scan of one table can check.
     */
    ForeignPaths(StatementPlan statement, Selectivity selectivity, ForeignNeeds needs, Predicate<Expr> usedElsewhere) {
        this.statement = statement;
        this.selectivity = selectivity;
        this.needs = needs;
        this.usedElsewhere = usedElsewhere;
    }

    /** How many rows a foreign table is taken to have. */
    static double rows(org.gajah.catalog.Relation table) {
        return table.rowEstimate() >= 0 ? table.rowEstimate() : UNKNOWN_ROWS;
    }

    /** Conditions of a scan, as the wrapper has judged them. */
    record Judged(List<ForeignExpr> remote, List<Expr> exact, List<Expr> local, List<String> notes) {
    }

    static Judged judge(List<Expr> conditions, ForeignExprs exprs, ForeignPlanner planner) {
        Judged judged = new Judged(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Expr condition : conditions) {
            Optional<ForeignExpr> translated = exprs.translate(condition);
            Judgement judgement = translated.map(planner::judge).orElseGet(() -> new Judgement.Local(exprs.reason()));
            switch (judgement) {
                case Judgement.Exact e -> {
                    judged.remote.add(e.asked(translated.orElseThrow()));
                    judged.exact.add(condition);
                }
                case Judgement.Wider w -> {
                    judged.remote.add(w.weaker());
                    judged.local.add(condition);
                    judged.notes.add("rechecked: " + w.reason());
                }
                case Judgement.Local l -> {
                    judged.local.add(condition);
                    if (!l.reason().isEmpty()) {
                        judged.notes.add("local: " + l.reason());
                    }
                }
            }
        }
        return judged;
    }

    /** A scan of one table with its conditions. */
    Rel scan(BaseTable table, List<Expr> conditions) {
        return scan(table, conditions, this::isNeeded);
    }

    /**
     * A scan of a foreign partition, which gives all columns that are asked of the table above; what nobody needs, or what there is not, is null.
     *
     * @param above the same columns as the table above has them
     */
    Plan partition(BaseTable table, List<Expr> conditions, List<Expr> above, Selectivity own) {
        ForeignServer server = ForeignCatalog.server(statement.catalog(), ForeignCatalog.serverOf(statement.catalog(), table.relation()));
        boolean placed = statement.foreignPlanner(server).places();
        Rel rel = new ForeignPaths(statement, own, needs, usedElsewhere).scan(table, conditions,
                column -> isNeeded(above.get(table.outputs().indexOf(column))) && (placed || !(column instanceof Expr.Var v && v.attribute() == -1)));
        return rel.outputs().equals(table.outputs()) ? rel.plan() : projected(rel.plan(), AccessPaths.columns(table), rel.outputs(), table.outputs(),
                column -> new Expr.Const(column.type(), column.typmod(), column.collation(), null, 0));
    }

    /** The columns that are wanted, of those that a plan gives; what it does not give is a constant. */
    private static Plan projected(Plan plan, List<PlanColumn> columns, List<Expr> given, List<Expr> wanted, Function<Expr, Expr> otherwise) {
        return new Plan.Project(columns, plan.estimate(), plan, wanted.stream().map(column -> {
            int place = given.indexOf(column);
            return place < 0 ? otherwise.apply(column) : new Expr.InputColumn(0, place, column.type(), column.typmod(), column.collation());
        }).toList());
    }

    private Rel scan(BaseTable table, List<Expr> conditions, Predicate<Expr> needed) {
        ForeignItem item = ForeignItem.of(table, statement.catalog()).orElseThrow();
        ForeignPlanner planner = planner(item);
        ForeignExprs exprs = new ForeignExprs(statement.catalog());
        ForeignQuery.From from = item.enter(exprs, statement);
        Judged judged = judge(conditions, exprs, planner);
        List<Expr> wanted = outputs(table.outputs(), judged.local, needed);
        List<Expr> read = wanted.stream().filter(column -> !isTableOid(column) || planner.computes(exprs.translate(column).orElseThrow())).toList();
        List<Expr> outputs = read.isEmpty() && planner.readsAllForNone() ? all(table) : read;
        boolean all = read.size() == wanted.size();
        Judged checked = all ? judged : new Judged(judged.remote, judged.exact, judged.local.stream().map(c -> known(c, table)).toList(), judged.notes);
        Rel rel = rel(item, planner, exprs, from, checked, outputs, rows(table.relation()), conditions).orElseThrow(() -> org.gajah.api.SqlError.notSupported(
                "system columns of foreign table \"" + table.relation().name() + "\" cannot be read"));
        return all ? rel : new Rel(projected(rel.plan(), Rel.columnsOf(wanted), outputs, wanted, column -> known(column, table)), wanted, rel.ranges());
    }

    private ForeignPlanner planner(ForeignItem item) {
        return statement.foreignPlanner(ForeignCatalog.server(statement.catalog(), item.server()));
    }

    /** The rows of a query that a server does whole for which the conditions hold; nothing if the server helps nothing with them. */
    Optional<Rel> filtered(ForeignItem item, double rows, List<Expr> conditions) {
        ForeignPlanner planner = planner(item);
        ForeignExprs exprs = new ForeignExprs(statement.catalog());
        ForeignQuery.From from = item.enter(exprs, statement);
        Judged judged = judge(conditions, exprs, planner);
        boolean helps = !judged.remote.isEmpty() && (planner.keepsOrder() || needs.sorts() || !item.isOrdered());
        return helps ? rel(item, planner, exprs, from, judged, outputs(item.outputs(), judged.local, this::isNeeded), rows, conditions) : Optional.empty();
    }

    /** A query that a server does whole as a scan of the level around it, of which these columns are read. */
    static Optional<Rel> scan(ForeignItem item, StatementPlan statement, Selectivity selectivity, double rows, Set<Expr> columns) {
        ForeignPaths paths = new ForeignPaths(statement, selectivity, ForeignNeeds.NONE, columns::contains);
        ForeignExprs exprs = new ForeignExprs(statement.catalog());
        ForeignQuery.From from = item.enter(exprs, statement);
        Judged nothing = new Judged(List.of(), List.of(), List.of(), List.of());
        return paths.rel(item, paths.planner(item), exprs, from, nothing, outputs(item.outputs(), List.of(), columns::contains), rows, List.of());
    }

    /** Nothing if one of the outputs is not to be had. */
    private Optional<Rel> rel(ForeignItem item, ForeignPlanner planner, ForeignExprs exprs, ForeignQuery.From from, Judged judged, List<Expr> outputs, double all,
            List<Expr> conditions) {
        List<ForeignExpr> columns = new ArrayList<>();
        for (Expr output : outputs) {
            Optional<ForeignExpr> column = exprs.translate(output);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            columns.add(column.get());
        }
        ForeignQuery query = ForeignQuery.of(from, judged.remote, columns)
                .withLock(Optional.ofNullable(needs.locks().get(item.range())).map(words -> new ForeignQuery.Lock(words, 0)));
        double fetched = Costs.atLeastOne(all * selectivity.of(judged.exact));
        double rows = Costs.atLeastOne(all * selectivity.of(conditions));
        Plan plan = new Plan.ForeignScan(Rel.columnsOf(outputs), estimate(planner, fetched, rows, width(outputs)), item.server(), List.of(item.base()), outputs,
                query, planner.query(query), List.copyOf(exprs.parameters()), Conditions.and(place(outputs, judged.local)), judged.notes);
        BitSet ranges = new BitSet();
        ranges.set(item.range());
        return Optional.of(new Rel(plan, outputs, ranges));
    }

    private static boolean isTableOid(Expr column) {
        return column instanceof Expr.Var v && v.attribute() == ForeignExprs.TABLE_OID;
    }

    /** The expression, with the table's oid in it as what it is. */
    private static Expr known(Expr e, BaseTable table) {
        return isTableOid(e) ? new Expr.Const(Oids.OID, -1, 0, table.relation().oid(), 0) : Exprs.mapChildren(e, child -> known(child, table));
    }

    static Estimate estimate(ForeignPlanner planner, double fetched, double rows, int width) {
        return new Estimate(planner.startupCost(), planner.startupCost() + fetched * (planner.rowCost() + Costs.TUPLE), rows, width);
    }

    private static int width(List<Expr> outputs) {
        return outputs.stream().mapToInt(o -> o.type() == BOOL ? 1 : o.collation() == 0 ? 8 : 32).sum();
    }

    static List<Expr> place(List<Expr> outputs, List<Expr> exprs) {
        return new Rel(new Plan.Result(List.of(), Estimate.NONE, List.of(), Optional.empty()), outputs, new BitSet()).place(exprs);
    }

    private static List<Expr> all(BaseTable table) {
        return table.relation().columns().stream().filter(c -> !c.dropped()).map(c -> (Expr) new Expr.Var(table.range(), c.number(), c.type(), c.typmod(),
                c.collation(), 0, 0)).toList();
    }

    private boolean isNeeded(Expr column) {
        return needs.columns().contains(column) || usedElsewhere.test(column);
    }

    /** The columns that somebody above needs, or a condition that is checked here. */
    private static List<Expr> outputs(List<Expr> columns, List<Expr> local, Predicate<Expr> needed) {
        return columns.stream().filter(column -> needed.test(column) || local.stream().anyMatch(c -> Exprs.any(c, column::equals))).toList();
    }
}
