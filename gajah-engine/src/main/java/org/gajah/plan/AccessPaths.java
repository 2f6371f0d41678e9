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

    private final StatementPlan statement;

    AccessPaths(StatementPlan statement) {
        this.statement = statement;
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
                    if (candidate.plan().estimate().total() < best.plan().estimate().total()) {
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
    Optional<Rel> ordered(BaseTable table, List<Expr> conditions, List<OrderKey> keys) {
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
                    if (best == null || scan.plan().estimate().total() < best.plan().estimate().total()) {
                        best = scan;
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** One key of a wanted order. */
    record OrderKey(Expr expr, boolean descending, boolean nullsFirst) {
    }

    private static boolean gives(Relation.Index index, int fixed, boolean backward, BaseTable table, List<OrderKey> keys) {
        int column = 0;
        for (OrderKey key : keys) {
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
        double cost = statement.pageEstimate(table.relation()) + all * (Costs.TUPLE + conditions.size() * Costs.OPERATOR);
        double rows = Costs.atLeastOne(all * Selectivity.of(conditions, statement.catalog()));
        Estimate estimate = new Estimate(0, cost, rows, width(table));
        return rel(table, new Plan.SeqScan(columns(table), estimate, table.relation().oid(), table.alias(), table.attributes(),
                placed(table, conditions)));
    }

    Rel indexScan(BaseTable table, IndexMatch match, List<Expr> conditions, boolean backward) {
        List<Expr> rest = conditions.stream().filter(c -> !match.used().contains(c)).toList();
        double fetched = rows(table, match, match.used());
        double rows = Costs.atLeastOne(fetched * Selectivity.of(rest, statement.catalog()));
        double all = statement.rowEstimate(table.relation());
        double descent = Math.log(all + 2) * Costs.OPERATOR * 4 + 0.05;
        double perRow = Costs.INDEX_TUPLE + Costs.TUPLE + rest.size() * Costs.OPERATOR + 0.3;
        Estimate estimate = new Estimate(descent, descent + fetched * perRow, rows, width(table));
        return rel(table, new Plan.IndexScan(columns(table), estimate, table.relation().oid(), table.alias(), table.attributes(),
                match.index().oid(), match.keys(), match.range(), backward, placed(table, match.used()), placed(table, rest)));
    }

    private double rows(BaseTable table, IndexMatch match, List<Expr> conditions) {
        if (match.isUniqueLookup()) {
            return 1;
        }
        List<Expr> used = conditions.stream().filter(match.used()::contains).toList();
        return Costs.atLeastOne(statement.rowEstimate(table.relation()) * Selectivity.of(used, statement.catalog()));
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

    private static int width(BaseTable table) {
        return table.attributes().size() * 8;
    }
}
