package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.SqlError;

/** The ways to join two inputs: by hash, by looking up an index for each outer row, by comparing each with each. */
final class Joins {
    private static final int HASH = 405;

    private final StatementPlan statement;
    private final AccessPaths paths;

    Joins(StatementPlan statement, AccessPaths paths) {
        this.statement = statement;
        this.paths = paths;
    }

    /** The rel with conditions applied above it; conditions without columns are checked once, before the rel is run. */
    static Rel filter(Rel rel, List<Expr> conditions, StatementPlan statement) {
        List<Expr> perRow = new ArrayList<>();
        List<Expr> once = new ArrayList<>();
        for (Expr c : conditions) {
            boolean constant = Conditions.ranges(c).isEmpty() && !Exprs.any(c, e -> IndexMatch.isVolatile(e, statement.catalog())
                    || e instanceof Expr.AggregateCall);
            (constant ? once : perRow).add(c);
        }
        Rel result = rel;
        if (!perRow.isEmpty()) {
            Expr condition = Conditions.and(rel.place(perRow)).orElseThrow();
            double rows = rel.rows() * Selectivity.of(perRow, statement.catalog());
            result = result.withPlan(new Plan.Filter(Costs.above(rel.plan(), rows, Costs.OPERATOR * perRow.size()), rel.plan(), condition));
        }
        if (!once.isEmpty()) {
            Expr condition = Conditions.and(once).orElseThrow();
            result = result.withPlan(new Plan.Gate(result.plan().estimate(), result.plan(), condition));
        }
        return result;
    }

    /** The cheapest join; {@code kind} is INNER, LEFT or FULL. */
    Rel best(Plan.JoinKind kind, Rel left, JoinPlanner.Ready right, List<Expr> conditions) {
        double rows = rows(kind, left, right, conditions);
        if (!right.item().bindings().isEmpty()) {
            return lateral(kind, left, right, conditions, rows);
        }
        List<Equality> equalities = equalities(conditions, left, right.rel());
        Rel best = null;
        if (!equalities.isEmpty()) {
            best = cheaper(best, hash(kind, left, right.rel(), conditions, equalities, rows));
            if (kind == Plan.JoinKind.INNER) {
                best = cheaper(best, hash(kind, right.rel(), left, conditions, equalities(conditions, right.rel(), left), rows));
            }
        }
        if (kind == Plan.JoinKind.FULL) {
            if (best == null) {
                throw SqlError.notSupported("FULL JOIN is only supported with merge-joinable or hash-joinable join conditions");
            }
            return best;
        }
        Optional<Rel> probed = probe(kind, left, right, conditions, rows);
        if (probed.isPresent()) {
            best = cheaper(best, probed.get());
        }
        return cheaper(best, nestedLoop(kind, left, right.rel(), conditions, rows));
    }

    private static Rel cheaper(Rel a, Rel b) {
        return a == null || b.plan().estimate().total() < a.plan().estimate().total() ? b : a;
    }

    private double rows(Plan.JoinKind kind, Rel left, JoinPlanner.Ready right, List<Expr> conditions) {
        double rows = left.rows() * right.rel().rows();
        List<Equality> equalities = equalities(conditions, left, right.rel());
        if (!equalities.isEmpty()) {
            rows = Math.min(rows, Math.max(left.rows(), right.rel().rows()));
        }
        List<Expr> others = conditions.stream().filter(c -> equalities.stream().noneMatch(e -> e.condition == c)).toList();
        rows *= Selectivity.of(others, statement.catalog());
        return Costs.atLeastOne(kind == Plan.JoinKind.INNER ? rows : Math.max(rows, left.rows()));
    }

    /** A condition {@code left = right} that a hash join can use. */
    private record Equality(Expr condition, Expr left, Expr right) {
    }

    private List<Equality> equalities(List<Expr> conditions, Rel left, Rel right) {
        List<Equality> found = new ArrayList<>();
        for (Expr c : conditions) {
            if (c instanceof Expr.OperatorCall o && o.args().size() == 2 && isHashable(o)) {
                Expr a = o.args().get(0);
                Expr b = o.args().get(1);
                if (sees(left, a) && sees(right, b)) {
                    found.add(new Equality(c, a, b));
                } else if (sees(left, b) && sees(right, a)) {
                    found.add(new Equality(c, b, a));
                }
            }
        }
        return found;
    }

    private static boolean sees(Rel rel, Expr e) {
        BitSet ranges = Conditions.ranges(e);
        return !ranges.isEmpty() && Conditions.isWithin(ranges, rel.ranges());
    }

    private boolean isHashable(Expr.OperatorCall o) {
        return statement.catalog().operatorFamilies(o.operator()).stream()
                .anyMatch(m -> m.method() == HASH && m.strategy() == 1);
    }

    private Rel hash(Plan.JoinKind kind, Rel left, Rel right, List<Expr> conditions, List<Equality> equalities, double rows) {
        List<Expr> rest = conditions.stream().filter(c -> equalities.stream().noneMatch(e -> e.condition == c)).toList();
        List<Expr> outputs = outputs(left, right);
        Rel.Placer both = new Rel.Placer(List.of(left, right));
        List<Expr> leftKeys = left.place(equalities.stream().map(Equality::left).toList());
        List<Expr> rightKeys = right.place(equalities.stream().map(Equality::right).toList());
        double build = right.plan().estimate().total() + right.rows() * Costs.HASH_ROW * 1.5;
        double total = build + left.plan().estimate().total() + left.rows() * Costs.HASH_ROW + rows * Costs.TUPLE * 0.2;
        Estimate estimate = new Estimate(build, total, rows, left.plan().estimate().width() + right.plan().estimate().width());
        Plan plan = new Plan.HashJoin(Rel.columnsOf(outputs), estimate, kind, left.plan(), right.plan(), leftKeys, rightKeys,
                Conditions.and(rest).map(both::place), false);
        return joined(left, right, plan, outputs);
    }

    private static List<Expr> outputs(Rel left, Rel right) {
        List<Expr> outputs = new ArrayList<>(left.outputs());
        outputs.addAll(right.outputs());
        return outputs;
    }

    private static Rel joined(Rel left, Rel right, Plan plan, List<Expr> outputs) {
        BitSet needs = Rel.union(left.needs(), right.needs());
        BitSet ranges = Rel.union(left.ranges(), right.ranges());
        needs.andNot(ranges);
        return new Rel(plan, outputs, ranges, needs);
    }

    private Rel nestedLoop(Plan.JoinKind kind, Rel left, Rel right, List<Expr> conditions, double rows) {
        Plan inner = right.plan() instanceof Plan.ValuesScan || right.plan() instanceof Plan.Materialize || right.plan() instanceof Plan.CteScan
                ? right.plan()
                : new Plan.Materialize(Costs.above(right.plan(), right.rows(), Costs.OPERATOR), right.plan());
        double rescan = right.rows() * (Costs.OPERATOR * (1 + conditions.size()) + Costs.TUPLE * 0.5);
        double total = left.plan().estimate().total() + inner.estimate().total() + left.rows() * rescan + rows * Costs.TUPLE;
        return loop(kind, left, right.withPlan(inner), List.of(), conditions, new Estimate(0, total, rows,
                left.plan().estimate().width() + right.plan().estimate().width()));
    }

    private static Rel loop(Plan.JoinKind kind, Rel left, Rel right, List<Plan.Binding> bindings, List<Expr> conditions, Estimate estimate) {
        List<Expr> outputs = outputs(left, right);
        Rel.Placer both = new Rel.Placer(List.of(left, right));
        Plan plan = new Plan.NestedLoop(Rel.columnsOf(outputs), estimate, kind, left.plan(), right.plan(), bindings,
                Conditions.and(conditions).map(both::place));
        return joined(left, right, plan, outputs);
    }

    private Rel lateral(Plan.JoinKind kind, Rel left, JoinPlanner.Ready right, List<Expr> conditions, double rows) {
        List<Plan.Binding> bindings = right.item().bindings().stream()
                .map(b -> new Plan.Binding(b.slot(), left.place(b.value()))).toList();
        double total = left.plan().estimate().total() + left.rows() * right.rel().plan().estimate().total();
        return loop(kind, left, right.rel(), bindings, conditions, new Estimate(0, total, rows,
                left.plan().estimate().width() + right.rel().plan().estimate().width()));
    }

    /** Looks an index of the right table up for each left row. */
    private Optional<Rel> probe(Plan.JoinKind kind, Rel left, JoinPlanner.Ready right, List<Expr> conditions, double rows) {
        if (right.item().table().isEmpty() || conditions.isEmpty()) {
            return Optional.empty();
        }
        BaseTable table = right.item().table().get();
        Map<Expr, Integer> slots = new LinkedHashMap<>();
        List<Expr> bound = conditions.stream().map(c -> bind(c, left.ranges(), slots)).toList();
        Optional<IndexMatch> match = paths.probe(table, right.own(), bound);
        if (match.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> all = new ArrayList<>(bound);
        all.addAll(right.own());
        Rel inner = paths.indexScan(table, match.get(), all, false);
        List<Plan.Binding> bindings = slots.entrySet().stream()
                .map(e -> new Plan.Binding(e.getValue(), left.place(e.getKey()))).toList();
        double total = left.plan().estimate().total() + left.rows() * (inner.plan().estimate().total() + Costs.TUPLE);
        return Optional.of(loop(kind, left, inner, bindings, List.of(), new Estimate(0, total, rows,
                left.plan().estimate().width() + inner.plan().estimate().width())));
    }

    private Expr bind(Expr e, BitSet ranges, Map<Expr, Integer> slots) {
        if (e instanceof Expr.Var v && ranges.get(v.rangeIndex())) {
            return new Expr.ExecParam(slots.computeIfAbsent(v, k -> statement.newSlot()), v.type(), v.typmod(), v.collation());
        }
        return Exprs.mapChildren(e, child -> bind(child, ranges, slots));
    }
}
