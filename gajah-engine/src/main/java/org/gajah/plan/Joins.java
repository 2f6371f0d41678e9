package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.SqlError;

/** Makes plans of the join paths that were chosen. */
final class Joins {
    private final StatementPlan statement;
    private final JoinProblem problem;
    private final AccessPaths paths;
    private final Selectivity selectivity;
    private final ForeignJoins foreign;

    Joins(StatementPlan statement, JoinProblem problem, AccessPaths paths, Selectivity selectivity, ForeignJoins foreign) {
        this.foreign = foreign;
        this.statement = statement;
        this.problem = problem;
        this.paths = paths;
        this.selectivity = selectivity;
    }

    /** The rel with conditions applied above it; conditions without columns are checked once, before the rel is run. */
    static Rel filter(Rel rel, List<Expr> conditions, Selectivity selectivity) {
        if (conditions.isEmpty()) {
            return rel;
        }
        List<Expr> perRow = new ArrayList<>();
        List<Expr> once = new ArrayList<>();
        for (Expr c : conditions) {
            boolean constant = Conditions.ranges(c).isEmpty() && !Exprs.any(c, e -> IndexMatch.isVolatile(e, selectivity.catalog())
                    || e instanceof Expr.AggregateCall);
            (constant ? once : perRow).add(c);
        }
        Rel result = rel;
        if (!perRow.isEmpty()) {
            Expr condition = Conditions.and(rel.place(perRow)).orElseThrow();
            double rows = rel.rows() * selectivity.of(perRow);
            result = result.withPlan(new Plan.Filter(Costs.above(rel.plan(), rows, Costs.OPERATOR * perRow.size()), rel.plan(), condition));
        }
        if (!once.isEmpty()) {
            Expr condition = Conditions.and(once).orElseThrow();
            result = result.withPlan(new Plan.Gate(result.plan().estimate(), result.plan(), condition));
        }
        return result;
    }

    /** The plan of a path. */
    Rel build(JoinPath path) {
        return switch (path) {
            case JoinPath.Scan p -> p.rel();
            case JoinPath.Hash p -> filtered(hash(p), p.filter(), p.estimate());
            case JoinPath.Loop p -> filtered(loop(p), p.filter(), p.estimate());
            case JoinPath.Probe p -> filtered(probe(p), p.filter(), p.estimate());
            case JoinPath.Asked p -> filtered(asked(p), p.filter(), p.estimate());
        };
    }

    private Rel filtered(Rel rel, List<JoinClause> filter, Estimate estimate) {
        if (filter.isEmpty()) {
            return rel;
        }
        Expr condition = Conditions.and(rel.place(JoinCosts.exprs(filter))).orElseThrow();
        return rel.withPlan(new Plan.Filter(estimate, rel.plan(), condition));
    }

    /** One input of a join; a scan of a foreign server says why it is not joined there. */
    private Rel side(JoinPath.Side side) {
        return foreign.told(build(side.path()), side.rel().leaves);
    }

    private Rel hash(JoinPath.Hash p) {
        Rel unfed = side(p.left());
        Rel left = p.fed() ? unfed.withPlan(new ForeignFeed(statement).fed(ForeignFeed.scan(p.left().path()).orElseThrow(), p.on(), p.left().rel().leaves,
                p.right().rel().leaves).orElseThrow()) : unfed;
        Rel right = side(p.right());
        List<Expr> leftKeys = new ArrayList<>();
        List<Expr> rightKeys = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (JoinClause c : p.on()) {
            if (c.hashes(p.left().rel().leaves, p.right().rel().leaves)) {
                JoinClause.Sides sides = c.sides.orElseThrow();
                leftKeys.add(sides.of(p.left().rel().leaves));
                rightKeys.add(sides.of(p.right().rel().leaves));
            } else {
                rest.add(c.expr);
            }
        }
        List<Expr> outputs = outputs(p.kind(), left, right);
        Rel.Placer both = new Rel.Placer(List.of(left, right));
        Plan plan = new Plan.HashJoin(columns(p.kind(), left, right), p.estimate(), p.kind(), left.plan(), right.plan(), left.place(leftKeys),
                right.place(rightKeys), Conditions.and(rest).map(both::place), false);
        return joined(left, right, plan, outputs);
    }

    private static boolean givesRight(Plan.JoinKind kind) {
        return kind != Plan.JoinKind.SEMI && kind != Plan.JoinKind.ANTI;
    }

    private static List<Expr> outputs(Plan.JoinKind kind, Rel left, Rel right) {
        if (!givesRight(kind)) {
            return left.outputs();
        }
        List<Expr> outputs = new ArrayList<>(left.outputs());
        outputs.addAll(right.outputs());
        return outputs;
    }

    private static List<PlanColumn> columns(Plan.JoinKind kind, Rel left, Rel right) {
        return Rel.columnsOf(outputs(kind, left, right));
    }

    private static Rel joined(Rel left, Rel right, Plan plan, List<Expr> outputs) {
        BitSet needs = Rel.union(left.needs(), right.needs());
        BitSet ranges = Rel.union(left.ranges(), right.ranges());
        needs.andNot(ranges);
        return new Rel(plan, outputs, ranges, needs);
    }

    private Rel loop(JoinPath.Loop p) {
        Rel left = side(p.left());
        Rel right = side(p.right());
        List<Plan.Binding> bindings = bindings(p.left().rel(), p.right().rel(), left);
        boolean kept = right.plan() instanceof Plan.ValuesScan || right.plan() instanceof Plan.Materialize || right.plan() instanceof Plan.CteScan;
        Rel inner = kept || !statement.settings().material() || !bindings.isEmpty() ? right
                : right.withPlan(new Plan.Materialize(Costs.above(right.plan(), right.rows(), Costs.OPERATOR), right.plan()));
        return loop(p.kind(), left, inner, bindings, JoinCosts.exprs(p.on()), p.estimate());
    }

    /** The slots that items on the right read of the left side's columns. */
    private List<Plan.Binding> bindings(JoinRel leftRel, JoinRel rightRel, Rel left) {
        if ((rightRel.needs & leftRel.leaves) == 0) {
            return List.of();
        }
        List<Plan.Binding> bindings = new ArrayList<>();
        for (long rest = rightRel.leaves; rest != 0; rest &= rest - 1) {
            for (Plan.Binding b : problem.items.get(Long.numberOfTrailingZeros(rest)).bindings()) {
                long refs = problem.refs(b.value());
                if ((refs & leftRel.leaves) != 0) {
                    if ((refs & ~leftRel.leaves) != 0) {
                        throw SqlError.notSupported("a LATERAL expression over several tables in different places of a join is not supported");
                    }
                    bindings.add(new Plan.Binding(b.slot(), left.place(b.value())));
                }
            }
        }
        return bindings;
    }

    private static Rel loop(Plan.JoinKind kind, Rel left, Rel right, List<Plan.Binding> bindings, List<Expr> conditions, Estimate estimate) {
        Rel.Placer both = new Rel.Placer(List.of(left, right));
        Plan plan = new Plan.NestedLoop(columns(kind, left, right), estimate, kind, left.plan(), right.plan(), bindings,
                Conditions.and(conditions).map(both::place));
        return joined(left, right, plan, outputs(kind, left, right));
    }

    private Rel asked(JoinPath.Asked p) {
        Rel left = build(p.left().path());
        List<Plan.Binding> bindings = new ArrayList<>();
        p.right().slots().forEach((value, slot) -> bindings.add(new Plan.Binding(slot, left.place(value))));
        return loop(p.kind(), left, p.right().inner(), bindings, List.of(), p.estimate());
    }

    /** Looks an index of the right table up for each left row. */
    private Rel probe(JoinPath.Probe p) {
        BaseTable table = problem.items.get(p.right()).table().orElseThrow();
        Rel left = p.distinct() ? distinct(p) : build(p.left().path());
        Map<Expr, Integer> slots = new LinkedHashMap<>();
        List<Expr> all = new ArrayList<>();
        for (JoinClause c : p.on()) {
            all.add(bind(c.expr, left.ranges(), slots));
        }
        for (JoinClause c : problem.clauses) {
            if (c.required == 1L << p.right() && c.owner.isEmpty()) {
                all.add(c.expr);
            }
        }
        IndexMatch match = paths.match(p.match().index(), table, all).orElseThrow();
        Rel inner = paths.indexScan(table, match, all, false);
        List<Plan.Binding> bindings = new ArrayList<>();
        slots.forEach((value, slot) -> bindings.add(new Plan.Binding(slot, left.place(value))));
        return loop(p.kind(), left, inner, bindings, List.of(), p.estimate());
    }

    /** The left side of a semi join that was turned round: each key once. */
    private Rel distinct(JoinPath.Probe p) {
        Rel right = build(p.left().path());
        List<Expr> keys = new ArrayList<>();
        for (JoinClause c : p.on()) {
            Expr key = JoinCosts.plain(c.sides.orElseThrow().of(p.left().rel().leaves));
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        Plan projected = OutputPlanner.project(right, keys, Rel.columnsOf(keys));
        double rows = selectivity.groups(keys, right.rows());
        Plan plan = new Plan.HashDistinct(Costs.blocking(projected, rows, Costs.HASH_ROW), projected, IntStream.range(0, keys.size()).boxed().toList());
        return new Rel(plan, keys, right.ranges(), right.needs());
    }

    private Expr bind(Expr e, BitSet ranges, Map<Expr, Integer> slots) {
        if (e instanceof Expr.Var v && ranges.get(v.rangeIndex())) {
            return new Expr.ExecParam(slots.computeIfAbsent(v, k -> statement.newSlot()), v.type(), v.typmod(), v.collation());
        }
        return Exprs.mapChildren(e, child -> bind(child, ranges, slots));
    }
}
