package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Volatility;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignQuery.From;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.catalog.Catalog;
import org.gajah.foreign.ForeignCatalog;

/**
 * Plans that one foreign server does whole, as parts of a greater query there: subqueries of FROM, and the queries of UNION, INTERSECT and
 * EXCEPT. What is computed here above such a scan is computed there instead, if the server does it alike.
 */
final class ForeignUnits {
    private final StatementPlan statement;
    private final Catalog catalog;

    ForeignUnits(StatementPlan statement) {
        this.statement = statement;
        this.catalog = statement.catalog();
    }

    /**
     * A query that is done there whole.
     *
     * @param outputs for each of the plan's columns what it is there; nothing if the server does not compute it
     * @param bases   what the query reads
     */
    private record Part(Plan.ForeignScan scan, ForeignQuery query, List<Optional<ForeignExpr>> outputs, List<Plan.ForeignBase> bases, List<Expr> parameters) {
    }

    /** A subquery of FROM; nothing if it is not done there whole, or the server takes none. */
    Optional<ForeignItem> item(int range, String alias, Plan plan) {
        return part(plan, false).flatMap(p -> derived(range, alias, plan.columns(), List.of(p), ForeignQuery.SetKind.UNION, true));
    }

    /** The combination as one scan, whose columns are those of the range table entry {@code range}; nothing if it cannot be. */
    Optional<Plan> combined(ForeignQuery.SetKind kind, boolean all, List<Plan> plans, List<PlanColumn> columns, int range, Estimate estimate) {
        List<Part> parts = new ArrayList<>();
        for (Plan plan : plans) {
            Optional<Part> part = part(plan, true).filter(p -> p.outputs.size() == columns.size() && p.outputs.stream().allMatch(Optional::isPresent));
            boolean together = part.isPresent() && (parts.isEmpty() || parts.getFirst().scan.server() == part.get().scan.server()
                    && parts.getFirst().scan.role() == part.get().scan.role());
            if (!together) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        ForeignPlanner planner = planner(parts.getFirst().scan);
        boolean keeps = all && kind == ForeignQuery.SetKind.UNION;
        boolean allowed = planner.combines(kind, all) && parts.stream().flatMap(p -> p.outputs.stream().flatMap(Optional::stream))
                .allMatch(e -> planner.computes(e) && (keeps || e instanceof ForeignExpr.Constant || planner.groupsBy(e)));
        return allowed ? derived(range, "", columns, parts, kind, all)
                .map(i -> scan(i, planner, columns, estimate)) : Optional.empty();
    }

    private Plan scan(ForeignItem item, ForeignPlanner planner, List<PlanColumn> columns, Estimate estimate) {
        ForeignExprs exprs = new ForeignExprs(catalog);
        From from = item.enter(exprs, statement);
        ForeignQuery asked = ForeignQuery.of(from, List.of(), item.outputs().stream().map(o -> exprs.translate(o).orElseThrow()).toList());
        Estimate cost = ForeignPaths.estimate(planner, estimate.rows(), estimate.rows(), estimate.width());
        return new Plan.ForeignScan(columns, cost, item.server(), List.of(item.base()), item.outputs(), asked, planner.query(asked), List.copyOf(exprs.parameters()),
                Optional.empty(), List.of());
    }

    private ForeignPlanner planner(Plan.ForeignScan scan) {
        ForeignServer server = ForeignCatalog.server(catalog, scan.server());
        return statement.foreignPlanner(server);
    }

    private Optional<ForeignItem> derived(int range, String alias, List<PlanColumn> columns, List<Part> parts, ForeignQuery.SetKind kind, boolean all) {
        Plan.ForeignScan first = parts.getFirst().scan;
        ForeignPlanner planner = planner(first);
        ForeignExprs exprs = new ForeignExprs(catalog);
        List<int[]> numbers = parts.stream().map(p -> exprs.adopt(p.parameters)).toList();
        List<ForeignColumn> known = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            List<ForeignExpr> values = parts.stream().flatMap(p -> p.outputs.get(column).stream()).toList();
            if (values.size() == parts.size()) {
                planner.derived(i + 1, ForeignCatalog.type(catalog, columns.get(i).type(), columns.get(i).typmod()), values).ifPresent(known::add);
            }
        }
        boolean narrowed = known.size() < columns.size() && (parts.size() > 1 || parts.getFirst().query.distinct() && parts.getFirst().query.distinctOn().isEmpty());
        if (!planner.nests() || narrowed) {
            return Optional.empty();
        }
        List<ForeignQuery> queries = IntStream.range(0, parts.size()).mapToObj(p -> ForeignParameters.moved(parts.get(p).query.withOutput(known.stream()
                .map(c -> parts.get(p).outputs.get(c.number() - 1).orElseThrow()).toList()), numbers.get(p))).toList();
        From.Derived made = new From.Derived(0, queries, kind, all, List.copyOf(known));
        Optional<From.Derived> same = same(made);
        List<List<Plan.ForeignBase>> bases = same.isPresent() ? ((Plan.ForeignDerivedBase) parts.getFirst().bases.getFirst()).parts() : parts.stream().map(Part::bases).toList();
        Plan.ForeignBase base = new Plan.ForeignDerivedBase(range, alias, first.role(), columns.stream().map(PlanColumn::name).toList(), List.copyOf(known), bases);
        return Optional.of(new ForeignItem(base, first.server(), vars(range, columns), Optional.of(same.orElse(made)), List.copyOf(exprs.parameters())));
    }

    /** What a query that does nothing but repeat another, or several combined, repeats. */
    private static Optional<From.Derived> same(From.Derived made) {
        ForeignQuery q = made.parts().getFirst();
        boolean plain = made.parts().size() == 1 && q.from() instanceof From.Derived && q.where().isEmpty() && !q.grouped() && !q.distinct() && q.order().isEmpty() && !q.isPart();
        if (!plain) {
            return Optional.empty();
        }
        From.Derived inner = (From.Derived) q.from();
        List<ForeignExpr> all = inner.columns().stream().map(c -> (ForeignExpr) new ForeignExpr.Column(inner.number(), c)).toList();
        return q.output().equals(all) ? Optional.of(new From.Derived(0, inner.parts(), inner.kind(), inner.all(), made.columns())) : Optional.empty();
    }

    private static List<Expr> vars(int range, List<PlanColumn> columns) {
        return IntStream.range(0, columns.size()).mapToObj(i -> (Expr) new Expr.Var(range, i + 1, columns.get(i).type(), columns.get(i).typmod(),
                columns.get(i).collation(), 0, 0)).toList();
    }

    /** What a plan is there; {@code combined} with others a query has no order and no limit of its own. */
    private Optional<Part> part(Plan plan, boolean combined) {
        return below(plan, identity(plan)).flatMap(b -> part(b, combined));
    }

    private Optional<Part> part(Below below, boolean combined) {
        Plan.ForeignScan scan = below.scan;
        List<Expr> outputs = below.outputs;
        Part made = part(scan, outputs);
        ForeignQuery q = scan.query();
        List<ForeignExpr> given = made.outputs.stream().flatMap(Optional::stream).toList();
        boolean same = !q.distinct() || !q.distinctOn().isEmpty() || given.size() == made.outputs.size() && new HashSet<>(given).equals(new HashSet<>(q.output()));
        return same && !(combined && (q.isPart() || !q.order().isEmpty())) ? Optional.of(made) : nested(scan, outputs);
    }

    /** A query there whose outputs are expressions over a plan's columns; nothing if the plan is not done there whole, or not all of them can be said there. */
    Optional<Plan.ForeignScan> rows(Plan plan, List<Expr> values) {
        return below(plan, values).filter(b -> !b.scan.query().distinct()).flatMap(b -> {
            Plan.ForeignScan scan = b.scan;
            ForeignExprs exprs = ForeignExprs.of(scan, statement);
            List<ForeignExpr> translated = b.outputs.stream().flatMap(e -> exprs.translate(unplaced(e, scan.outputs())).stream()).toList();
            return translated.size() < values.size() ? Optional.empty() : Optional.of(new Plan.ForeignScan(scan.columns(), scan.estimate(), scan.server(), scan.bases(), scan.outputs(),
                    scan.query().withOutput(translated), scan.remote(), List.copyOf(exprs.parameters()), Optional.empty(), List.of()));
        });
    }

    /** A scan that nothing is left to check of, and expressions over its columns. */
    private record Below(Plan.ForeignScan scan, List<Expr> outputs) {
    }

    /** The scan of which a plan computes no more than expressions; {@code values} are some over the plan's columns. */
    private Optional<Below> below(Plan plan, List<Expr> values) {
        List<Expr> outputs = values;
        Plan from = plan;
        while (from instanceof Plan.Project p) {
            outputs = outputs.stream().map(e -> unplaced(e, p.expressions())).toList();
            from = p.child();
        }
        boolean whole = from instanceof Plan.ForeignScan s && s.filter().isEmpty() && s.query().lock().isEmpty() && s.feed().isEmpty()
                && outputs.stream().noneMatch(e -> Volatility.isVolatile(e, catalog));
        return whole ? Optional.of(new Below((Plan.ForeignScan) from, outputs)) : Optional.empty();
    }

    private static List<Expr> identity(Plan plan) {
        return IntStream.range(0, plan.columns().size()).mapToObj(i -> (Expr) new Expr.InputColumn(0, i, plan.columns().get(i).type(),
                plan.columns().get(i).typmod(), plan.columns().get(i).collation())).toList();
    }

    /** An expression over a plan's columns as one of what these are. */
    private static Expr unplaced(Expr e, List<Expr> outputs) {
        return e instanceof Expr.InputColumn c ? outputs.get(c.column()) : Exprs.mapChildren(e, child -> unplaced(child, outputs));
    }

    private Part part(Plan.ForeignScan scan, List<Expr> outputs) {
        ForeignExprs exprs = ForeignExprs.of(scan, statement);
        ForeignPlanner planner = planner(scan);
        List<Optional<ForeignExpr>> values = new ArrayList<>();
        for (Expr e : outputs) {
            values.add(exprs.translate(unplaced(e, scan.outputs())).filter(v -> v instanceof ForeignExpr.Column || planner.computes(v)));
        }
        return new Part(scan, scan.query(), values, scan.bases(), List.copyOf(exprs.parameters()));
    }

    /** Expressions of what a scan gives, which is a query within the query. */
    private Optional<Part> nested(Plan.ForeignScan scan, List<Expr> outputs) {
        return derived(0, "", scan.columns(), List.of(part(scan, identity(scan))), ForeignQuery.SetKind.UNION, true)
                .filter(item -> item.query().orElseThrow().columns().size() == scan.columns().size())
                .map(item -> part((Plan.ForeignScan) scan(item, planner(scan), scan.columns(), scan.estimate()), outputs));
    }
}
