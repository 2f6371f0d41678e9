package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.SortGroupClause;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.catalog.Catalog;
import org.gajah.foreign.ForeignCatalog;

/**
 * UNION, INTERSECT and EXCEPT of queries that one foreign server does whole, and the order and limit above them. Output expressions are
 * computed there too.
 */
final class ForeignSets {
    private final StatementPlan statement;
    private final Catalog catalog;

    ForeignSets(StatementPlan statement) {
        this.statement = statement;
        this.catalog = statement.catalog();
    }

    /** A branch that is done there whole: what is asked, with parameters numbered behind those before. */
    private record Branch(Plan.ForeignScan scan, ForeignQuery query, List<Expr> parameters) {
    }

    /** The combination as one scan; nothing if it cannot be. */
    Optional<Plan> combined(ForeignQuery.SetKind kind, boolean all, List<Plan> parts, List<PlanColumn> columns, Estimate estimate) {
        List<Branch> branches = new ArrayList<>();
        List<Expr> parameters = new ArrayList<>();
        for (Plan part : parts) {
            Optional<Branch> branch = branch(part, parameters.size(), columns.size());
            boolean together = branch.isPresent() && (branches.isEmpty() || branches.getFirst().scan.server() == branch.get().scan.server()
                    && branches.getFirst().scan.bases().getFirst().role() == branch.get().scan.bases().getFirst().role());
            if (!together) {
                return Optional.empty();
            }
            branches.add(branch.get());
            parameters.addAll(branch.get().parameters);
        }
        Plan.ForeignScan first = branches.getFirst().scan;
        ForeignPlanner planner = planner(first.server());
        boolean allowed = planner.combines(kind, all) && branches.stream().flatMap(b -> b.query.output().stream()).allMatch(e -> planner.computes(e)
                && (all && kind == ForeignQuery.SetKind.UNION || planner.groupsBy(e)));
        if (!allowed) {
            return Optional.empty();
        }
        List<ForeignColumn> named = new ArrayList<>();
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            PlanColumn c = columns.get(i);
            named.add(new ForeignColumn(i + 1, "c" + (i + 1), ForeignCatalog.type(catalog, c.type(), c.typmod()), false, Map.of("column_name", "c" + (i + 1))));
            outputs.add(new Expr.InputColumn(0, i, c.type(), c.typmod(), c.collation()));
        }
        ForeignQuery asked = ForeignQuery.of(new ForeignQuery.From.Combined(kind, all, branches.stream().map(Branch::query).toList(), named), List.of(),
                named.stream().map(c -> (ForeignExpr) new ForeignExpr.Column(0, c)).toList());
        List<Plan.ForeignBase> bases = branches.stream().flatMap(b -> b.scan.bases().stream()).toList();
        Estimate cost = ForeignPaths.estimate(planner, estimate.rows(), estimate.rows(), estimate.width());
        return Optional.of(new Plan.ForeignScan(columns, cost, first.server(), bases, outputs, asked, planner.query(asked), parameters, Optional.empty(),
                List.of()));
    }

    private ForeignPlanner planner(int oid) {
        ForeignServer server = ForeignCatalog.server(catalog, oid);
        return statement.foreignPlanner(server);
    }

    private Optional<Branch> branch(Plan plan, int before, int width) {
        Plan from = plan instanceof Plan.Project p ? p.child() : plan;
        boolean whole = from instanceof Plan.ForeignScan s && s.filter().isEmpty() && s.query().order().isEmpty() && s.query().limit().isEmpty()
                && s.query().offset().isEmpty() && s.query().lock().isEmpty() && s.query().distinctOn().isEmpty() && s.feed().isEmpty();
        if (!whole) {
            return Optional.empty();
        }
        Plan.ForeignScan scan = (Plan.ForeignScan) from;
        ForeignExprs exprs = new ForeignExprs(catalog, scan.parameters());
        boolean nested = scan.query().from() instanceof ForeignQuery.From.Combined;
        if (!nested) {
            scan.bases().forEach(b -> exprs.add(b.range(), statement.foreignTable(catalog.relation(b.relation()).orElseThrow(), b.role())));
        }
        List<ForeignExpr> outputs = new ArrayList<>(scan.query().output());
        if (plan instanceof Plan.Project p) {
            outputs.clear();
            for (Expr e : p.expressions()) {
                Optional<ForeignExpr> output = nested ? e instanceof Expr.InputColumn c ? Optional.of(scan.query().output().get(c.column())) : Optional.empty()
                        : exprs.translate(unplaced(e, scan.outputs()));
                if (output.isEmpty() || scan.query().distinct() && !scan.query().output().contains(output.get())) {
                    return Optional.empty();
                }
                outputs.add(output.get());
            }
        }
        boolean same = outputs.size() == width && !(scan.query().distinct() && outputs.size() != scan.query().output().size());
        return same ? Optional.of(new Branch(scan, shifted(scan.query().withOutput(outputs), before), exprs.parameters())) : Optional.empty();
    }

    /** An expression over a scan's columns as one of the query level. */
    private static Expr unplaced(Expr e, List<Expr> outputs) {
        return e instanceof Expr.InputColumn c ? outputs.get(c.column()) : Exprs.mapChildren(e, child -> unplaced(child, outputs));
    }

    private static ForeignQuery shifted(ForeignQuery q, int by) {
        return by == 0 ? q : new ForeignQuery(shifted(q.from(), by), shifted(q.where(), by), q.grouped(), shifted(q.groupBy(), by), shifted(q.having(), by),
                q.distinct(), shifted(q.output(), by), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ForeignQuery.From shifted(ForeignQuery.From from, int by) {
        return switch (from) {
            case ForeignQuery.From.Table t -> t;
            case ForeignQuery.From.Join j -> new ForeignQuery.From.Join(j.kind(), shifted(j.left(), by), shifted(j.right(), by), shifted(j.on(), by));
            case ForeignQuery.From.Combined c -> new ForeignQuery.From.Combined(c.kind(), c.all(), c.parts().stream().map(p -> shifted(p, by)).toList(),
                    c.columns());
        };
    }

    private static List<ForeignExpr> shifted(List<ForeignExpr> exprs, int by) {
        return exprs.stream().map(e -> shifted(e, by)).toList();
    }

    private static ForeignExpr shifted(ForeignExpr e, int by) {
        return e instanceof ForeignExpr.Parameter p ? new ForeignExpr.Parameter(p.number() + by, p.type()) : e.map(child -> shifted(child, by));
    }

    /** The combination in the query's order; {@code query} is the level with the set operation. */
    Optional<Plan> sorted(Plan plan, Query query) {
        if (!(plan instanceof Plan.ForeignScan scan) || query.orderBy().isEmpty()) {
            return Optional.empty();
        }
        ForeignPlanner planner = planner(scan.server());
        List<ForeignQuery.SortKey> keys = new ArrayList<>();
        for (SortGroupClause s : query.orderBy()) {
            int column = QueryPlanner.indexOf(query.targets(), s.reference());
            ForeignQuery.SortKey key = new ForeignQuery.SortKey(scan.query().output().get(column), s.descending(), s.nullsFirst(),
                    ForeignExprs.sortCollation(catalog, scan.outputs().get(column)));
            if (!planner.sorts(key)) {
                return Optional.empty();
            }
            keys.add(key);
        }
        return Optional.of(with(scan, scan.query().withOrder(keys), scan.parameters(), scan.estimate()));
    }

    /** The first rows of the combination. */
    Optional<Plan> limited(Plan plan, Optional<Expr> count, Optional<Expr> offset, Estimate estimate) {
        if (!(plan instanceof Plan.ForeignScan scan) || !planner(scan.server()).limits()) {
            return Optional.empty();
        }
        ForeignExprs exprs = new ForeignExprs(catalog, scan.parameters());
        Optional<ForeignExpr> most = count.flatMap(exprs::translate);
        Optional<ForeignExpr> skipped = offset.flatMap(exprs::translate);
        return most.isPresent() == count.isPresent() && skipped.isPresent() == offset.isPresent()
                ? Optional.of(with(scan, scan.query().withLimit(most, skipped), exprs.parameters(), estimate)) : Optional.empty();
    }

    private Plan with(Plan.ForeignScan scan, ForeignQuery q, List<Expr> parameters, Estimate estimate) {
        return new Plan.ForeignScan(scan.columns(), estimate, scan.server(), scan.bases(), scan.outputs(), q, planner(scan.server()).query(q),
                List.copyOf(parameters), Optional.empty(), scan.notes());
    }
}
