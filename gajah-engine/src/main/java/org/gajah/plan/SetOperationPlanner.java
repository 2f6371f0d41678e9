package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.api.foreign.ForeignQuery;

/** Plans UNION, INTERSECT, EXCEPT and what stands above them: order and limit. */
final class SetOperationPlanner {
    private final QueryPlanner level;
    private final Query query;
    private final ForeignUnits foreign;

    SetOperationPlanner(QueryPlanner level) {
        this.level = level;
        this.query = level.query();
        this.foreign = new ForeignUnits(level.statement());
    }

    Plan plan() {
        Rel combined = rel(plan(query.setOperation().orElseThrow()));
        List<Expr> targets = query.targets().stream().map(t -> level.preparer().prepare(t.expr())).toList();
        ForeignUpper foreign = new ForeignUpper(query, targets, level.statement(), new Selectivity(level.statement()), rel -> Optional.empty());
        Optional<Rel> sorted = foreign.sorted(combined);
        Rel ordered = sorted.orElse(combined);
        boolean part = ordered.plan() instanceof Plan.ForeignScan && (query.limit().isPresent() || query.offset().isPresent());
        Optional<Rel> limited = part && (sorted.isPresent() || query.orderBy().isEmpty()) ? foreign.limited(ordered, query.limit().map(level.preparer()::prepare),
                query.offset().map(level.preparer()::prepare), level.limit(ordered.plan()).estimate()) : Optional.empty();
        Plan plan = projectTargets(limited.orElse(ordered), targets);
        List<PlanColumn> columns = plan.columns();
        if (limited.isEmpty()) {
            plan = level.limit(sorted.isPresent() ? plan : OutputPlanner.sort(plan, query));
        }
        return OutputPlanner.withoutJunk(plan, query.targets(), columns);
    }

    /** A recursive WITH query: {@code UNION [ALL]} whose right side reads the work table. */
    Plan planRecursive(int workTable) {
        new CtePlanner(level.scope()).plan();
        Query.SetOperation.Node node = (Query.SetOperation.Node) query.setOperation().orElseThrow();
        Plan left = plan(node.left());
        Plan right = plan(node.right());
        Estimate l = left.estimate();
        Estimate estimate = new Estimate(l.startup(), l.total() + right.estimate().total() * 10, l.rows() + right.estimate().rows() * 10, l.width());
        return new Plan.RecursiveUnion(columns(node), estimate, left, right, workTable, !node.all());
    }

    /** The targets refer to the leftmost leaf's columns: by position, those of the combination. */
    private Plan projectTargets(Rel rel, List<Expr> targets) {
        Plan combined = rel.plan();
        List<Expr> exprs = rel.place(targets);
        List<PlanColumn> columns = new ArrayList<>();
        for (int i = 0; i < exprs.size(); i++) {
            Expr e = exprs.get(i);
            columns.add(new PlanColumn(query.targets().get(i).name(), e.type(), e.typmod(), e.collation()));
        }
        boolean same = exprs.size() == combined.columns().size() && IntStream.range(0, exprs.size())
                .allMatch(i -> exprs.get(i) instanceof Expr.InputColumn c && c.column() == i
                        && columns.get(i).equals(combined.columns().get(i)));
        return same ? combined : new Plan.Project(columns, combined.estimate(), combined, exprs);
    }

    private Rel rel(Plan combined) {
        int leftmost = leftmost(query.setOperation().orElseThrow());
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < combined.columns().size(); i++) {
            int attribute = i + 1;
            PlanColumn c = combined.columns().get(i);
            Expr var = query.targets().stream().map(t -> level.preparer().prepare(t.expr()))
                    .filter(e -> e instanceof Expr.Var v && v.rangeIndex() == leftmost && v.attribute() == attribute).findFirst()
                    .orElse(new Expr.Var(leftmost, attribute, c.type(), c.typmod(), c.collation(), 0, 0));
            outputs.add(var);
        }
        return new Rel(combined, outputs, QueryPlanner.range(leftmost));
    }

    private static int leftmost(Query.SetOperation operation) {
        return switch (operation) {
            case Query.SetOperation.Leaf leaf -> leaf.rangeIndex();
            case Query.SetOperation.Node node -> leftmost(node.left());
        };
    }

    private Plan plan(Query.SetOperation operation) {
        return switch (operation) {
            case Query.SetOperation.Leaf leaf -> new QueryPlanner(level.statement(),
                    ((RangeEntry.Subquery) query.rangeTable().get(leaf.rangeIndex())).query(), Optional.of(level.scope())).planSelect();
            case Query.SetOperation.Node node -> combine(node);
        };
    }

    private Plan combine(Query.SetOperation.Node node) {
        List<PlanColumn> columns = columns(node);
        if (node.kind() != Query.SetOperation.Kind.UNION) {
            Plan left = plan(node.left());
            Plan right = plan(node.right());
            Plan.SetOperation.Kind kind = node.kind() == Query.SetOperation.Kind.INTERSECT ? Plan.SetOperation.Kind.INTERSECT
                    : Plan.SetOperation.Kind.EXCEPT;
            Estimate l = left.estimate();
            double total = l.total() + right.estimate().total() + (l.rows() + right.estimate().rows()) * Costs.HASH_ROW;
            Estimate estimate = new Estimate(total, total, l.rows(), l.width());
            return foreign.combined(ForeignQuery.SetKind.valueOf(kind.name()), node.all(), List.of(left, right), columns, leftmost(node), estimate)
                    .orElseGet(() -> new Plan.SetOperation(columns, estimate, kind, node.all(), left, right));
        }
        List<Plan> children = new ArrayList<>();
        collectUnion(node, node.all(), children);
        double total = children.stream().mapToDouble(c -> c.estimate().total()).sum();
        double rows = children.stream().mapToDouble(c -> c.estimate().rows()).sum();
        Optional<Plan> there = foreign.combined(ForeignQuery.SetKind.UNION, node.all(), children, columns, leftmost(node), new Estimate(0, total, rows, columns.size() * 8));
        if (there.isPresent()) {
            return there.get();
        }
        Plan append = new Plan.Append(columns, new Estimate(0, total + rows * Costs.OPERATOR, rows, columns.size() * 8), children);
        return node.all() ? append : new Plan.HashDistinct(Costs.above(append, rows, Costs.HASH_ROW), append,
                IntStream.range(0, columns.size()).boxed().toList());
    }

    /** UNIONs within a UNION become one Append; within UNION (distinct) so does a UNION ALL, whose duplicates go anyway. */
    private void collectUnion(Query.SetOperation operation, boolean all, List<Plan> children) {
        if (operation instanceof Query.SetOperation.Node n && n.kind() == Query.SetOperation.Kind.UNION && (n.all() || !all)) {
            collectUnion(n.left(), all, children);
            collectUnion(n.right(), all, children);
        } else {
            children.add(plan(operation));
        }
    }

    private List<PlanColumn> columns(Query.SetOperation.Node node) {
        List<PlanColumn> columns = new ArrayList<>();
        List<String> names = query.targets().stream().filter(t -> !t.junk()).map(t -> t.name()).toList();
        for (int i = 0; i < node.types().size(); i++) {
            String name = i < names.size() ? names.get(i) : "";
            columns.add(new PlanColumn(name, node.types().get(i), node.typmods().get(i), node.collations().get(i)));
        }
        return List.copyOf(columns);
    }
}
