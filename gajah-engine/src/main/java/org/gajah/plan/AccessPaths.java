package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;

/** The ways to read one table, and the cheapest of them. */
final class AccessPaths {
    private static final int BTREE = 403;
    private static final int TID = 27;
    /** The share of a random page's cost that reading a row by its tid is: pages are in memory, and slots are found without search. */
    private static final double FETCH = 0.075;

    private final StatementPlan statement;
    private final PlanSettings settings;
    private final Selectivity selectivity;
    private final ForeignPaths foreign;

    AccessPaths(StatementPlan statement, Selectivity selectivity) {
        this(statement, selectivity, new ForeignPaths(statement, selectivity, ForeignNeeds.NONE, column -> true));
    }

    AccessPaths(StatementPlan statement, Selectivity selectivity, ForeignPaths foreign) {
        this.statement = statement;
        this.settings = statement.settings();
        this.selectivity = selectivity;
        this.foreign = foreign;
    }

    /** What a server does whole, with conditions; nothing if it does not help with them. */
    Optional<Rel> filtered(ForeignItem item, double rows, List<Expr> conditions) {
        return foreign.filtered(item, rows, conditions);
    }

    /** The cheapest way to the rows that fulfil all conditions, which may contain anything but columns of other tables. */
    Rel best(BaseTable table, List<Expr> conditions) {
        if (table.relation().kind() == 'f') {
            return foreign.scan(table, conditions);
        }
        if (table.relation().kind() == 'p') {
            return new PartitionPaths(statement, foreign).scan(table, conditions);
        }
        Optional<Rel> byTid = tidScan(table, conditions);
        boolean current = byTid.isPresent() && ((Plan.TidScan) byTid.get().plan()).source() instanceof Plan.TidSource.CurrentOf;
        if (byTid.isPresent() && (current || settings.tidScan())) {
            return byTid.get();
        }
        Rel best = seqScan(table, conditions);
        List<IndexMatch> matches = new ArrayList<>();
        for (Relation.Index index : table.relation().indexes()) {
            Optional<IndexMatch> match = isUsable(index) ? match(index, table, conditions) : Optional.empty();
            if (match.isPresent() && match.get().isUseful()) {
                matches.add(match.get());
                best = cheaper(best, indexScan(table, match.get(), conditions, false));
            }
        }
        if (best.rows() > 1 || matches.isEmpty()) {
            Optional<Rel> combined = new BitmapPaths(this, statement, selectivity).best(table, conditions, matches);
            if (combined.isPresent()) {
                best = cheaper(best, combined.get());
            }
        }
        return best;
    }

    private static Rel cheaper(Rel a, Rel b) {
        return b.plan().estimate().isCheaperThan(a.plan().estimate()) ? b : a;
    }

    /** The best index access that uses one of {@code joining}, conditions whose other side a nested loop fills in. */
    Optional<IndexMatch> probe(BaseTable table, List<Expr> own, List<Expr> joining) {
        List<Expr> all = new ArrayList<>(joining);
        all.addAll(own);
        IndexMatch best = null;
        for (Relation.Index index : table.relation().indexes()) {
            if (isUsable(index)) {
                IndexMatch match = match(index, table, all).orElse(null);
                boolean joins = match != null && match.selecting().stream().anyMatch(joining::contains);
                if (joins && (best == null || rows(table, match) < rows(table, best))) {
                    best = match;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** A scan of an index whose order is the wanted one, if there is such an index. */
    Optional<Rel> ordered(BaseTable table, List<Expr> conditions, List<WantedOrder.OrderKey> keys) {
        Rel best = null;
        for (Relation.Index index : table.relation().indexes()) {
            Optional<IndexMatch> match = isUsable(index) ? match(index, table, conditions) : Optional.empty();
            if (match.isEmpty() || !match.get().isOrdered()) {
                continue;
            }
            for (boolean backward : new boolean[] {false, true}) {
                if (gives(match.get(), backward, statement.indexColumns(index, table), keys)) {
                    Rel scan = indexScan(table, match.get(), conditions, backward);
                    best = best == null ? scan : cheaper(best, scan);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean gives(IndexMatch match, boolean backward, List<Expr> columns, List<WantedOrder.OrderKey> keys) {
        Relation.Index index = match.index();
        int fixed = match.keys().size();
        int column = fixed;
        for (WantedOrder.OrderKey key : keys) {
            if (isAmong(columns.subList(0, fixed), key.expr())) {
                continue;
            }
            if (column >= index.keyColumns() || !IndexMatcher.isSame(columns.get(column), key.expr())
                    || index.descending().get(column) != (key.descending() ^ backward)
                    || index.nullsFirst().get(column) != (key.nullsFirst() ^ backward)) {
                return false;
            }
            column++;
        }
        return true;
    }

    private static boolean isAmong(List<Expr> columns, Expr e) {
        for (Expr column : columns) {
            if (IndexMatcher.isSame(column, e)) {
                return true;
            }
        }
        return false;
    }

    static boolean isUsable(Relation.Index index) {
        return index.method() == BTREE && index.valid() && index.storageId() != 0;
    }

    Rel seqScan(BaseTable table, List<Expr> conditions) {
        double all = statement.rowEstimate(table.relation());
        double cost = statement.pageEstimate(table.relation()) * settings.sequentialPage()
                + all * (settings.tuple() + conditions.size() * settings.operator());
        double rows = Costs.atLeastOne(all * selectivity.of(conditions));
        Estimate estimate = new Estimate(0, cost, rows, width(table), settings.seqScan() ? 0 : 1);
        return rel(table, new Plan.SeqScan(columns(table), estimate, table.relation().oid(), table.alias(), table.attributes(),
                placed(table, conditions, statement.catalog())));
    }

    /** What an index can do for conditions; nothing if its predicate does not follow from them. */
    Optional<IndexMatch> match(Relation.Index index, BaseTable table, List<Expr> conditions) {
        return IndexMatcher.match(index, table, Security.early(table, conditions, statement.catalog()), statement);
    }

    Rel indexScan(BaseTable table, IndexMatch match, List<Expr> conditions, boolean backward) {
        List<Expr> rest = rest(match, conditions);
        return rel(table, new Plan.IndexScan(columns(table), estimate(table, match, conditions), table.relation().oid(), table.alias(),
                table.attributes(), match.index().oid(), match.keys(), match.range(), backward, placed(table, match.shown(), statement.catalog()), placed(table, rest, statement.catalog())));
    }

    private static List<Expr> rest(IndexMatch match, List<Expr> conditions) {
        List<Expr> rest = new ArrayList<>();
        for (Expr c : conditions) {
            if (!match.used().contains(c)) {
                rest.add(c);
            }
        }
        return rest;
    }

    /** What one index scan costs. */
    Estimate estimate(BaseTable table, IndexMatch match, List<Expr> conditions) {
        List<Expr> rest = rest(match, conditions);
        double fetched = rows(table, match);
        double rows = Math.min(fetched, Costs.atLeastOne(statement.rowEstimate(table.relation()) * selectivity.of(conditions)));
        double all = statement.rowEstimate(table.relation());
        double descent = Math.log(all + 2) * settings.operator() * 4 + 0.05;
        double perRow = settings.indexTuple() + settings.tuple() + rest.size() * settings.operator() + settings.randomPage() * FETCH;
        return new Estimate(descent, descent + fetched * perRow, rows, width(table), settings.indexScan() ? 0 : 1);
    }

    /** How many rows an index leads to. */
    double rows(BaseTable table, IndexMatch match) {
        return match.isUniqueLookup() ? 1 : Costs.atLeastOne(statement.rowEstimate(table.relation()) * selectivity.of(match.selecting()));
    }

    /** What a row costs that is read by its place. */
    double fetchCost() {
        return settings.tuple() + settings.randomPage() * FETCH;
    }

    private Optional<Rel> tidScan(BaseTable table, List<Expr> conditions) {
        for (Expr condition : Security.early(table, conditions, statement.catalog())) {
            Optional<Plan.TidSource> source = tidSource(condition, table);
            if (source.isPresent()) {
                List<Expr> rest = conditions.stream().filter(c -> c != condition).toList();
                return Optional.of(rel(table, new Plan.TidScan(columns(table), new Estimate(0, 1, 1, width(table)),
                        table.relation().oid(), table.alias(), table.attributes(), source.get(), placed(table, rest, statement.catalog()))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Plan.TidSource> tidSource(Expr condition, BaseTable table) {
        return switch (condition) {
            case Expr.CurrentOf c when c.rangeIndex() == table.range() -> Optional.of(new Plan.TidSource.CurrentOf(c.cursor(), c.parameter()));
            case Expr.OperatorCall o when o.operator() == 387 && isTid(o.args().get(0), table) && isFree(o.args().get(1)) ->
                Optional.of(new Plan.TidSource.One(o.args().get(1)));
            case Expr.OperatorCall o when o.operator() == 387 && isTid(o.args().get(1), table) && isFree(o.args().get(0)) ->
                Optional.of(new Plan.TidSource.One(o.args().get(0)));
            case Expr.ArrayComparison a when a.operator() == 387 && a.any() && isTid(a.scalar(), table) && isFree(a.array()) ->
                Optional.of(new Plan.TidSource.Any(a.array()));
            default -> Optional.empty();
        };
    }

    private static boolean isTid(Expr e, BaseTable table) {
        return e instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() == table.range() && v.attribute() == -1 && v.type() == TID;
    }

    private static boolean isFree(Expr e) {
        return Conditions.ranges(e).isEmpty();
    }

    static Optional<Expr> placed(BaseTable table, List<Expr> conditions, Catalog catalog) {
        return Conditions.and(new Rel(new Plan.Result(List.of(), Estimate.NONE, List.of(), Optional.empty()), table.outputs(),
                new BitSet()).place(Security.ordered(table, conditions, catalog)));
    }

    static Rel rel(BaseTable table, Plan plan) {
        BitSet ranges = new BitSet();
        ranges.set(table.range());
        return new Rel(plan, table.outputs(), ranges);
    }

    static List<PlanColumn> columns(BaseTable table) {
        List<PlanColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.attributes().size(); i++) {
            Expr output = table.outputs().get(i);
            int attribute = table.attributes().get(i);
            String name = attribute > 0 ? table.relation().column(attribute).name() : "ctid";
            columns.add(new PlanColumn(name, output.type(), output.typmod(), output.collation()));
        }
        return List.copyOf(columns);
    }

    int width(BaseTable table) {
        int width = 0;
        for (int attribute : table.attributes()) {
            width += attribute < 0 ? 6 : width(table, attribute);
        }
        return width;
    }

    private int width(BaseTable table, int attribute) {
        Relation.Column column = table.relation().column(attribute);
        int length = statement.catalog().type(column.type()).map(t -> t.length()).orElse(-1);
        return length > 0 ? length : statement.catalog().statistics(table.relation().oid(), attribute).map(s -> s.width()).orElse(32);
    }
}
