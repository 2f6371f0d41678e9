package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;

/** What the ways to join two parts cost, and how many rows come of it. */
final class JoinCosts {
    private static final double PAGE = 8192;

    private final JoinProblem problem;
    private final StatementPlan statement;
    private final PlanSettings settings;
    private final Selectivity selectivity;
    private final AccessPaths paths;
    private final WantedOrder wanted;
    private final ForeignJoins foreign;
    private final ForeignFeed feed;
    private final LeafProbe probing;
    private final Map<ProbeKey, Optional<Lookup>> lookups = new HashMap<>();

    private record ProbeKey(int leaf, List<JoinClause> clauses) {
    }

    /** An index of a leaf that answers some join conditions, and what one lookup costs. */
    private record Lookup(IndexMatch match, Estimate estimate) {
    }

    JoinCosts(JoinProblem problem, StatementPlan statement, Selectivity selectivity, AccessPaths paths, WantedOrder wanted,
            ForeignJoins foreign) {
        this.foreign = foreign;
        this.feed = new ForeignFeed(statement);
        this.probing = new LeafProbe(problem, statement, paths);
        this.problem = problem;
        this.statement = statement;
        this.settings = statement.settings();
        this.selectivity = selectivity;
        this.paths = paths;
        this.wanted = wanted;
    }

    // ---- leaves ----

    /** A leaf with its own conditions applied. */
    JoinRel leaf(int leaf) {
        JoinPlanner.Item item = problem.items.get(leaf);
        long bit = 1L << leaf;
        List<JoinClause> own = new ArrayList<>();
        for (JoinClause c : problem.clauses) {
            if (c.required == bit && c.owner.isEmpty()) {
                own.add(c);
            }
        }
        List<Expr> conditions = exprs(own);
        Rel rel = item.table().isPresent() ? paths.best(item.table().get(), conditions)
                : derived(item, conditions);
        JoinRel made = new JoinRel(bit, problem.refs(rel.needs()), rel.rows(), rel.plan().estimate().width(), own);
        made.offer(new JoinPath.Scan(rel), wanted.isAny(), wanted.fraction());
        made.foreign = foreign.leaf(item, made.rows, own);
        if (item.table().isPresent() && !wanted.isAny() && wanted.isOf(item.table().get())) {
            paths.ordered(item.table().get(), conditions, wanted.keys())
                    .ifPresent(r -> made.offer(new JoinPath.Scan(r), true, wanted.fraction()));
        }
        return made;
    }

    private Rel derived(JoinPlanner.Item item, List<Expr> conditions) {
        Rel all = item.derived().orElseThrow();
        Optional<Rel> there = conditions.isEmpty() ? Optional.empty() : item.foreign().flatMap(f -> paths.filtered(f, all.rows(), conditions));
        return there.orElseGet(() -> Joins.filter(all, conditions, selectivity));
    }

    static List<Expr> exprs(List<JoinClause> clauses) {
        List<Expr> exprs = new ArrayList<>(clauses.size());
        for (JoinClause c : clauses) {
            exprs.add(c.expr);
        }
        return exprs;
    }

    // ---- rows ----

    /** The conditions that a join of two parts evaluates, one of each equivalence class. */
    private List<JoinClause> arising(JoinRel a, JoinRel b) {
        List<JoinClause> found = new ArrayList<>();
        for (JoinClause c : problem.clauses) {
            if (c.arises(a.leaves, b.leaves) && (c.equivalence < 0 || !hasClass(found, c.equivalence))) {
                found.add(c);
            }
        }
        return found;
    }

    private static boolean hasClass(List<JoinClause> clauses, int equivalence) {
        for (JoinClause c : clauses) {
            if (c.equivalence == equivalence) {
                return true;
            }
        }
        return false;
    }

    private double selectivity(JoinClause c) {
        if (c.selectivity < 0) {
            c.selectivity = c.sides.isPresent() && c.sides.get().hashable() ? selectivity.join(c.sides.get().left(), c.sides.get().right())
                    : selectivity.of(c.expr);
        }
        return c.selectivity;
    }

    /** The two parts as one, without a path yet. */
    JoinRel joined(JoinRel a, JoinRel b, JoinOrder.Verdict verdict) {
        JoinRel left = verdict.reversed() ? b : a;
        JoinRel right = verdict.reversed() ? a : b;
        Plan.JoinKind kind = verdict.kind();
        double on = 1;
        double after = 1;
        double semi = 1;
        for (JoinClause c : arising(a, b)) {
            if (isOn(kind, c)) {
                on *= selectivity(c);
                semi *= semi(c, left, right);
            } else {
                after *= selectivity(c);
            }
        }
        double pairs = left.rows * right.rows * on;
        double rows = switch (kind) {
            case INNER -> pairs;
            case LEFT, RIGHT -> Math.max(pairs, left.rows);
            case FULL -> Math.max(pairs, Math.max(left.rows, right.rows));
            case SEMI -> left.rows * semi;
            case ANTI -> left.rows * (1 - semi);
        };
        long leaves = a.leaves | b.leaves;
        boolean rightGoes = kind == Plan.JoinKind.SEMI || kind == Plan.JoinKind.ANTI;
        return new JoinRel(leaves, (a.needs | b.needs) & ~leaves, Costs.atLeastOne(rows * after), left.width + (rightGoes ? 0 : right.width),
                List.of());
    }

    private double semi(JoinClause c, JoinRel left, JoinRel right) {
        if (c.sides.isPresent() && c.sides.get().hashable() && c.sides.get().joins(left.leaves, right.leaves)) {
            return selectivity.semi(c.sides.get().of(left.leaves), c.sides.get().of(right.leaves), right.rows);
        }
        return Math.min(1, selectivity(c) * right.rows);
    }

    /** Whether a join of this kind evaluates the condition itself, rather than a filter above it. */
    private static boolean isOn(Plan.JoinKind kind, JoinClause c) {
        return kind == Plan.JoinKind.INNER || kind == Plan.JoinKind.SEMI || c.owner.isPresent();
    }

    // ---- paths ----

    /** Offers all ways to join two parts. */
    void offer(JoinRel to, JoinRel a, JoinRel b, JoinOrder.Verdict verdict) {
        Plan.JoinKind kind = verdict.kind();
        List<JoinClause> on = new ArrayList<>();
        List<JoinClause> filter = new ArrayList<>();
        for (JoinClause c : arising(a, b)) {
            (isOn(kind, c) ? on : filter).add(c);
        }
        JoinRel left = verdict.reversed() ? b : a;
        JoinRel right = verdict.reversed() ? a : b;
        offer(to, kind, left, right, on, filter);
        if (kind == Plan.JoinKind.INNER) {
            offer(to, kind, right, left, on, filter);
        }
        foreign.join(to, kind, left, right, on, filter).ifPresent(rel -> to.offer(new JoinPath.Scan(rel), wanted.isAny(), wanted.fraction()));
    }

    private void offer(JoinRel to, Plan.JoinKind kind, JoinRel left, JoinRel right, List<JoinClause> on, List<JoinClause> filter) {
        if ((left.needs & right.leaves) != 0) {
            return;
        }
        boolean lateral = (right.needs & left.leaves) != 0;
        if (!lateral && hashable(on, left, right) > 0) {
            hash(to, kind, left, right, on, filter);
            if (kind == Plan.JoinKind.LEFT) {
                hash(to, Plan.JoinKind.RIGHT, right, left, on, filter);
            }
        }
        if (kind == Plan.JoinKind.FULL) {
            return;
        }
        loop(to, kind, left, right, on, filter, lateral);
        if (!lateral && !on.isEmpty()) {
            probe(to, kind, left, right, on, filter);
            asked(to, kind, left, right, on, filter);
            if (kind == Plan.JoinKind.SEMI) {
                turned(to, left, right, on);
            }
        }
    }

    private static int hashable(List<JoinClause> on, JoinRel left, JoinRel right) {
        int found = 0;
        for (JoinClause c : on) {
            found += c.hashes(left.leaves, right.leaves) ? 1 : 0;
        }
        return found;
    }

    private Estimate estimate(JoinRel to, double startup, double total, int disabled) {
        return new Estimate(startup, total, to.rows, to.width, disabled);
    }

    private void hash(JoinRel to, Plan.JoinKind kind, JoinRel left, JoinRel right, List<JoinClause> on, List<JoinClause> filter) {
        hash(to, kind, left, left.cheapest.estimate(), right, on, filter, false);
        boolean probed = kind == Plan.JoinKind.INNER || kind == Plan.JoinKind.RIGHT;
        ForeignFeed.scan(left.cheapest).filter(scan -> probed && feed.fed(scan, on, left.leaves, right.leaves).isPresent())
                .ifPresent(scan -> hash(to, kind, left, feed.estimate(scan, left, right, on, to.rows), right, on, filter, true));
    }

    private void hash(JoinRel to, Plan.JoinKind kind, JoinRel left, Estimate l, JoinRel right, List<JoinClause> on, List<JoinClause> filter,
            boolean fed) {
        Estimate r = right.cheapest.estimate();
        double pairs = kind == Plan.JoinKind.SEMI || kind == Plan.JoinKind.ANTI ? left.rows : to.rows;
        double others = on.size() - hashable(on, left, right) + filter.size();
        double build = r.total() + right.rows * Costs.HASH_ROW * 1.5;
        double bytes = right.rows * (right.width + 24.0);
        double spill = bytes > settings.hashMemoryBytes() ? 2 * settings.sequentialPage() * (bytes + left.rows * (left.width + 24.0)) / PAGE : 0;
        double total = build + spill + l.total() + Math.min(left.rows, l.rows()) * Costs.HASH_ROW + pairs * (settings.tuple() * 0.2 + others * settings.operator());
        int disabled = l.disabled() + r.disabled() + (settings.hashJoin() ? 0 : 1);
        to.offer(new JoinPath.Hash(estimate(to, build + l.startup(), total, disabled), kind, left.side(), right.side(), on, filter, fed),
                wanted.isAny(), wanted.fraction());
    }

    private void loop(JoinRel to, Plan.JoinKind kind, JoinRel left, JoinRel right, List<JoinClause> on, List<JoinClause> filter, boolean lateral) {
        loop(to, kind, left.side(), right, on, filter, lateral, wanted.isAny());
        if (left.ordered != null && (left.ordered != left.cheapest || !wanted.isAny())) {
            loop(to, kind, left.orderedSide(), right, on, filter, lateral, true);
        }
    }

    private void loop(JoinRel to, Plan.JoinKind kind, JoinPath.Side left, JoinRel right, List<JoinClause> on, List<JoinClause> filter,
            boolean lateral, boolean ordered) {
        Estimate l = left.estimate();
        Estimate r = right.cheapest.estimate();
        double leftRows = left.rel().rows;
        double share = kind == Plan.JoinKind.SEMI || kind == Plan.JoinKind.ANTI ? 0.6 : 1;
        double perPair = settings.operator() * (1 + on.size() + filter.size()) + settings.tuple() * 0.5;
        double again = lateral ? r.total() : 0;
        double once = lateral ? 0 : r.total() + right.rows * settings.operator();
        double total = l.total() + once + leftRows * (again + right.rows * perPair * share) + to.rows * settings.tuple();
        int disabled = l.disabled() + r.disabled() + (settings.nestLoop() ? 0 : 1);
        to.offer(new JoinPath.Loop(estimate(to, l.startup() + r.startup(), total, disabled), kind, left, right.side(), on, filter), ordered,
                wanted.fraction());
    }

    private void probe(JoinRel to, Plan.JoinKind kind, JoinRel left, JoinRel right, List<JoinClause> on, List<JoinClause> filter) {
        if (!right.isLeaf()) {
            return;
        }
        lookup(right, on).ifPresent(lookup -> {
            probe(to, kind, left.side(), right, lookup, on, filter, wanted.isAny());
            if (left.ordered != null && (left.ordered != left.cheapest || !wanted.isAny())) {
                probe(to, kind, left.orderedSide(), right, lookup, on, filter, true);
            }
        });
    }

    private void probe(JoinRel to, Plan.JoinKind kind, JoinPath.Side left, JoinRel right, Lookup lookup, List<JoinClause> on,
            List<JoinClause> filter, boolean ordered) {
        Estimate l = left.estimate();
        Estimate each = lookup.estimate;
        double one = kind == Plan.JoinKind.SEMI || kind == Plan.JoinKind.ANTI
                ? each.startup() + (each.total() - each.startup()) / Math.max(1, each.rows()) : each.total();
        double total = l.total() + left.rel().rows * (one + settings.tuple()) + to.rows * filter.size() * settings.operator();
        int disabled = l.disabled() + each.disabled() + (settings.nestLoop() ? 0 : 1);
        to.offer(new JoinPath.Probe(estimate(to, l.startup() + each.startup(), total, disabled), kind, left, right.leaf(), lookup.match, on, filter,
                false), ordered, wanted.fraction());
    }

    private void asked(JoinRel to, Plan.JoinKind kind, JoinRel left, JoinRel right, List<JoinClause> on, List<JoinClause> filter) {
        probing.of(right, on).ifPresent(there -> {
            Estimate l = left.cheapest.estimate();
            Estimate each = there.each();
            double total = l.total() + left.rows * (each.total() + settings.tuple()) + to.rows * filter.size() * settings.operator();
            int disabled = l.disabled() + each.disabled() + (settings.nestLoop() ? 0 : 1);
            to.offer(new JoinPath.Asked(estimate(to, l.startup() + each.startup(), total, disabled), kind, left.side(), there, filter), wanted.isAny(),
                    wanted.fraction());
        });
    }

    /** A semi join turned round: the left table's index is looked up for each distinct key of the right side. */
    private void turned(JoinRel to, JoinRel left, JoinRel right, List<JoinClause> on) {
        if (!left.isLeaf() || right.needs != 0) {
            return;
        }
        List<Expr> keys = new ArrayList<>();
        for (JoinClause c : on) {
            if (!c.hashes(left.leaves, right.leaves) || !(plain(c.sides.get().of(right.leaves)) instanceof Expr.Var v)) {
                return;
            }
            keys.add(v);
        }
        lookup(left, on).ifPresent(lookup -> {
            Estimate r = right.cheapest.estimate();
            double distinct = selectivity.groups(keys, right.rows);
            double start = r.total() + right.rows * Costs.HASH_ROW;
            double total = start + distinct * (lookup.estimate.total() + settings.tuple());
            int disabled = r.disabled() + lookup.estimate.disabled() + (settings.nestLoop() ? 0 : 1);
            to.offer(new JoinPath.Probe(estimate(to, start, total, disabled), Plan.JoinKind.INNER, right.side(), left.leaf(), lookup.match, on,
                    List.of(), true), wanted.isAny(), wanted.fraction());
        });
    }

    static Expr plain(Expr e) {
        return e instanceof Expr.Relabel r ? plain(r.arg()) : e;
    }

    private Optional<Lookup> lookup(JoinRel leaf, List<JoinClause> on) {
        return problem.items.get(leaf.leaf()).table().flatMap(table -> lookups.computeIfAbsent(new ProbeKey(leaf.leaf(), on), key -> {
            List<Expr> own = exprs(leaf.own);
            List<Expr> joining = exprs(on);
            return paths.probe(table, own, joining).map(match -> {
                List<Expr> all = new ArrayList<>(joining);
                all.addAll(own);
                return new Lookup(match, paths.estimate(table, match, all));
            });
        }));
    }
}
