package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
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

    AccessPaths(StatementPlan statement, Selectivity selectivity) {
        this.statement = statement;
        this.settings = statement.settings();
        this.selectivity = selectivity;
    }

    /** The cheapest way to the rows that fulfil all conditions, which may contain anything but columns of other tables. */
    Rel best(BaseTable table, List<Expr> conditions) {
        Optional<Rel> byTid = tidScan(table, conditions);
        if (byTid.isPresent()) {
            return byTid.get();
        }
        Rel best = seqScan(table, conditions);
        for (Relation.Index index : table.relation().indexes()) {
            if (isUsable(index)) {
                IndexMatch match = IndexMatch.of(index, table, conditions, statement.catalog());
                if (match.isUseful()) {
                    Rel candidate = indexScan(table, match, conditions, false);
                    if (candidate.plan().estimate().isCheaperThan(best.plan().estimate())) {
                        best = candidate;
                    }
                }
            }
        }
        return best;
    }

    /** The best index access that uses one of {@code joining}, conditions whose other side a nested loop fills in. */
    Optional<IndexMatch> probe(BaseTable table, List<Expr> own, List<Expr> joining) {
        List<Expr> all = new ArrayList<>(joining);
        all.addAll(own);
        IndexMatch best = null;
        for (Relation.Index index : table.relation().indexes()) {
            if (isUsable(index)) {
                IndexMatch match = IndexMatch.of(index, table, all, statement.catalog());
                boolean joins = match.used().stream().anyMatch(joining::contains);
                if (joins && (best == null || rows(table, match, all) < rows(table, best, all))) {
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
            if (!isUsable(index)) {
                continue;
            }
            IndexMatch match = IndexMatch.of(index, table, conditions, statement.catalog());
            boolean plainEquals = match.keys().stream().allMatch(Plan.KeyCondition.Equal.class::isInstance);
            for (boolean backward : new boolean[] {false, true}) {
                if (plainEquals && gives(index, match.equals(), backward, table, keys)) {
                    Rel scan = indexScan(table, match, conditions, backward);
                    if (best == null || scan.plan().estimate().isCheaperThan(best.plan().estimate())) {
                        best = scan;
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean gives(Relation.Index index, int fixed, boolean backward, BaseTable table, List<WantedOrder.OrderKey> keys) {
        int column = 0;
        for (WantedOrder.OrderKey key : keys) {
            if (!(key.expr() instanceof Expr.Var v) || v.levelsUp() != 0 || v.rangeIndex() != table.range()) {
                return false;
            }
            int place = index.columns().indexOf(v.attribute());
            if (place >= 0 && place < fixed) {
                continue;
            }
            column = Math.max(column, fixed);
            if (column >= index.keyColumns() || index.columns().get(column) != v.attribute()
                    || index.descending().get(column) != (key.descending() ^ backward)
                    || index.nullsFirst().get(column) != (key.nullsFirst() ^ backward)) {
                return false;
            }
            column++;
        }
        return true;
    }

    private static boolean isUsable(Relation.Index index) {
        return index.method() == BTREE && index.valid() && index.predicate().isEmpty();
    }

    Rel seqScan(BaseTable table, List<Expr> conditions) {
        double all = statement.rowEstimate(table.relation());
        double cost = statement.pageEstimate(table.relation()) * settings.sequentialPage()
                + all * (settings.tuple() + conditions.size() * settings.operator());
        double rows = Costs.atLeastOne(all * selectivity.of(conditions));
        Estimate estimate = new Estimate(0, cost, rows, width(table), settings.seqScan() ? 0 : 1);
        return rel(table, new Plan.SeqScan(columns(table), estimate, table.relation().oid(), table.alias(), table.attributes(),
                placed(table, conditions)));
    }

    /** What an index can do for conditions. */
    IndexMatch match(Relation.Index index, BaseTable table, List<Expr> conditions) {
        return IndexMatch.of(index, table, conditions, statement.catalog());
    }

    Rel indexScan(BaseTable table, IndexMatch match, List<Expr> conditions, boolean backward) {
        List<Expr> rest = rest(match, conditions);
        return rel(table, new Plan.IndexScan(columns(table), estimate(table, match, conditions), table.relation().oid(), table.alias(),
                table.attributes(), match.index().oid(), match.keys(), match.range(), backward, placed(table, match.used()), placed(table, rest)));
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
        double fetched = rows(table, match, match.used());
        double rows = Costs.atLeastOne(fetched * selectivity.of(rest));
        double all = statement.rowEstimate(table.relation());
        double descent = Math.log(all + 2) * settings.operator() * 4 + 0.05;
        double perRow = settings.indexTuple() + settings.tuple() + rest.size() * settings.operator() + settings.randomPage() * FETCH;
        return new Estimate(descent, descent + fetched * perRow, rows, width(table), settings.indexScan() ? 0 : 1);
    }

    private double rows(BaseTable table, IndexMatch match, List<Expr> conditions) {
        if (match.isUniqueLookup()) {
            return 1;
        }
        List<Expr> used = conditions.stream().filter(match.used()::contains).toList();
        return Costs.atLeastOne(statement.rowEstimate(table.relation()) * selectivity.of(used));
    }

    private Optional<Rel> tidScan(BaseTable table, List<Expr> conditions) {
        for (Expr condition : conditions) {
            Optional<Plan.TidSource> source = tidSource(condition, table);
            if (source.isPresent()) {
                List<Expr> rest = conditions.stream().filter(c -> c != condition).toList();
                return Optional.of(rel(table, new Plan.TidScan(columns(table), new Estimate(0, 1, 1, width(table)),
                        table.relation().oid(), table.alias(), table.attributes(), source.get(), placed(table, rest))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Plan.TidSource> tidSource(Expr condition, BaseTable table) {
        return switch (condition) {
            case Expr.CurrentOf c when c.rangeIndex() == table.range() -> Optional.of(new Plan.TidSource.CurrentOf(c.cursor()));
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

    private static Optional<Expr> placed(BaseTable table, List<Expr> conditions) {
        return Conditions.and(new Rel(new Plan.Result(List.of(), Estimate.NONE, List.of(), Optional.empty()), table.outputs(),
                new BitSet()).place(conditions));
    }

    private static Rel rel(BaseTable table, Plan plan) {
        BitSet ranges = new BitSet();
        ranges.set(table.range());
        return new Rel(plan, table.outputs(), ranges);
    }

    private static List<PlanColumn> columns(BaseTable table) {
        List<PlanColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.attributes().size(); i++) {
            Expr output = table.outputs().get(i);
            int attribute = table.attributes().get(i);
            String name = attribute > 0 ? table.relation().column(attribute).name() : "ctid";
            columns.add(new PlanColumn(name, output.type(), output.typmod(), output.collation()));
        }
        return List.copyOf(columns);
    }

    private int width(BaseTable table) {
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
